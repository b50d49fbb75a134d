// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.certificate.OcspMode;
import org.mooring.common.certificate.ResponderCheck;
import org.mooring.common.certificate.ResponderCheck.Status;
import org.mooring.common.dtls.CredentialLookup.Unusable;

/** A responder that is there and tells nothing; one that tells something is OpenSSL's. */
class CertificateStatusTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final ResponderCheck responders = new ResponderCheck(InstantSource.system());
  private HttpServer silent;
  private KeyPair keys;

  @BeforeEach
  void start() throws Exception {
    silent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    silent.createContext("/", exchange -> asked.incrementAndGet());
    silent.start();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    keys = generator.generateKeyPair();
  }

  @AfterEach
  void stop() {
    silent.stop(0);
    responders.close();
  }

  /** The node's certificate and its CA's, with one key: nobody looks at more here. */
  private List<X509Certificate> path(Optional<String> responder) {
    try {
      return List.of(certificate("CN=node", responder), certificate("CN=ca", Optional.empty()));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate certificate(String subject, Optional<String> responder) throws Exception {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Principal("CN=ca"),
            BigInteger.ONE,
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofHours(1))),
            new X500Principal(subject),
            keys.getPublic());
    if (responder.isPresent()) {
      builder.addExtension(
          Extension.authorityInfoAccess,
          false,
          new AuthorityInformationAccess(
              AccessDescription.id_ad_ocsp,
              new GeneralName(GeneralName.uniformResourceIdentifier, responder.get())));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private String uri() {
    return "http://127.0.0.1:" + silent.getAddress().getPort() + "/";
  }

  private void require(OcspMode mode, List<X509Certificate> path) {
    new CertificateStatus(mode, responders).require(path).toCompletableFuture().join();
  }

  @Test
  void silenceCountsAsTheModeSaysAndIsAskedForOnce() {
    List<X509Certificate> path = path(Optional.of(uri()));

    require(OcspMode.SOFT, path);
    assertThatThrownBy(() -> require(OcspMode.HARD, path))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Unusable.class)
        .hasMessageContaining("no responder tells the certificate's status by now");

    assertThat(asked).hasValue(1);
  }

  @Test
  void nobodyIsAskedWhereNoneIsNamedOrNoneIsToBe() {
    require(OcspMode.HARD, path(Optional.empty()));
    require(OcspMode.OFF, path(Optional.of(uri())));

    assertThat(asked).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "OFF,GOOD,true", "OFF,REVOKED,true", "OFF,UNKNOWN,true",
    "SOFT,GOOD,true", "SOFT,REVOKED,false", "SOFT,UNKNOWN,true",
    "HARD,GOOD,true", "HARD,REVOKED,false", "HARD,UNKNOWN,false",
  })
  void eachModeTakesWhatItSays(OcspMode mode, Status status, boolean passes) {
    assertThat(mode.accepts(status)).isEqualTo(passes);
  }
}
