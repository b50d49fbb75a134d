// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.Registrars;
import org.mooring.in.provider.ServiceProvider;

/**
 * What a key registration is for: once a session exported a key for it, the session is used up for
 * any other (design section 3).
 *
 * @param targets in their normal form, one at least
 */
record KeyRequest(Fqdn adminFqdn, KeyUsage usage, List<String> targets) {

  /**
   * Reads it from the attributes of a CREATE.
   *
   * @throws RefusedException STAKEHOLDER_NOT_ALLOWED, INVALID_ATTRIBUTE for a SUID of another
   *     function, TARGET_COUNT, TARGET_NOT_ALLOWED
   */
  static KeyRequest of(
      Attributes given,
      Registrars registrars,
      EntityId client,
      FunctionRole function,
      ServiceProvider provider,
      TargetPolicy policy) {
    Fqdn admin = RegistrationRules.adminFqdn(given, provider);
    KeyUsage usage =
        KeyUsage.of(given.whole(TrustResourceNames.USAGE).orElseThrow())
            .filter(known -> known.isOfMef() == (function == FunctionRole.MEF))
            .orElseThrow(() -> Refusal.INVALID_ATTRIBUTE.of(TrustResourceNames.USAGE + " (SUID)"));
    return new KeyRequest(admin, usage, targets(given, registrars, client, usage, policy));
  }

  /**
   * The targets that are named, or the server's choice.
   *
   * @throws RefusedException TARGET_COUNT, TARGET_NOT_ALLOWED
   */
  static List<String> targets(
      Attributes given,
      Registrars registrars,
      EntityId client,
      KeyUsage usage,
      TargetPolicy policy) {
    String subject = TrustResourceNames.TARGET_IDS + " (targetIDs)";
    if (!given.has(TrustResourceNames.TARGET_IDS)) {
      Optional<String> chosen = policy.defaultTarget(registrars, client, usage);
      return List.of(chosen.orElseThrow(() -> Refusal.TARGET_NOT_ALLOWED.of(subject)));
    }
    List<String> named =
        given.texts(TrustResourceNames.TARGET_IDS).stream().map(KeyRequest::normal).toList();
    if (usage.hasSingleTarget() && named.size() != 1) {
      throw Refusal.TARGET_COUNT.of(subject);
    }
    if (!named.stream().allMatch(target -> policy.allows(registrars, client, usage, target))) {
      throw Refusal.TARGET_NOT_ALLOWED.of(subject);
    }
    return named.stream().distinct().sorted().toList();
  }

  private static String normal(String target) {
    if (Fqdn.isValid(target)) {
      return new Fqdn(target).value();
    }
    boolean isEntity = target.startsWith("/") && (CseId.isValid(target) || AeId.isValid(target));
    return isEntity ? EntityId.of(target).value() : target;
  }
}
