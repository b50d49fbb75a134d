// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandDescription;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.command.ObjectType;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.command.QueuedCommand;
import org.mooring.in.command.QueuedCommand.State;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Credential.Kind;
import org.mooring.in.credential.Credential.Status;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.trust.ClientRegistration;
import org.mooring.in.trust.KeyRegistration;

/** Credentials, registrations and commands, on every database. */
abstract class TrustRepositoriesContractTest extends StoreTest {
  private static final Fqdn SP = new Fqdn("sp.example.org");
  private static final Fqdn MEF = new Fqdn("mef.sp.example.org");
  private static final CseId CLIENT = new CseId("//sp.example.org/asn-1");
  private static final KeyIdentifier KPM = KeyIdentifier.parse("pump@mef.sp.example.org");
  private static final KeyIdentifier KE =
      KeyIdentifier.parse("00112233445566778899AABBCCDDEEFF@mef.sp.example.org");

  private static Credential credential(KeyIdentifier identity, Kind kind, Status status) {
    return new Credential(
        identity, kind, FunctionRole.MAF, CLIENT, KPM, "a line", status, M2mTimestamp.NEVER);
  }

  private static KeyRegistration key(Instant end) {
    return new KeyRegistration(
        KE,
        CLIENT,
        SP,
        KeyUsage.PROVISIONED_FOR_MAF,
        List.of("maf.sp.example.org"),
        List.of("a", "b"),
        KPM,
        false,
        end,
        START,
        START);
  }

  @Test
  void aCredentialComesBackAsItWasWithItsKey() throws Exception {
    Credential kpm = credential(KPM, Kind.KPM, Status.CURRENT);
    SecretKeyBytes key = SecretKeyBytes.random();
    does(
        tx -> {
          tx.credentials().add(kpm, key);
          return true;
        });
    assertThat(maybe(tx -> tx.credentials().find(KPM))).contains(kpm);
    assertThat(maybe(tx -> tx.credentials().key(KPM))).contains(key);
    assertThat(all(tx -> tx.credentials().derivedFrom(KPM))).isEmpty();
    assertThat(maybe(tx -> tx.credentials().key(KE))).isEmpty();
  }

  @Test
  void anotherKeyTakesThePlaceOfOneWithAKsThatIsKept() throws Exception {
    SecretKeyBytes first = SecretKeyBytes.random();
    SecretKeyBytes second = SecretKeyBytes.random();
    does(
        tx -> {
          tx.credentials().add(credential(KPM, Kind.KPM, Status.CURRENT), first);
          tx.credentials().add(credential(KE, Kind.KS, Status.PENDING), first);
          tx.credentials().replaceKey(KPM, second);
          tx.credentials().replaceKey(KE, second);
          return true;
        });
    assertThat(maybe(tx -> tx.credentials().key(KPM))).contains(first);
    assertThat(maybe(tx -> tx.credentials().key(KE))).contains(second);

    does(
        tx -> {
          tx.credentials().setStatus(KE, Status.REVOKED);
          tx.credentials().replaceKey(KE, second);
          return true;
        });
    assertThat(maybe(tx -> tx.credentials().key(KE))).isEmpty();
  }

