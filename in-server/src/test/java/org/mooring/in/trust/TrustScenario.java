// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.credential.RecordedSessions;
import org.mooring.in.maf.AuthenticationFunction;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.EnroleeStore;
import org.mooring.in.mef.Enrolees;
import org.mooring.in.mef.EnrolmentFunction;
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.mef.MethodPolicy;
import org.mooring.in.mef.NewEnrolee;
import org.mooring.in.mef.ReEnrolment;
import org.mooring.in.mef.Subscriptions;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;

/** A provider with its MEF and MAF over a store of its own, at a time that tests move. */
public final class TrustScenario implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  public static final Duration ENROLMENT = Duration.ofDays(300);
  public static final Duration MASTER = Duration.ofDays(60);
  public static final Duration ASSOCIATION = Duration.ofDays(3);
  public static final int KEYS_PER_CLIENT = 4;

  final ServiceProvider provider =
      new ServiceProvider(
          SpId.parse("//sp.example.org"),
          new Fqdn("mef.sp.example.org"),
          new Fqdn("maf.sp.example.org"),
          new CseId("/id-in"),
          "cse-in",
          List.of("coaps://in.example.org:5684"),
          new ServiceProvider.Lifetimes(ENROLMENT, MASTER, ASSOCIATION));

  private final RecordedSessions sessions = new RecordedSessions();
  private final List<KeyIdentifier> aliveSessions = Collections.synchronizedList(new ArrayList<>());
  private final Generations generations = new Generations(sessions);
  private final Enrolees enrolees = new Enrolees(provider, generations);
  private final Subscriptions subscriptions = new Subscriptions(provider, generations);
  private final Store store;
  private final TrustEndpoint<EnroleeStore> mef;
  private final TrustEndpoint<EnroleeStore> maf;
  private volatile Instant time = START;

  private TrustScenario(Path folder, ReEnrolment reEnrolment) {
    store = Store.open(StoreSettings.in(folder), () -> time);
    RegistrarTargets targets = new RegistrarTargets(provider, KEYS_PER_CLIENT);
    EnrolmentFunction enrolment =
        new EnrolmentFunction(
            provider,
            reEnrolment,
            credentials -> aliveSessions.stream().anyMatch(credentials::contains),
            new MethodCheck(MethodPolicy.DEFAULT, Set.of(EnrolmentMethod.values())));
    AuthenticationFunction<EnroleeStore> authentication =
        new AuthenticationFunction<>(
            provider, generations, new HeldKeys(provider.mef(), provider.sp()), Optional.empty());
    mef = TrustEndpoint.of(enrolment, provider, generations, targets);
    maf = TrustEndpoint.of(authentication, provider, generations, targets);
  }

  public static TrustScenario givenProvider(Path folder) {
    return givenProvider(folder, ReEnrolment.ALWAYS);
  }

  public static TrustScenario givenProvider(Path folder, ReEnrolment policy) {
    return new TrustScenario(folder.resolve("data"), policy);
  }

  public ServiceProvider provider() {
    return provider;
  }

  public Enrolees enrolees() {
    return enrolees;
  }

  public Subscriptions subscriptions() {
    return subscriptions;
  }

  public Generations generations() {
    return generations;
  }

  public Enrolee withEnrolee() {
    return withEnrolee(node -> node);
  }

  public Enrolee withEnrolee(UnaryOperator<NewEnrolee.Builder> node) {
    return does(tx -> enrolees.add(tx, node.apply(NewEnrolee.builder()).build(), "admin"))
        .enrolee();
  }

  /** A session after a full handshake with the credential. */
  public TestSession session(KeyIdentifier identity) {
    Credential credential = credential(identity);
    assertThat(credential.opensHandshakeAt(time)).as("%s opens a handshake", identity).isTrue();
    return new TestSession(this, principal(credential), false);
  }

  /** The IN-CSE as a client of the MAF, as it is where the functions stand apart. */
  TestSession registrarAtMaf() {
    KeyIdentifier master = KeyIdentifier.parse("in-cse@" + provider.maf());
    return new TestSession(
        this,
        new SecurityPrincipal.MafClient(master, provider.absoluteCse(), time.plus(MASTER)),
        false);
  }

  private SecurityPrincipal principal(Credential credential) {
    return switch (credential.role()) {
      case MEF ->
          new SecurityPrincipal.Enrolee(
              credential.identity(),
              credential.client(),
              does(tx -> tx.enrolees().find(credential.identity()).orElseThrow().nodeId()),
              credential.expiresAt());
      case MAF ->
          new SecurityPrincipal.MafClient(
              credential.identity(), credential.client(), credential.expiresAt());
      case CSE ->
          new SecurityPrincipal.AssociatedEntity(
              credential.identity(), credential.client(), credential.expiresAt());
    };
  }

  public Credential credential(KeyIdentifier identity) {
    return does(tx -> tx.credentials().find(identity).orElseThrow());
  }

  public Credential.Status statusOf(KeyIdentifier identity) {
    return credential(identity).status();
  }

  /** A target accepts a request under the credential, as the front door tells. */
  public void accepts(KeyIdentifier identity) {
    does(
        tx -> {
          generations.accepted(tx, tx.credentials().find(identity).orElseThrow());
          return true;
        });
  }

  /** A live session under the credential exists from now on. */
  public void keepsSessionAlive(KeyIdentifier identity) {
    aliveSessions.add(identity);
  }

  public List<KeyIdentifier> endedSessions() {
    return sessions.ended();
  }

  public Instant now() {
    return time;
  }

  public void pass(Duration duration) {
    time = time.plus(duration);
  }

  /** Sweeps what ended, as the server does all the time. */
  public void sweep() {
    does(
        tx ->
            generations.expire(tx, 1000)
                + subscriptions.recordEnds(tx, 1000)
                + mef.expire(tx, 1000)
                + maf.expire(tx, 1000));
  }

  /** How many entries of the audit log there are. */
  public long auditEntries() {
    return does(tx -> tx.auditLog().verify().entries());
  }

  public <T> T does(Function<Repositories, T> work) {
    return join(store.write(work::apply));
  }

  TestAnswer sends(TestSession session, FunctionRole to, RequestPrimitive request) {
    TrustEndpoint<EnroleeStore> endpoint = to == FunctionRole.MEF ? mef : maf;
    try {
      ResponsePrimitive response =
          does(tx -> endpoint.handle(tx, session.principal(), session, request));
      return TestAnswer.of(response);
    } catch (RefusedException e) {
      return TestAnswer.refused(e);
    }
  }

  private static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
