// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.CredentialId;
import org.mooring.common.subscription.Decision;
import org.mooring.common.subscription.Finding;
import org.mooring.in.audit.AuditRecord;

/** A decision on the registration of an AE as the admin API tells it. */
final class Explanation {
  private Explanation() {}

  /**
   * What is decided now: the registration, the decision, and each rule that was looked at.
   *
   * @param registrar with which CSE
   * @param inUse who has the stem that it would be granted
   */
  static Attributes of(
      CseId registrar,
      AeRegistration registration,
      ReleaseVersion release,
      Decision decision,
      Optional<String> inUse) {
    Optional<Refusal> refusal =
        inUse
            .map(holder -> Decision.refusalOfRegistered(release))
            .or(() -> decision.refusal(release));
    Attributes.Builder document = Attributes.builder().put("registrar", registrar.value());
    registration
        .credential()
        .map(CredentialId::value)
        .ifPresent(id -> document.put("credential", id));
    document
        .put("api", registration.appId())
        .put("from", registration.from())
        .put("release", release.text())
        .put("decision", refusal.isEmpty() ? "allowed" : "refused")
        .put("rsc", refusal.map(Refusal::status).orElse(ResponseStatusCode.CREATED).code());
    decision.grant().ifPresent(grant -> document.put("stem", grant.stem("*")));
    document.put("reason", inUse.orElse(decision.reason()));
    if (refusal.isPresent()) {
      document.put("remedy", inUse.isPresent() ? refusal.get().remedy() : decision.remedy());
    }
    if (!decision.deadLinks().isEmpty()) {
      document.put("deadLinks", decision.deadLinks());
    }
    return document.put("rules", rules(decision.findings())).build();
  }

  /** What was decided then, as the audit log has it. */
  static Attributes recorded(AuditRecord entry) {
    Attributes.Builder recorded =
        Attributes.builder()
            .put("entry", entry.seq())
            .put("at", entry.at().toString())
            .put("action", entry.action());
    entry.detail().whole("rsc").ifPresent(rsc -> recorded.put("rsc", rsc));
    for (String member : List.of("element", "sent", "reason")) {
      entry.detail().text(member).ifPresent(text -> recorded.put(member, text));
    }
    return recorded.build();
  }

  private static AttributeValue rules(List<Finding> findings) {
    return new AttributeValue.Items(
        findings.stream()
            .<AttributeValue>map(finding -> new AttributeValue.Members(rule(finding)))
            .toList());
  }

  private static Attributes rule(Finding finding) {
    Attributes.Builder rule =
        Attributes.builder()
            .put("rule", finding.rule().address())
            .put("source", finding.rule().source().text());
    finding.comparisons().forEach(one -> rule.put(one.element().attribute(), one.toString()));
    return rule.build();
  }
}
