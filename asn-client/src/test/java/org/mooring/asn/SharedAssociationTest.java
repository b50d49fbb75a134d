// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mooring.asn.vault.HeldKey;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** One credential for several AEs on a node (TS-0001 clause 11.2.2), as their tokens say. */
class SharedAssociationTest extends ApplicationLife {
  private Node node;

  @BeforeEach
  void register() throws Exception {
    node = start(provider, new MemoryVault());
    registered(node);
  }

  private void install(AppInstanceId id, String application, CredentialShare share)
      throws Exception {
    ApplicationToken token = provider.applications.issue(application, share);
    assertThat(installed(node, token, id).key()).isPresent();
  }

  private ApplicationSession open(AppInstanceId id) throws Exception {
    return node.applications().open(id).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private Optional<String> fromOfARequestIn(ApplicationSession session) throws Exception {
    assertThat(
            session
                .send(RequestPrimitive.builder(Operation.RETRIEVE, "/id-in/-", "1").build())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .status())
        .isEqualTo(ResponseStatusCode.OK);
    List<RequestPrimitive> sent = provider.requestsSoFar();
    return sent.get(sent.size() - 1).from();
  }

  private long sessionsBy(AppInstanceId id) {
    HeldKey ka = instance(node, id).key().orElseThrow();
    return provider.handshakesSoFar().stream()
        .filter((FakeProvider.MAF + " " + ka.id())::equals)
        .count();
  }

  @Test
  void instancesOfOneApplicationStandOnTheKeyOfTheFirst() throws Exception {
    install(C1, "Nmeter", CredentialShare.APP);
    install(C2, "Nmeter", CredentialShare.APP);
    try (ApplicationSession first = open(C1)) {
      int handshakes = provider.handshakesSoFar().size();
      try (ApplicationSession second = open(C2)) {
        assertThat(provider.handshakesSoFar()).hasSize(handshakes);
        assertThat(second.ae().value()).isEqualTo("/asn-0123456789ab/C2");
        assertThat(fromOfARequestIn(second)).contains("/asn-0123456789ab/C2");
      }
      assertThat(fromOfARequestIn(first)).contains("/asn-0123456789ab/C1");
    }
  }

  @Test
  void eachHasToShareWithEachOfTheOthers() throws Exception {
    install(C1, "Nmeter", CredentialShare.NODE);
    install(C2, "Npump", CredentialShare.NODE);
    install(C3, "Nmeter", CredentialShare.APP);
    try (ApplicationSession first = open(C1);
        ApplicationSession second = open(C2);
        ApplicationSession third = open(C3)) {
      assertThat(List.of(first.ae(), second.ae(), third.ae())).doesNotHaveDuplicates();

      assertThat(sessionsBy(C2)).isZero();
      assertThat(sessionsBy(C3)).isEqualTo(1);
    }
  }

  @Test
  void withoutATokenThatSaysSoEachHasItsOwn() throws Exception {
    install(C1, "Nmeter", CredentialShare.NONE);
    install(C2, "Nmeter", CredentialShare.APP);
    try (ApplicationSession first = open(C1);
        ApplicationSession second = open(C2)) {
      assertThat(first.ae()).isNotEqualTo(second.ae());

      assertThat(sessionsBy(C2)).isEqualTo(1);
    }
  }

  @Test
  void anAssociationWithAnotherAeIsNotShared() throws Exception {
    install(C1, "Nmeter", CredentialShare.APP);
    install(C2, "Nmeter", CredentialShare.APP);
    PointOfAccess where = PointOfAccess.parse("coaps://127.0.0.1:7001");
    try (ApplicationSession pump =
            node.applications()
                .open(C1, EntityId.of("/asn-2/Cpump"), where)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        ApplicationSession own = open(C2)) {
      assertThat(pump.ae()).isNotEqualTo(own.ae());

      assertThat(sessionsBy(C2)).isEqualTo(1);
    }
  }

  @Test
  void theOthersGoOnByAKeyOfTheirsWhenTheOneThatOpenedItIsRemoved() throws Exception {
    install(C1, "Nmeter", CredentialShare.APP);
    install(C2, "Nmeter", CredentialShare.APP);
    try (ApplicationSession first = open(C1);
        ApplicationSession second = open(C2)) {
      assertThat(sessionsBy(C2)).isZero();

      node.applications().remove(C1);

      await().until(() -> sessionsBy(C2) == 1);
      await().until(() -> node.applications().all().size() == 1);
      assertThat(fromOfARequestIn(second)).contains("/asn-0123456789ab/C2");
      assertThat(first.ae().value()).isEqualTo("/asn-0123456789ab/C1");
    }
  }

  @Test
  void aKeyThatNobodyUsesStaysWithItsInstance() throws Exception {
    install(C1, "Nmeter", CredentialShare.APP);
    install(C2, "Nmeter", CredentialShare.APP);
    try (ApplicationSession first = open(C1);
        ApplicationSession second = open(C2)) {
      node.applications().remove(C2);

      await().until(() -> node.applications().all().size() == 1);
      assertThat(fromOfARequestIn(first)).contains("/asn-0123456789ab/C1");
      assertThat(sessionsBy(C1)).isEqualTo(1);
      assertThat(second.ae().value()).isEqualTo("/asn-0123456789ab/C2");
    }
  }
}
