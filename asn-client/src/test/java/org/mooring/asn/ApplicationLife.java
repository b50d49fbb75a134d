// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.HeldToken;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.EnrolmentPath;

/** Nodes with instances of applications, and the tokens of these. */
abstract class ApplicationLife extends NodeLife {
  static final AppInstanceId C1 = new AppInstanceId("C1");
  static final AppInstanceId C2 = new AppInstanceId("C2");
  static final AppInstanceId C3 = new AppInstanceId("C3");

  final FakeProvider provider = provider(EnrolmentPath.MAF);
  final ApplicationToken meter = provider.applications.issue("Nmeter");

  static AppInstance installed(Node node, ApplicationToken token, AppInstanceId id)
      throws Exception {
    return node.applications().install(token, id).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  static NodeState withInstance(NodeState state, AppInstanceId id, ApplicationToken token) {
    AppInstance instance = AppInstance.installed(id, HeldToken.of(token));
    return state.toBuilder().appInstances(state.appInstances().installed(instance)).build();
  }

  static AppInstance instance(Node node, AppInstanceId id) {
    return node.state().appInstances().find(id).orElseThrow();
  }

  /** Seed 000 clause 9: derived from the token's secret and the node's, and shorter than both. */
  void assertIsAssociated(Node node, AppInstance instance, ApplicationToken token) {
    HeldKey ka = instance.key().orElseThrow();
    HeldKey km = node.state().key(Rung.MAF).orElseThrow();
    assertThat(ka.key())
        .isEqualTo(FakeApplications.key(km.key(), token, instance.id().value(), ka.id()));
    assertThat(ka.parent()).isEqualTo(km.id());
    assertThat(instance.setback()).isEmpty();
  }

  static boolean isAssociation(RequestPrimitive request) {
    return request.resourceType().orElse(0) == 7;
  }

  int associations() {
    return (int) provider.requestsSoFar().stream().filter(ApplicationLife::isAssociation).count();
  }
}
