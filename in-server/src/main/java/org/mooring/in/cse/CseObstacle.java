// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;

/**
 * What keeps a CSE from registering.
 *
 * @param element of the request that does not fit
 * @param sent what was sent as that element
 * @param refusal how the originator is told
 * @param reason why, in one line
 * @param remedy what can be changed, in one line
 */
public record CseObstacle(
    Element element, String sent, Refusal refusal, String reason, String remedy) {
  private static final String ELEMENT = "element";
  private static final String SENT = "sent";

  /** What of a registration is held against what is known of its originator. */
  public enum Element {
    FROM("From"),
    REGISTRATION("<remoteCSE>"),
    CSE_ID("csi (CSE-ID)"),
    NAME("rn (resourceName)"),
    DESCENDANTS("dcse (descendantCSEs)");

    private final String subject;

    Element(String subject) {
      this.subject = subject;
    }

    /** Its name in the standard. */
    public String subject() {
      return subject;
    }

    /** Whether it is the one that an entry of the audit log tells of. */
    boolean isIn(Attributes detail) {
      return detail.text(ELEMENT).filter(subject::equals).isPresent();
    }
  }

  /** As the audit log tells of it: {@code element}, {@code sent}, {@code rsc}, {@code reason}. */
  Attributes toAttributes() {
    return Attributes.builder()
        .put(ELEMENT, element.subject())
        .put(SENT, sent)
        .put("rsc", refusal.status().code())
        .put("reason", reason)
        .build();
  }

  /** What was sent as the element that an entry of the audit log tells of. */
  static Optional<String> sent(Attributes detail) {
    return detail.text(SENT);
  }
}
