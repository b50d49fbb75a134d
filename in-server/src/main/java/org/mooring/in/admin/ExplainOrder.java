// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.CredentialId;

/** Which registration of an AE is to be explained. */
public sealed interface ExplainOrder {
  /** One that the audit log tells of, by its entry's number. */
  record Past(long entry) implements ExplainOrder {}

  /**
   * One that somebody might try.
   *
   * @param node the enrolee whose CSE is the registrar; empty for the IN-CSE itself
   */
  record Supposed(Optional<KeyIdentifier> node, AeRegistration registration, ReleaseVersion release)
      implements ExplainOrder {}

  /**
   * Reads an order: {@code entry} alone, or {@code api} with {@code from}, {@code credential},
   * {@code release} and {@code node} where there are some.
   *
   * @throws AdminException naming the member that is missing, unknown or malformed
   */
  static ExplainOrder read(Attributes members) {
    OrderMembers.requireKnown(
        members, "explain", Set.of("entry", "api", "from", "credential", "release", "node"));
    if (!members.has("entry")) {
      @Nullable KeyIdentifier node = OrderMembers.value(members, "node", KeyIdentifier::parse);
      return new Supposed(Optional.ofNullable(node), registration(members), release(members));
    }
    OptionalLong entry = members.whole("entry");
    if (entry.isEmpty() || entry.getAsLong() < 1 || members.names().size() > 1) {
      throw AdminException.malformed("entry", "give a number of 'audit list', and nothing else");
    }
    return new Past(entry.getAsLong());
  }

  /** What an order or an entry of the audit log says was held against the rules. */
  static AeRegistration registration(Attributes members) {
    @Nullable AppId api = OrderMembers.value(members, "api", AppId::new);
    if (api == null) {
      throw AdminException.malformed("api", "give the App-ID");
    }
    String from = members.text("from").orElse("");
    boolean isStem = AeId.isValid(from) && new AeId(from).isStem();
    if (!isStem && !AeRegistration.asksForStem(from)) {
      throw AdminException.malformed("from", "write an AE-ID-Stem, C, S or nothing");
    }
    Optional<CredentialId> credential =
        members.text("credential").filter(text -> !text.isEmpty()).map(ExplainOrder::credential);
    return new AeRegistration(credential, api.value(), from);
  }

  /** The release in which the AE speaks, 3 where nobody says otherwise. */
  static ReleaseVersion release(Attributes members) {
    return members
        .text("release")
        .map(
            text ->
                ReleaseVersion.of(text)
                    .orElseThrow(() -> AdminException.malformed("release", "write 1, 2, 2a or 3")))
        .orElse(ReleaseVersion.RELEASE_3);
  }

  /** With which CSE an entry of the audit log says that it was; empty for this one. */
  static Optional<CseId> registrar(Attributes members) {
    return Optional.ofNullable(OrderMembers.value(members, "registrar", CseId::new))
        .map(CseId::spRelative);
  }

  private static CredentialId credential(String text) {
    try {
      return new CredentialId(text);
    } catch (IllegalArgumentException e) {
      throw AdminException.malformed("credential", OrderMembers.remedyOf(e));
    }
  }
}
