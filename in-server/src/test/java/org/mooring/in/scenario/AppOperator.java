// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import static org.mooring.in.scenario.NodeClient.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.admin.AppAdmin;
import org.mooring.in.app.NewToken;

/** Who registers applications with a running server and issues their tokens. */
public final class AppOperator {
  /** How long a token is valid. */
  public static final Duration LIFE = Duration.ofDays(30);

  private final RunningServer server;
  private final InstantSource clock;

  public AppOperator(RunningServer server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  public AppAdmin apps() {
    return server.in().admin().apps().orElseThrow();
  }

  public void registers(AppId... applications) {
    for (AppId application : applications) {
      await(apps().register(application));
    }
  }

  /** A token for enrolees of the server, by the names that the test gave them. */
  public ApplicationToken token(AppId application, String... nodes) {
    return token(application, Optional.empty(), namesOf(nodes));
  }

  /** How tokens name enrolees of the server. */
  public List<String> namesOf(String... nodes) {
    return List.of(nodes).stream().map(name -> server.enrolee(name).csi().value()).toList();
  }

  public ApplicationToken token(AppId application, Optional<Instant> from, List<String> csis) {
    return token(application, from, csis, ApprovedServices.NONE);
  }

  /** A token that says with whom instances share their associations. */
  public ApplicationToken token(AppId application, CredentialShare share, String... nodes) {
    ApprovedServices services = new ApprovedServices(List.of(), Optional.empty(), List.of(), share);
    return token(application, Optional.empty(), namesOf(nodes), services);
  }

  /** A token whose instances may associate with somebody beside their registrar. */
  public ApplicationToken token(AppId application, EntityId target, String... nodes) {
    ApprovedServices services =
        new ApprovedServices(List.of(), Optional.empty(), List.of(target), CredentialShare.NONE);
    return token(application, Optional.empty(), namesOf(nodes), services);
  }

  /** A token that approves a role. */
  public ApplicationToken token(AppId application, RoleId role, String... nodes) {
    ApprovedServices services =
        new ApprovedServices(List.of(role), Optional.empty(), List.of(), CredentialShare.NONE);
    return token(application, Optional.empty(), namesOf(nodes), services);
  }

  private ApplicationToken token(
      AppId application, Optional<Instant> from, List<String> csis, ApprovedServices services) {
    NewToken wanted =
        new NewToken(
            application,
            from,
            clock.instant().plus(LIFE),
            csis.stream().map(AllowedNode::new).toList(),
            services,
            new InstanceCaps(10, 10));
    Attributes issued = await(apps().issueToken(wanted));
    return ApplicationToken.read(issued.text("token").orElseThrow());
  }

  /** The reason of the association that was refused last; empty if none was. */
  public String lastRefusal() {
    return await(server.in().admin().audit(20)).stream()
        .filter(entry -> entry.text("action").equals(Optional.of("APP_ASSOCIATION_REFUSED")))
        .reduce(AppOperator::latest)
        .map(entry -> entry.members("detail").orElseThrow().text("reason").orElseThrow())
        .orElse("");
  }

  private static Attributes latest(Attributes one, Attributes other) {
    return one.whole("seq").orElseThrow() > other.whole("seq").orElseThrow() ? one : other;
  }
}
