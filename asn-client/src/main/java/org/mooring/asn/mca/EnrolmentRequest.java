// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.TrustResourceNames;

/**
 * Somebody on the node's host wants it to enrol with a provider: an AE that wishes to use its
 * service, or whoever receives the triggers of the infrastructure (TS-0001, device triggering; the
 * purpose enrolmentRequest of TS-0004 clause 6.3.4.2.49).
 *
 * <p>The standard leaves open how a trigger's content gets to the CSE. Here it is a NOTIFY to the
 * {@code <CSEBase>} with {@code {"m2m:tgr":{"tpe":4,"tia":"coaps://HOST:PORT/_/MEF-FQDN/-"}}}: the
 * members of {@code <triggerRequest>} that a trigger carries.
 *
 * @param mef the MEF's FQDN
 * @param pointOfAccess where it is, {@code coaps://host:port}
 */
public record EnrolmentRequest(Fqdn mef, String pointOfAccess) {
  private static final String ROOT = "m2m:tgr";
  private static final String PURPOSE = "tpe";
  private static final int ENROLMENT = 4;
  private static final String ADDRESS = "tia";

  /** Decides about a request. */
  @FunctionalInterface
  public interface Recipient {
    /**
     * Has the node enrol. It may wait for the disk.
     *
     * @throws org.mooring.common.primitive.RefusedException if the node does not
     */
    void enrol(EnrolmentRequest request);
  }

  /**
   * What a request on Mca asks for in this way; empty if it asks for something else.
   *
   * @throws org.mooring.common.primitive.RefusedException MISSING_ATTRIBUTE, OTHER_TRIGGER_PURPOSE,
   *     or INVALID_ATTRIBUTE for an address that is no MEFBase's
   */
  static Optional<EnrolmentRequest> of(RequestPrimitive request) {
    return request
        .content()
        .filter(content -> request.operation() == Operation.NOTIFY && content.root().equals(ROOT))
        .map(content -> read(content.attributes()));
  }

  private static EnrolmentRequest read(Attributes trigger) {
    long purpose =
        trigger
            .whole(PURPOSE)
            .orElseThrow(() -> Refusal.MISSING_ATTRIBUTE.of("tpe (triggerPurpose)"));
    if (purpose != ENROLMENT) {
      throw Refusal.OTHER_TRIGGER_PURPOSE.of("tpe (triggerPurpose)");
    }
    String address =
        trigger
            .text(ADDRESS)
            .orElseThrow(() -> Refusal.MISSING_ATTRIBUTE.of("tia (triggerInfoAddress)"));
    try {
      return atBase(new URI(address));
    } catch (URISyntaxException | IdentifierSyntaxException e) {
      throw noMefBase();
    }
  }

  /** A base has the path {@code /_/<FQDN>/-} (TS-0008 clause 6.2.2.1, an absolute address). */
  private static EnrolmentRequest atBase(URI base) {
    String[] path = String.valueOf(base.getPath()).split("/", -1);
    boolean isMefBase =
        "coaps".equalsIgnoreCase(base.getScheme())
            && base.getHost() != null
            && path.length == 4
            && path[1].equals("_")
            && path[3].equals(TrustResourceNames.BASE_SEGMENT);
    if (!isMefBase) {
      throw noMefBase();
    }
    return new EnrolmentRequest(new Fqdn(path[2]), "coaps://" + base.getRawAuthority());
  }

  private static RuntimeException noMefBase() {
    return Refusal.INVALID_ATTRIBUTE.of("tia (triggerInfoAddress)");
  }
}
