// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.primitive.M2mTimestamp;

/**
 * An instance of an application that runs on the node: the token it came with, and Ka once it is
 * associated. Immutable.
 */
public final class AppInstance {
  private final AppInstanceId id;
  private final HeldToken token;
  private final @Nullable InstanceKey key;
  private final @Nullable AppSetback setback;
  private final boolean asked;
  private final boolean leaving;

  /**
   * @param asked whether a request for it may be at the MAF whose answer is not known
   */
  AppInstance(
      AppInstanceId id,
      HeldToken token,
      @Nullable InstanceKey key,
      @Nullable AppSetback setback,
      boolean asked,
      boolean leaving) {
    this.id = id;
    this.token = token;
    this.key = key;
    this.setback = setback;
    this.asked = asked;
    this.leaving = leaving;
  }

  /**
   * Ka with the token by which it was given.
   *
   * @param ka its parent is the Km that it was derived from
   */
  record InstanceKey(HeldKey ka, TokenId token) {}

  /**
   * An instance that is to be associated.
   *
   * @throws IdentifierSyntaxException if its id is no AE-ID-Stem of the node's own CSE, which
   *     begins with C and has more letters
   */
  public static AppInstance installed(AppInstanceId id, HeldToken token) {
    requireStem(id);
    return new AppInstance(id, token, null, null, false, false);
  }

  /**
   * Has an App-Inst-ID be one.
   *
   * @throws IdentifierSyntaxException likewise
   */
  public static void requireStem(AppInstanceId id) {
    boolean isStem =
        AeId.isValid(id.value())
            && new AeId(id.value()).isAssignedByCse()
            && !new AeId(id.value()).isLoneLetter();
    if (!isStem) {
      throw new IdentifierSyntaxException(
          "App-Inst-ID", "write 'C' and at least one more letter or digit");
    }
  }

  /** The App-Inst-ID, which is the AE-ID-Stem too. */
  public AppInstanceId id() {
    return id;
  }

  public HeldToken token() {
    return token;
  }

  /** Ka, the newest that is known, alive or not, by this token or the one before. */
  public Optional<HeldKey> key() {
    return Optional.ofNullable(key).map(InstanceKey::ka);
  }

  /** Whether it has a key by the token that it has, alive or not. */
  public boolean isAssociated() {
    return keyWithToken().filter(held -> held.token().equals(token.id())).isPresent();
  }

  Optional<InstanceKey> keyWithToken() {
    return Optional.ofNullable(key);
  }

  /** Why it is not associated, or not anew, since it was asked for last. */
  public Optional<AppSetback> setback() {
    return Optional.ofNullable(setback);
  }

  /** Whether the MAF may have given it a key that the node does not know of. */
  public boolean isAsked() {
    return asked;
  }

  /** Whether it is to be given up at the MAF, and then forgotten. */
  public boolean isLeaving() {
    return leaving;
  }

  /** About to be asked for at the MAF. */
  public AppInstance askedFor() {
    return new AppInstance(id, token, key, setback, true, leaving);
  }

  /** After its association. */
  public AppInstance associated(HeldKey ka) {
    return new AppInstance(id, token, new InstanceKey(ka, token.id()), null, false, leaving);
  }

  /** After a refusal; the key from before goes on. */
  public AppInstance refused(AppSetback why) {
    return new AppInstance(id, token, key, why, false, leaving);
  }

  /** To be asked for later; what became of an earlier request stays open. */
  public AppInstance putOff(AppSetback why) {
    return new AppInstance(id, token, key, why, asked, leaving);
  }

  /** To be given up. */
  public AppInstance parting() {
    return new AppInstance(id, token, key, null, asked, true);
  }

  /** Without a key, since the MAF gave it up. */
  public AppInstance givenUp() {
    return new AppInstance(id, token, null, setback, false, leaving);
  }

  /** Without what came of a Km that the node has no longer. */
  AppInstance atTheStart() {
    return new AppInstance(id, token, null, null, false, leaving);
  }

  /**
   * The same instance installed once more: with the token that it has it keeps its key, and is
   * asked for at once where that was refused. With another token the key from before goes on until
   * there is another.
   */
  AppInstance installedAgain(AppInstance fresh) {
    return new AppInstance(id, fresh.token, key, null, asked, false);
  }

  /** Whether the MAF may hold a key of it that lives. */
  public boolean mayLiveAt(Instant serverNow) {
    return (asked && !token.validity().isOverAt(serverNow))
        || key().filter(ka -> ka.lease().isAliveAt(serverNow)).isPresent();
  }

  /**
   * When there is something to do for it.
   *
   * @param master the Km that a key would be derived from
   * @return {@link M2mTimestamp#NEVER} for nothing at all: its token has ended by then
   */
  public Instant dueFrom(HeldKey master) {
    if (leaving) {
      return earliest(Instant.EPOCH);
    }
    Optional<HeldKey> current =
        key().filter(ka -> isAssociated() && ka.parent().equals(master.id()));
    Instant due = earliest(current.map(ka -> renewal(ka, master)).orElse(token.validity().from()));
    return isOver(token.validity().until(), due) ? M2mTimestamp.NEVER : due;
  }

  /** One that ends with Km has to wait for the next Km, as one that ends with its token does. */
  private Instant renewal(HeldKey ka, HeldKey master) {
    Instant end = ka.lease().expires();
    boolean endsWithSecret =
        isOver(master.lease().expires(), end) || isOver(token.validity().until(), end);
    return endsWithSecret ? end : ka.lease().renewAt();
  }

  /** A key ends in a second before the end of what it comes from, if it lives at all. */
  private static boolean isOver(Instant endOfSecret, Instant time) {
    return !time.plusSeconds(1).isBefore(endOfSecret);
  }

  private Instant earliest(Instant wanted) {
    return setback != null && setback.nextTry().isAfter(wanted) ? setback.nextTry() : wanted;
  }
}
