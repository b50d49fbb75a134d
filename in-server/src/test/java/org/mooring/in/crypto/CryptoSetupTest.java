// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidParameterException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureSpi;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CryptoSetupTest {
  private static final String NATIVE = "AmazonCorrettoCryptoProvider";

  private final CryptoProvider before = CryptoProvider.inUse();

  @AfterEach
  void leaveTheProcessAsItWas() {
    Security.removeProvider(NATIVE);
    assertThat(CryptoProvider.inUse()).isEqualTo(before);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void choosesTheNativeProviderWhereThePlatformHasIt() throws Exception {
    CryptoProvider chosen = new CryptoSetup().apply(CryptoChoice.AUTO);

    assertThat(chosen.name()).isEqualTo(NATIVE);
    assertThat(chosen).hasToString(NATIVE + " " + chosen.version());
    assertThat(chosen.version()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(KeyPairGenerator.getInstance("EC").getProvider().getName()).isEqualTo(NATIVE);
    assertThat(KeyAgreement.getInstance("ECDH").getProvider().getName()).isEqualTo(NATIVE);
    assertThat(new CryptoSetup().apply(CryptoChoice.NATIVE)).isEqualTo(chosen);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void takesNothingButCurvesFromIt() throws Exception {
    List<String> jdks = others();

    assertThat(new CryptoSetup().apply(CryptoChoice.NATIVE).name()).isEqualTo(NATIVE);

    assertThat(others()).isEqualTo(jdks);
  }

  private static List<String> others() throws Exception {
    return List.of(
        Cipher.getInstance("AES/ECB/NoPadding").getProvider().getName(),
        Cipher.getInstance("AES/GCM/NoPadding").getProvider().getName(),
        Mac.getInstance("HmacSHA256").getProvider().getName(),
        MessageDigest.getInstance("SHA-256").getProvider().getName(),
        new SecureRandom().getProvider().getName(),
        Signature.getInstance("SHA256withRSA").getProvider().getName());
  }

  @Test
  void leavesCurvesToTheJdkWhereItIsToldTo() throws Exception {
    assertThat(new CryptoSetup().apply(CryptoChoice.JDK)).isEqualTo(before);
  }

  @Test
  void fallsBackToTheJdkWhereTheNativeProviderWasTakenAway() throws Exception {
    CryptoSetup without = new CryptoSetup(ClassLoader.getPlatformClassLoader());

    assertThat(without.apply(CryptoChoice.AUTO)).isEqualTo(before);
    assertThatThrownBy(() -> without.apply(CryptoChoice.NATIVE))
        .isInstanceOf(CryptoUnavailableException.class)
        .hasMessage("none is in the jar");
  }

  @Test
  void aProviderThatComputesAsTheJdkDoesPassesTheTest() throws Exception {
    Provider jdk = jdk();

    new SelfTest(jdk, jdk).require();
  }

  @Test
  void aProviderWithoutCurvesFailsTheTest() throws Exception {
    Provider jdk = jdk();

    assertThatThrownBy(() -> new SelfTest(Security.getProvider("SUN"), jdk).require())
        .isInstanceOf(CryptoUnavailableException.class)
        .hasMessageStartingWith("SUN fails its test: it ends with ");
  }

  @Test
  void aProviderThatTakesEverySignatureFailsTheTest() throws Exception {
    Provider jdk = jdk();

    assertThatThrownBy(() -> new SelfTest(new Gullible(jdk), jdk).require())
        .isInstanceOf(CryptoUnavailableException.class)
        .hasMessage("Gullible fails its test: it takes a signature that is none");
  }

  private static Provider jdk() throws Exception {
    return Signature.getInstance(CryptoProvider.SIGNATURE).getProvider();
  }

  /** The curves of another, and signatures that are all good. */
  private static final class Gullible extends Provider {
    private static final long serialVersionUID = 1L;

    Gullible(Provider honest) {
      super("Gullible", "1", "");
      putService(new Lent(this, honest.getService("KeyFactory", "EC")));
      putService(new Lent(this, honest.getService("KeyPairGenerator", "EC")));
      putService(new Lent(this, honest.getService("KeyAgreement", "ECDH")));
      putService(
          new Service(
              this,
              "Signature",
              CryptoProvider.SIGNATURE,
              AllGood.class.getName(),
              List.of(),
              Map.of()) {
            @Override
            public Object newInstance(Object parameter) {
              return new AllGood();
            }
          });
    }
  }

  /** Another provider's service. */
  private static final class Lent extends Provider.Service {
    private final Provider.Service service;

    Lent(Provider owner, Provider.Service service) {
      super(
          owner,
          service.getType(),
          service.getAlgorithm(),
          service.getClassName(),
          List.of(),
          Map.of());
      this.service = service;
    }

    @Override
    public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
      return service.newInstance(parameter);
    }
  }

  /** Verifies whatever it is shown. */
  private static final class AllGood extends SignatureSpi {
    @Override
    protected void engineInitVerify(PublicKey key) {}

    @Override
    protected void engineInitSign(PrivateKey key) {}

    @Override
    protected void engineUpdate(byte octet) {}

    @Override
    protected void engineUpdate(byte[] octets, int from, int length) {}

    @Override
    protected byte[] engineSign() {
      return new byte[0];
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return true;
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new InvalidParameterException(name);
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new InvalidParameterException(name);
    }
  }
}
