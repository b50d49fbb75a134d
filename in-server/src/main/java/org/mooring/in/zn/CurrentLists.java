// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.zn;

import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CRL;
import java.security.cert.CRLSelector;
import java.security.cert.CertSelector;
import java.security.cert.CertStore;
import java.security.cert.CertStoreSpi;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows TLS of the JDK the revocation lists as they are at the time of each handshake. */
final class CurrentLists extends CertStoreSpi {
  private final Supplier<Optional<Collection<X509CRL>>> lists;

  private CurrentLists(Supplier<Optional<Collection<X509CRL>>> lists)
      throws InvalidAlgorithmParameterException {
    super(null);
    this.lists = lists;
  }

  /** A store that asks for the lists whenever it is asked. */
  static CertStore store(Supplier<Optional<Collection<X509CRL>>> lists)
      throws InvalidAlgorithmParameterException {
    return new CertStore(new CurrentLists(lists), null, "current revocation lists", null) {};
  }

  @Override
  public Collection<? extends Certificate> engineGetCertificates(@Nullable CertSelector selector) {
    return List.of();
  }

  @Override
  public Collection<? extends CRL> engineGetCRLs(@Nullable CRLSelector selector) {
    return lists.get().stream()
        .flatMap(Collection::stream)
        .filter(list -> selector == null || selector.match(list))
        .toList();
  }
}
