// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.crypto;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses for the whole process who computes on elliptic curves. */
public final class CryptoSetup {
  private static final Logger LOG = LoggerFactory.getLogger(CryptoSetup.class);
  private static final int FIRST = 1;

  private final ClassLoader classes;

  /** Looks for the native provider beside its own classes. */
  public CryptoSetup() {
    this(CryptoSetup.class.getClassLoader());
  }

  /**
   * @param classes where the native provider's are, if it is there
   */
  CryptoSetup(ClassLoader classes) {
    this.classes = classes;
  }

  /**
   * Puts the chosen provider first, for keys and signatures that are made from now on. A second
   * call changes nothing where a native one stands already.
   *
   * @return who computes from now on
   * @throws CryptoUnavailableException if only a native provider will do and there is none
   */
  public CryptoProvider apply(CryptoChoice choice) throws CryptoUnavailableException {
    if (choice != CryptoChoice.JDK) {
      try {
        var unused = Security.insertProviderAt(tested(), FIRST);
      } catch (CryptoUnavailableException e) {
        if (choice == CryptoChoice.NATIVE) {
          throw e;
        }
        LOG.info("no native crypto provider: {}; the JDK's computes", e.getMessage());
      }
    }
    return CryptoProvider.inUse();
  }

  private Provider tested() throws CryptoUnavailableException {
    Provider candidate = NativeCurves.load(classes);
    new SelfTest(candidate, first()).require();
    return candidate;
  }

  private static Provider first() throws CryptoUnavailableException {
    try {
      return Signature.getInstance(CryptoProvider.SIGNATURE).getProvider();
    } catch (NoSuchAlgorithmException e) {
      throw new CryptoUnavailableException("the Java runtime has none to test it against", e);
    }
  }
}
