// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.in.cse.CseObstacle.Element;

/**
 * What a CSE says of itself when it registers or changes its registration, and what is known of it.
 *
 * @param credential that authenticated it
 * @param assigned the SP-relative CSE-ID that the provider assigned to that credential
 * @param from From as it was sent; empty for none
 * @param cseId {@code csi} as it was sent
 * @param name {@code rn} as it was sent
 * @param descendants {@code dcse} as it was sent
 * @param release in which it speaks
 */
public record CseClaim(
    KeyIdentifier credential,
    CseId assigned,
    String from,
    Optional<String> cseId,
    Optional<String> name,
    List<String> descendants,
    ReleaseVersion release) {
  private static final String CREDENTIAL = "credential";
  private static final String ASSIGNED = "cse";
  private static final String FROM = "from";
  private static final String RELEASE = "release";

  public CseClaim {
    descendants = List.copyOf(descendants);
  }

  /** That of a request in an association; empty where it is not a CSE's. */
  static Optional<CseClaim> of(Originator originator, RequestPrimitive request) {
    if (originator instanceof Originator.Associated associated
        && associated.principal().client() instanceof CseId cse) {
      Attributes given = request.content().map(Representation::attributes).orElse(Attributes.NONE);
      return Optional.of(
          new CseClaim(
              associated.principal().credential(),
              cse.spRelative(),
              associated.from(),
              given.text("csi"),
              given.text("rn"),
              given.texts("dcse"),
              request.releaseVersion()));
    }
    return Optional.empty();
  }

  /**
   * As the audit log tells of it: {@code credential}, {@code cse}, {@code from}, {@code release}.
   */
  Attributes toAttributes() {
    return Attributes.builder()
        .put(CREDENTIAL, credential.toString())
        .put(ASSIGNED, assigned.value())
        .put(FROM, from)
        .put(RELEASE, release.text())
        .build();
  }

  /**
   * What an entry of the audit log tells of.
   *
   * @param detail of a registration that was accepted, or with the {@link CseObstacle} of one that
   *     was not; of its content the claim has what did not fit. Empty for an entry of another kind
   */
  public static Optional<CseClaim> from(Attributes detail) {
    if (!detail.has(CREDENTIAL) || !detail.has(ASSIGNED)) {
      return Optional.empty();
    }
    Optional<String> sent = CseObstacle.sent(detail);
    return Optional.of(
        new CseClaim(
            KeyIdentifier.parse(detail.text(CREDENTIAL).orElseThrow()),
            new CseId(detail.text(ASSIGNED).orElseThrow()),
            detail.text(FROM).orElse(""),
            sent.filter(value -> Element.CSE_ID.isIn(detail)),
            sent.filter(value -> Element.NAME.isIn(detail)),
            sent.filter(value -> Element.DESCENDANTS.isIn(detail)).stream().toList(),
            detail.text(RELEASE).flatMap(ReleaseVersion::of).orElse(ReleaseVersion.RELEASE_3)));
  }
}
