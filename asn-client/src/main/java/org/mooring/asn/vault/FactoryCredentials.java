// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;

/**
 * What the factory gave, in the order in which the node tries it: several credentials for one MEF,
 * or a single one. Immutable.
 *
 * <p>An enrolment goes on to the next one, in a circle, when the MEF answered and did not take the
 * one in use, or the card that it is on is not there. What it learns stays until an enrolment
 * succeeds, and what the MEF barred until it takes that credential after all.
 *
 * @param members each credential once, the preferred one first
 * @param position of the one in use
 */
public record FactoryCredentials(List<Member> members, int position) {

  /** What became of a credential at the MEF. */
  public enum Verdict {
    /** Nothing is known against it. */
    OPEN,
    /** A handshake, or bootstrapping with a USIM, did not end well with it. */
    REFUSED,
    /** The node itself has nothing to show: no card with the USIM answers. */
    ABSENT,
    /** The MEF let it in and then asked for another security association. */
    BARRED
  }

  /**
   * A credential and what became of it.
   *
   * @param reason why it was not taken the last time, without secrets; empty if it was, or was not
   *     tried
   */
  public record Member(FactoryCredential credential, Verdict verdict, String reason) {
    static Member open(FactoryCredential credential) {
      return new Member(credential, Verdict.OPEN, "");
    }

    // By hand, as is hashCode: a record's own is put together at its first call, dear at a start.
    @Override
    public boolean equals(Object other) {
      return other instanceof Member that
          && credential.equals(that.credential)
          && verdict == that.verdict
          && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
      return credential.hashCode();
    }

    /** Whether nothing is known of it, nor was. */
    boolean isUntried() {
      return verdict == Verdict.OPEN && reason.isEmpty();
    }
  }

  /**
   * @throws IllegalArgumentException if there is none, one of several is not for the same MEF at
   *     the same place, or one stands twice
   */
  public FactoryCredentials {
    members = List.copyOf(members);
    if (position < 0 || position >= members.size()) {
      throw new IllegalArgumentException("factory credentials: give at least one");
    }
    if (members.size() > 1) {
      requireOneMef(members.stream().map(Member::credential).toList());
    }
  }

  // By hand, as that of its members.
  @Override
  public boolean equals(Object other) {
    return other instanceof FactoryCredentials that
        && members.equals(that.members)
        && position == that.position;
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  private static void requireOneMef(List<FactoryCredential> credentials) {
    boolean isOneMef =
        credentials.get(0) instanceof MefCredential first
            && credentials.stream().allMatch(other -> first.isForSameMef(other));
    if (!isOneMef) {
      throw new IllegalArgumentException("factory credentials: give several for one MEF only");
    }
    if (credentials.stream().map(FactoryCredential::id).distinct().count() < credentials.size()) {
      throw new IllegalArgumentException("factory credentials: give each one once");
    }
  }

  /** As they leave the factory. */
  public static FactoryCredentials of(List<? extends FactoryCredential> credentials) {
    return new FactoryCredentials(credentials.stream().map(Member::open).toList(), 0);
  }

  public static FactoryCredentials of(FactoryCredential only) {
    return of(List.of(only));
  }

  /** The one that the node goes to its MEF with. */
  public FactoryCredential inUse() {
    return members.get(position).credential();
  }

  /** All of them, in order. */
  public List<FactoryCredential> all() {
    return members.stream().map(Member::credential).toList();
  }

  /** Those of a kind, in order. */
  public <T extends FactoryCredential> List<T> ofKind(Class<T> kind) {
    return all().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public boolean hasOthers() {
    return members.size() > 1;
  }

  /** Whether the first one is in use: after {@link #passedOver}, that all had their turn. */
  public boolean isFirstInUse() {
    return position == 0;
  }

  /** Whether nothing is known against the one in use. */
  public boolean isOpenInUse() {
    return members.get(position).verdict() == Verdict.OPEN;
  }

  /** Goes on to the next, as the MEF did not take the one in use. */
  public FactoryCredentials passedOver(Verdict verdict, String reason) {
    List<Member> judged = new ArrayList<>(members);
    judged.set(position, new Member(inUse(), verdict, reason));
    return new FactoryCredentials(judged, (position + 1) % members.size());
  }

  /**
   * At the beginning of an enrolment: the first one that the MEF did not bar. While a refusal
   * stands, an enrolment is under way and goes on.
   */
  public FactoryCredentials begun() {
    return members.stream().anyMatch(FactoryCredentials::isPassedOverForNow)
        ? this
        : fromFirstNotBarred();
  }

  /** What stands against a credential until the enrolment under way has succeeded. */
  private static boolean isPassedOverForNow(Member member) {
    return member.verdict() == Verdict.REFUSED || member.verdict() == Verdict.ABSENT;
  }

  private FactoryCredentials fromFirstNotBarred() {
    for (int at = 0; at < members.size(); at++) {
      if (members.get(at).verdict() != Verdict.BARRED) {
        return new FactoryCredentials(members, at);
      }
    }
    return this;
  }

  /**
   * After an enrolment: no refusal stands any longer, though the reasons are still told.
   *
   * @param id of the credential that the MEF took, perhaps an issued certificate
   */
  public FactoryCredentials enrolledWith(KeyIdentifier id) {
    return new FactoryCredentials(
        members.stream().map(member -> afterEnrolment(member, id)).toList(), position);
  }

  private static Member afterEnrolment(Member member, KeyIdentifier taken) {
    if (member.credential().id().equals(taken)) {
      return Member.open(member.credential());
    }
    return isPassedOverForNow(member)
        ? new Member(member.credential(), Verdict.OPEN, member.reason())
        : member;
  }

  /** With what is known of those that stood in a former list too. */
  public FactoryCredentials learntFrom(FactoryCredentials former) {
    List<Member> known =
        all().stream()
            .map(
                credential ->
                    former.members.stream()
                        .filter(member -> member.credential().isSameAs(credential))
                        .map(member -> new Member(credential, member.verdict(), member.reason()))
                        .findFirst()
                        .orElseGet(() -> Member.open(credential)))
            .toList();
    for (int at = 0; at < known.size(); at++) {
      if (known.get(at).credential().isSameAs(former.inUse())) {
        return new FactoryCredentials(known, at);
      }
    }
    return new FactoryCredentials(known, 0).fromFirstNotBarred();
  }

  /** Whether every one of a former list is among these. */
  boolean includeAll(FactoryCredentials former) {
    return former.all().stream().allMatch(this::include);
  }

  /** Whether these have a credential, wherever it is used. */
  boolean include(FactoryCredential credential) {
    return all().stream().anyMatch(credential::isSameAs);
  }

  public List<KeyIdentifier> ids() {
    return all().stream().map(FactoryCredential::id).toList();
  }

  /** The same where the provider's server has another address. */
  public FactoryCredentials reachedAt(String host, int port) {
    return new FactoryCredentials(
        members.stream()
            .map(m -> new Member(m.credential().reachedAt(host, port), m.verdict(), m.reason()))
            .toList(),
        position);
  }

  /**
   * Those that another MEF can know, as for the first time; empty if there is none.
   *
   * @param other the other MEF's FQDN
   * @param host name or address of it
   * @param port its UDP port
   */
  public Optional<FactoryCredentials> at(Fqdn other, String host, int port) {
    List<MefCredential> known =
        ofKind(MefCredential.class).stream()
            .flatMap(one -> one.at(other, host, port).stream())
            .toList();
    return known.isEmpty() ? Optional.empty() : Optional.of(of(known));
  }

  /** Without what was learnt. */
  public FactoryCredentials fresh() {
    return of(all());
  }
}
