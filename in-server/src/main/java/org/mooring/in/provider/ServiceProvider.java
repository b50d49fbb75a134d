// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.provider;

import java.time.Duration;
import java.util.List;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.SpId;

/**
 * Who this server is: the provider and the names of its functions. The three FQDNs differ pairwise.
 *
 * @param sp the provider
 * @param mef the MEF's FQDN
 * @param maf the MAF's FQDN
 * @param cse the IN-CSE's SP-relative CSE-ID
 * @param cseName the resource name of its CSEBase
 * @param accessPoints what is told to nodes as points of access; none: the host and port they
 *     reached
 * @param lifetimes the longest lives of keys and registrations
 */
public record ServiceProvider(
    SpId sp,
    Fqdn mef,
    Fqdn maf,
    CseId cse,
    String cseName,
    List<String> accessPoints,
    Lifetimes lifetimes) {

  /**
   * The longest lives that this provider grants.
   *
   * @param enrolment of Ke and all below it, from its registration
   * @param master of Km's registration at the MAF
   * @param association of Kc
   */
  public record Lifetimes(Duration enrolment, Duration master, Duration association) {}

  /**
   * @throws IllegalArgumentException if two functions share a name
   */
  public ServiceProvider {
    accessPoints = List.copyOf(accessPoints);
    Fqdn cseFqdn = cse.fqdn(sp);
    if (mef.equals(maf) || mef.equals(cseFqdn) || maf.equals(cseFqdn)) {
      throw new IllegalArgumentException(
          "function FQDNs: give MEF, MAF and IN-CSE three different names");
    }
  }

  /**
   * The one form of a key identifier under which it is kept and compared: the MAF tells none of its
   * KmIds from another by case (TS-0003 clause 10.6), and a B-TID is kept by its RAND in hex,
   * whichever BSF made it.
   */
  public KeyIdentifier canonical(KeyIdentifier id) {
    if (TransactionId.isTransactionId(id)) {
      return TransactionId.parse(id.toString()).canonical();
    }
    return id.issuer().equals(maf) ? id.regardlessOfCase() : id;
  }

  /** Whether a function is known by this name: nobody else may be. */
  public boolean isNameOfFunction(Fqdn name) {
    return name.equals(mef) || name.equals(maf) || name.equals(cseFqdn());
  }

  /** The IN-CSE's absolute CSE-ID. */
  public CseId absoluteCse() {
    return cse.absolute(sp);
  }

  /** The IN-CSE's public domain name, its SNI and the target of usage 22. */
  public Fqdn cseFqdn() {
    return cse.fqdn(sp);
  }
}
