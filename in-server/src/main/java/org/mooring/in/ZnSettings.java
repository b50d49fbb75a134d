// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.in.bsf.Agreement;
import org.mooring.in.zn.ApiRoot;
import org.mooring.in.zn.TlsIdentity;

/**
 * What a server does on reference point Zn of GBA (TS 33.220), on either side.
 *
 * @param tls what it shows there and whom it trusts; none: loopback alone
 * @param operator whose BSF it asks for keys
 * @param service what its own BSF offers functions of others
 */
public record ZnSettings(
    Optional<TlsIdentity> tls, Optional<Operator> operator, Optional<Service> service) {
  /** Of a server that has nothing to do with it. */
  public static final ZnSettings NONE =
      new ZnSettings(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * An operator's BSF.
   *
   * @param name its FQDN, the part of its B-TIDs after the {@code @}
   * @param root where it offers Nbsp_GBA
   */
  public record Operator(Fqdn name, ApiRoot root) {}

  /**
   * What the BSF here offers.
   *
   * @param port TCP; 0 for any free one
   */
  public record Service(int port, List<Agreement> agreements) {
    public Service {
      agreements = List.copyOf(agreements);
    }
  }

  /**
   * @throws IllegalArgumentException if keys would pass without TLS, or to whom is open
   */
  public ZnSettings {
    if (operator.filter(one -> one.root().isSecure()).isPresent() && tls.isEmpty()) {
      throw new IllegalArgumentException(
          "--bsf: give --zn-certificate, --zn-key and --zn-trust for https");
    }
    if (service.filter(one -> one.agreements().isEmpty()).isPresent()) {
      throw new IllegalArgumentException(
          "--zn-port: say with --zn-agreement who may ask for which functions");
    }
  }
}
