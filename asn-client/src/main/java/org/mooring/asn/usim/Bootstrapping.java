// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.UsimCredential;
import org.mooring.common.gba.BootstrappingInfo;
import org.mooring.common.gba.DigestAka;
import org.mooring.common.gba.DigestChallenge;
import org.mooring.common.gba.DigestConfirmation;
import org.mooring.common.gba.DigestCredentials;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.gba.UbContent;
import org.mooring.common.key.SecretKeyBytes;

/**
 * The node's part of bootstrapping (TS 33.220 clause 4.5.2): who it is, the challenge, the USIM's
 * answer, and the B-TID of the Ks that both ends then have. That is Ke under KeId (TS-0003 clause
 * 8.3.2.3).
 */
public final class Bootstrapping {
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERRORS = 500;

  private final StateKeeper keeper;
  private final ServerClock clock;
  private final Function<UsimCredential, Usim> usims;
  private final Executor executor;

  /**
   * @param usims the USIM of a subscription
   * @param executor where waiting for the disk and for the USIM is allowed
   */
  public Bootstrapping(
      StateKeeper keeper,
      ServerClock clock,
      Function<UsimCredential, Usim> usims,
      Executor executor) {
    this.keeper = keeper;
    this.clock = clock;
    this.usims = usims;
    this.executor = executor;
  }

  /**
   * Runs over a connection of its own. Fails with {@link BootstrappingFailedException}, or as the
   * carrier does.
   */
  public CompletionStage<NodeState> run(Ub ub, UsimCredential subscription) {
    return new Run(ub, subscription).begin();
  }

  /** Reads a part of an answer, with an IllegalArgumentException where it has another form. */
  @FunctionalInterface
  private interface Reader<I, T> {
    T read(I input);
  }

  private final class Run {
    private final Ub ub;
    private final UsimCredential subscription;
    private final Usim usim;

    Run(Ub ub, UsimCredential subscription) {
      this.ub = ub;
      this.subscription = subscription;
      this.usim = usims.apply(subscription);
    }

    CompletionStage<NodeState> begin() {
      DigestCredentials opening =
          new DigestCredentials.Opening(subscription.impi(), subscription.bsf(), UbContent.URI);
      return ub.ask(opening.toString())
          .thenComposeAsync(reply -> challenged(reply, true), executor);
    }

    /**
     * @param mayBeStale whether the USIM may ask for another challenge; a second time the two ends
     *     would not come together
     */
    private CompletionStage<NodeState> challenged(Ub.Reply reply, boolean mayBeStale) {
      DigestChallenge challenge = challenge(reply);
      Usim.Answer answer = usim.authenticate(challenge.aka());
      if (answer instanceof Usim.Answer.Authenticated authenticated) {
        return answer(challenge, authenticated);
      }
      if (answer instanceof Usim.Answer.Stale stale && mayBeStale) {
        DigestCredentials resynchronisation =
            DigestAka.answer(challenge, subscription.impi(), UbContent.URI, stale.auts());
        return ub.ask(resynchronisation.toString())
            .thenComposeAsync(again -> challenged(again, false), executor);
      }
      throw new BootstrappingFailedException(
          answer instanceof Usim.Answer.Stale
              ? "the USIM found the challenge stale, after resynchronisation too"
              : "the USIM found a wrong MAC: the challenge is not of its network");
    }

    private DigestChallenge challenge(Ub.Reply reply) {
      require(reply, UNAUTHORIZED);
      DigestChallenge challenge = read(DigestChallenge::parse, reply.field());
      if (!challenge.realm().equals(subscription.bsf())) {
        throw new BootstrappingFailedException("the challenge is of another BSF");
      }
      return challenge;
    }

    private CompletionStage<NodeState> answer(
        DigestChallenge challenge, Usim.Answer.Authenticated authenticated) {
      DigestCredentials.Answer answer =
          DigestAka.answer(challenge, subscription.impi(), UbContent.URI, authenticated.response());
      return ub.ask(answer.toString())
          .thenApplyAsync(
              reply -> keep(confirmed(reply, answer, authenticated), authenticated.sessionKey()),
              executor);
    }

    private BootstrappingInfo confirmed(
        Ub.Reply reply, DigestCredentials.Answer answer, Usim.Answer.Authenticated authenticated) {
      require(reply, OK);
      DigestConfirmation confirmation = read(DigestConfirmation::parse, reply.field());
      if (!DigestAka.isGood(confirmation, answer, authenticated.response(), reply.document())) {
        throw new BootstrappingFailedException("the BSF does not prove itself at the end");
      }
      BootstrappingInfo info = read(BootstrappingInfo::ofXml, reply.document());
      TransactionId expected = new TransactionId(answer.challenge().rand(), subscription.bsf());
      if (!info.transaction().equals(expected)) {
        throw new BootstrappingFailedException("the B-TID is not that of the challenge");
      }
      return info;
    }

    /** What was registered at the MEF under an earlier Ks is not renewed, but made anew. */
    private NodeState keep(BootstrappingInfo info, SecretKeyBytes sessionKey) {
      return keeper.update(
          state ->
              state.toBuilder()
                  .key(
                      Rung.ENROLMENT,
                      new HeldKey(
                          info.transaction().identifier(),
                          sessionKey,
                          subscription.id(),
                          clock.leaseUntil(info.expiresAt(), state)))
                  .withoutRegistration(org.mooring.asn.vault.Function.MEF)
                  .failures(Rung.BOOTSTRAP, 0)
                  .build());
    }

    private void require(Ub.Reply reply, int status) {
      if (reply.status() == status) {
        return;
      }
      throw new BootstrappingFailedException(
          reply.status() == FORBIDDEN
              ? "the BSF does not authenticate this subscription"
              : "the BSF answered " + reply.status(),
          reply.status() < SERVER_ERRORS);
    }

    private static <I, T> T read(Reader<I, T> reader, I text) {
      try {
        return reader.read(text);
      } catch (IllegalArgumentException e) {
        throw new BootstrappingFailedException("the BSF's answer: " + e.getMessage());
      }
    }
  }
}
