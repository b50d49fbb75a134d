// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.crypto;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The elliptic curves of another provider under its name, and nothing else of it: whatever it would
 * offer besides goes on as before when it stands first.
 */
final class NativeCurves extends Provider {
  private static final long serialVersionUID = 1L;

  /**
   * The one that was the fastest of those measured: Amazon Corretto Crypto Provider, on AWS-LC.
   * Where its library can not be loaded it offers no service at all.
   */
  private static final String NATIVE =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  /** ECDSA with every digest of TLS 1.2, so that a key is used where it was read. */
  private static final List<Algorithm> ALGORITHMS =
      List.of(
          new Algorithm("KeyFactory", "EC"),
          new Algorithm("KeyPairGenerator", "EC"),
          new Algorithm("KeyAgreement", "ECDH"),
          new Algorithm("Signature", "SHA1withECDSA"),
          new Algorithm("Signature", "SHA224withECDSA"),
          new Algorithm("Signature", CryptoProvider.SIGNATURE),
          new Algorithm("Signature", "SHA384withECDSA"),
          new Algorithm("Signature", "SHA512withECDSA"));

  /** An algorithm by its standard names. */
  private record Algorithm(String type, String name) {}

  private NativeCurves(Provider source) throws CryptoUnavailableException {
    super(source.getName(), source.getVersionStr(), "elliptic curves of " + source.getInfo());
    for (Algorithm algorithm : ALGORITHMS) {
      @Nullable Service service = source.getService(algorithm.type(), algorithm.name());
      if (service == null) {
        throw new CryptoUnavailableException(
            source.getName()
                + " offers no "
                + algorithm.name()
                + ": its library does not load here",
            null);
      }
      putService(new Delegated(this, service));
    }
  }

  /**
   * Those of the native provider.
   *
   * @param loader has its classes, or not
   * @throws CryptoUnavailableException if it is not there or does not run on this platform
   */
  static NativeCurves load(ClassLoader loader) throws CryptoUnavailableException {
    try {
      return new NativeCurves(
          Class.forName(NATIVE, true, loader)
              .asSubclass(Provider.class)
              .getConstructor()
              .newInstance());
    } catch (ClassNotFoundException e) {
      throw new CryptoUnavailableException("none is in the jar", e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new CryptoUnavailableException("it can not be loaded: " + e, e);
    }
  }

  /** A service that another provider's stands for. */
  private static final class Delegated extends Service {
    private final Service service;

    Delegated(Provider owner, Service service) {
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
    public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
      return service.newInstance(parameter);
    }

    @Override
    public boolean supportsParameter(Object key) {
      return service.supportsParameter(key);
    }
  }
}