  @Test
  void anIdentityIsNeverUsedAgain() throws Exception {
    Credential kpm = credential(KPM, Kind.KPM, Status.CURRENT);
    does(
        tx -> {
          tx.credentials().add(kpm, SecretKeyBytes.random());
          tx.credentials().setStatus(KPM, Status.REMOVED);
          return true;
        });
    assertThat(maybe(tx -> tx.credentials().key(KPM))).isEmpty();
    assertThatThrownBy(
            () ->
                does(
                    tx -> {
                      tx.credentials().add(kpm, SecretKeyBytes.random());
                      return true;
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void credentialsAreFoundByGroupParentClientAndEnd() throws Exception {
    Credential kpm = credential(KPM, Kind.KPM, Status.SUPERSEDED);
    Credential ke = credential(KE, Kind.KE, Status.PENDING);
    does(
        tx -> {
          tx.credentials().add(kpm, SecretKeyBytes.random());
          return true;
        });
    pass(Duration.ofSeconds(1));
    does(
        tx -> {
          tx.credentials().add(ke, SecretKeyBytes.random());
          tx.credentials().setExpiry(KE, START.plusSeconds(9));
          return true;
        });
    assertThat(all(tx -> tx.credentials().liveOfGroup(CLIENT, "a line")))
        .extracting(Credential::identity)
        .containsExactly(KPM, KE);
    assertThat(all(tx -> tx.credentials().derivedFrom(KPM)))
        .extracting(Credential::identity)
        .containsExactly(KE);
    assertThat(all(tx -> tx.credentials().ofClient(CLIENT))).hasSize(2);
    assertThat(all(tx -> tx.credentials().endedBefore(START.plusSeconds(8), 10))).isEmpty();
    assertThat(all(tx -> tx.credentials().endedBefore(START.plusSeconds(9), 10))).hasSize(1);
    does(
        tx -> {
          tx.credentials().setStatus(KPM, Status.REVOKED);
          tx.credentials().setStatus(KE, Status.REMOVED);
          return true;
        });
    assertThat(all(tx -> tx.credentials().liveOfGroup(CLIENT, "a line"))).isEmpty();
    assertThat(all(tx -> tx.credentials().ofClient(CLIENT)))
        .extracting(Credential::status)
        .containsExactly(Status.REVOKED);
    assertThat(all(tx -> tx.credentials().endedBefore(START.plusSeconds(99), 10))).isEmpty();
  }

  @Test
  void aCredentialAndItsKeyRegistrationShareEndAndFate() throws Exception {
    SecretKeyBytes secret = SecretKeyBytes.random();
    does(
        tx -> {
          tx.keyRegistrations()
              .add(key(START.plusSeconds(60)), secret, credential(KE, Kind.KE, Status.PENDING));
          tx.credentials().setExpiry(KE, START.plusSeconds(30));
          return true;
        });
    assertThat(maybe(tx -> tx.keyRegistrations().find(KE))).contains(key(START.plusSeconds(30)));
    assertThat(maybe(tx -> tx.keyRegistrations().key(KE))).contains(secret);
    assertThat(maybe(tx -> tx.credentials().key(KE))).isEmpty();
    does(
        tx -> {
          tx.credentials().setStatus(KE, Status.REVOKED);
          return true;
        });
    assertThat(maybe(tx -> tx.keyRegistrations().key(KE))).isEmpty();
    assertThat(maybe(tx -> tx.keyRegistrations().find(KE)).orElseThrow().removed()).isTrue();
  }

  @Test
  void liveKeysAreCountedAndEndedOnesFound() throws Exception {
    does(
        tx -> {
          tx.keyRegistrations().add(key(START.plusSeconds(60)), SecretKeyBytes.random());
          return true;
        });
    assertThat(number(tx -> tx.keyRegistrations().countLive(CLIENT, MEF, START))).isEqualTo(1);
    assertThat(number(tx -> tx.keyRegistrations().countLive(CLIENT, SP, START))).isZero();
    Instant end = START.plusSeconds(60);
    assertThat(number(tx -> tx.keyRegistrations().countLive(CLIENT, MEF, end))).isZero();
    assertThat(all(tx -> tx.keyRegistrations().endedBefore(MEF, end, 10))).hasSize(1);
    does(
        tx -> {
          tx.keyRegistrations().remove(KE);
          return true;
        });
    assertThat(all(tx -> tx.keyRegistrations().endedBefore(MEF, end, 10))).isEmpty();
    assertThat(all(tx -> tx.keyRegistrations().ofClient(CLIENT))).isEmpty();
    assertThat(maybe(tx -> tx.keyRegistrations().find(KE))).isPresent();
  }

  @Test
  void aClientHasOneRegistrationPerFunctionAndStakeholder() throws Exception {
    ClientRegistration mef = registration(FunctionRole.MEF, "a");
    does(
        tx -> {
          tx.clientRegistrations().add(mef);
          tx.clientRegistrations().add(registration(FunctionRole.MAF, "a"));
          return true;
        });
    assertThat(maybe(tx -> tx.clientRegistrations().find(FunctionRole.MEF, CLIENT, SP)))
        .contains(mef);
    assertThat(all(tx -> tx.clientRegistrations().ofClient(CLIENT))).hasSize(2);
    assertThatThrownBy(
            () ->
                does(
                    tx -> {
                      tx.clientRegistrations().add(registration(FunctionRole.MEF, "b"));
                      return true;
                    }))
        .isInstanceOf(RuntimeException.class);
    does(
        tx -> {
          tx.clientRegistrations().remove(mef);
          return true;
        });
    assertThat(maybe(tx -> tx.clientRegistrations().find(FunctionRole.MEF, "a"))).isEmpty();
    assertThat(
            all(tx -> tx.clientRegistrations().endedBefore(FunctionRole.MAF, mef.expiresAt(), 9)))
        .hasSize(1);
  }

  private static ClientRegistration registration(FunctionRole function, String id) {
    return new ClientRegistration(
        function, id, CLIENT, SP, List.of(), START.plusSeconds(60), START, START);
  }

  @Test
  void commandsStandInTheQueueOfTheirRegistrationAndEndWithIt() throws Exception {
    ClientRegistration mef = registration(FunctionRole.MEF, "a");
    QueuedCommand reported = command("1", 1, State.REPORTED, 1);
    QueuedCommand issued = command("2", 2, State.ISSUED, 2);
    QueuedCommand queued = command("3", 3, State.QUEUED, 0);
    does(
        tx -> {
          tx.clientRegistrations().add(mef);
          tx.commands().add(queued);
          tx.commands().add(issued);
          tx.commands().add(reported);
          return true;
        });
    assertThat(all(tx -> tx.commands().ofRegistration("a")))
        .containsExactly(reported, issued, queued);
    assertThat(maybe(tx -> tx.commands().firstOpen("a", START))).contains(issued);
    assertThat(maybe(tx -> tx.commands().firstOpen("a", START.plusSeconds(60)))).isEmpty();
    assertThat(maybe(tx -> tx.commands().firstOpen("b", START))).isEmpty();
    assertThat(maybe(tx -> tx.commands().lastIssued("a"))).contains(issued);
    QueuedCommand done = command("2", 2, State.REPORTED, 2);
    does(
        tx -> {
          tx.commands().update(done);
          tx.commands().remove(reported);
          return true;
        });
    assertThat(all(tx -> tx.commands().ofRegistration("a"))).containsExactly(done, queued);
    assertThatThrownBy(() -> does(tx -> added(tx, command("4", 3, State.QUEUED, 0))))
        .isInstanceOf(RuntimeException.class);
    does(
        tx -> {
          tx.clientRegistrations().remove(mef);
          return true;
        });
    assertThat(all(tx -> tx.commands().ofRegistration("a"))).isEmpty();
    assertThatThrownBy(() -> does(tx -> added(tx, queued))).isInstanceOf(RuntimeException.class);
  }

  private static boolean added(Repositories tx, QueuedCommand command) {
    tx.commands().add(command);
    return true;
  }

  private static QueuedCommand command(String id, long position, State state, int deliveries) {
    Attributes arguments =
        new CommandArguments.MoNode("x", ObjectType.TRUST_ANCHOR_CRED, Attributes.NONE)
            .toAttributes();
    return new QueuedCommand(
        id,
        "a",
        position,
        new CommandDescription(3, arguments, CLIENT.value()),
        START,
        START.plusSeconds(60),
        state,
        deliveries,
        deliveries > 1 ? CommandStatus.REISSUED : CommandStatus.ISSUED,
        START);
  }

  @Test
  void aCredentialFromTheFactoryIsKeptToItsOwnEnd() throws Exception {
    Instant own = START.plusSeconds(90);
    SecretKeyBytes secret = SecretKeyBytes.random();
    does(
        tx -> {
          tx.credentials().add(credential(KPM, Kind.KPM, Status.CURRENT).ending(own), secret);
          tx.credentials().setExpiry(KPM, START.plusSeconds(9));
          return true;
        });

    assertThat(maybe(tx -> tx.credentials().find(KPM)).orElseThrow().expiresAt())
        .isEqualTo(START.plusSeconds(9));
    assertThat(all(tx -> tx.credentials().endedBefore(own.minusMillis(1), 10))).isEmpty();
    assertThat(all(tx -> tx.credentials().endedBefore(own, 10))).hasSize(1);
    assertThat(maybe(tx -> tx.credentials().key(KPM))).contains(secret);
  }
}
