// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.common.resource.TrustResources;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.command.ClientCommands;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.trust.RegistrationChild;
import org.mooring.in.trust.TrustFunction;

/**
 * The MEF (TS-0003 clause 8.3): its clients are enrolees, its keys are Ke, and a registration's
 * answer configures the node.
 */
public final class EnrolmentFunction implements TrustFunction<EnroleeStore> {
  /** A node with no more commands asks again after this time. */
  private static final Duration COMMAND_RETRY = Duration.ofDays(1);

  private final ServiceProvider provider;
  private final ReEnrolmentCheck reEnrolment;
  private final MethodCheck methods;
  private final ClientCommands<EnroleeStore> commands = new ClientCommands<>(COMMAND_RETRY);

  /**
   * @param associations asked whether a node that enrols anew uses an earlier enrolment
   * @param methods by which nodes may enrol
   */
  public EnrolmentFunction(
      ServiceProvider provider,
      ReEnrolment policy,
      AssociationActivity associations,
      MethodCheck methods) {
    this.provider = provider;
    this.reEnrolment = new ReEnrolmentCheck(policy, associations);
    this.methods = methods;
  }

  @Override
  public FunctionRole role() {
    return FunctionRole.MEF;
  }

  @Override
  public Fqdn fqdn() {
    return provider.mef();
  }

  @Override
  public ResourcePolicy base() {
    return TrustResources.MEF_BASE;
  }

  @Override
  public ResourcePolicy clientRegistration() {
    return TrustResources.MEF_CLIENT_REG;
  }

  @Override
  public ExporterLabel exporterLabel() {
    return ExporterLabel.BOOTSTRAP;
  }

  /** Ke opens sessions with the MAF as Km's forerunner, or with the CSE as Kpsa. */
  @Override
  public Optional<PskUse> pskUse(KeyUsage usage) {
    return switch (usage) {
      case PROVISIONED_FOR_MAF -> Optional.of(new PskUse(Credential.Kind.KE, FunctionRole.MAF));
      case PROVISIONED_FOR_ASSOCIATION ->
          Optional.of(new PskUse(Credential.Kind.KE, FunctionRole.CSE));
      default -> Optional.empty();
    };
  }

  @Override
  public Instant registrationLimit(EnroleeStore store, Credential session) {
    Instant granted = store.now().plus(provider.lifetimes().enrolment());
    return granted.isBefore(session.expiresAt()) ? granted : session.expiresAt();
  }

  /**
   * The Enrolment Expiry, no later than the subscription's end: Kpm's end ends bootstrapping, not
   * what it led to. A Ks is an enrolment key itself, whose end nothing below it outlives.
   */
  @Override
  public Instant keyLimit(EnroleeStore store, Credential session, Instant registeredAt) {
    Duration granted = provider.lifetimes().enrolment();
    Optional<Enrolee> enrolee = store.enrolees().ofClient(session.client());
    Duration agreed = enrolee.map(Enrolee::enrolmentLifetime).orElse(granted);
    Instant end = registeredAt.plus(agreed.compareTo(granted) < 0 ? agreed : granted);
    Instant subscribed = enrolee.map(Enrolee::subscribedUntil).orElse(end);
    Instant own = session.kind() == Credential.Kind.KS ? session.expiresAt() : end;
    return Stream.of(end, subscribed, own).min(Instant::compareTo).orElseThrow();
  }

  @Override
  public void beforeNewKey(EnroleeStore store, SecurityPrincipal client, String group) {
    reEnrolment.beforeNewKey(store, client, group);
  }

  @Override
  public void beforeRegistration(EnroleeStore store, Credential session, List<String> labels) {
    methods.beforeRegistration(store, session, labels);
  }

  @Override
  public Attributes onRegistered(EnroleeStore store, SecurityPrincipal client) {
    return configuration(store, client);
  }

  @Override
  public Attributes onRetrieved(EnroleeStore store, SecurityPrincipal client) {
    return configuration(store, client);
  }

  @Override
  public Attributes onUpdated(EnroleeStore store, SecurityPrincipal client) {
    return Attributes.NONE;
  }

  @Override
  public Optional<RegistrationChild<EnroleeStore>> registrationChild() {
    return Optional.of(commands);
  }

  /**
   * What the node is told besides its keys (design section 4).
   *
   * @throws RefusedException NO_SUCH_RESOURCE if no configuration belongs to this client
   */
  private Attributes configuration(EnroleeStore store, SecurityPrincipal client) {
    Enrolee enrolee =
        store
            .enrolees()
            .ofClient(client.client())
            .orElseThrow(
                () ->
                    Refusal.NO_SUCH_RESOURCE.of(
                        TrustResourceNames.CLIENT_CONFIGURATION + " (clientConfiguration)"));
    return Attributes.builder()
        .put(
            TrustResourceNames.CLIENT_CONFIGURATION, enrolee.configuration(provider).toAttributes())
        .build();
  }
}
