// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.M2mTimestamp;

/**
 * An instance of an application that runs on the node: the token it came with, and Ka once it is
 * associated. Immutable.
 */
public final class AppInstance {
  private final AppInstanceId id;
  private final HeldToken token;
  private final @Nullable HeldKey key;
  private final @Nullable AppSetback setback;
  private final boolean leaving;

  AppInstance(
      AppInstanceId id,
      HeldToken token,
      @Nullable HeldKey key,
      @Nullable AppSetback setback,
      boolean leaving) {
    this.id = id;
    this.token = token;
    this.key = key;
    this.setback = setback;
    this.leaving = leaving;
  }

  /**
   * An instance that is to be associated.
   *
   * @throws IdentifierSyntaxException if its id is no AE-ID-Stem of the node's own CSE, which
   *     begins with C and has more letters
   */
  public static AppInstance installed(AppInstanceId id, HeldToken token) {
    requireStem(id);
    return new AppInstance(id, token, null, null, false);
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

  /** Ka, the newest, alive or not; its parent is the Km that it was derived from. */
  public Optional<HeldKey> key() {
    return Optional.ofNullable(key);
  }

  /** Why it is not associated, or not anew, since it was asked for last. */
  public Optional<AppSetback> setback() {
    return Optional.ofNullable(setback);
  }

  /** Whether it is to be given up at the MAF, and then forgotten. */
  public boolean isLeaving() {
    return leaving;
  }

  /** After its association. */
  public AppInstance associated(HeldKey ka) {
    return new AppInstance(id, token, ka, null, leaving);
  }

  /** After a refusal; the key from before goes on. */
  public AppInstance refused(AppSetback why) {
    return new AppInstance(id, token, key, why, leaving);
  }

  /** To be given up. */
  public AppInstance parting() {
    return new AppInstance(id, token, key, null, true);
  }

  /** Without what came of a Km that the node has no longer. */
  AppInstance atTheStart() {
    return new AppInstance(id, token, null, null, leaving);
  }

  /**
   * The same instance installed once more: with the token that it has it keeps its key, and is
   * asked for at once where that was refused.
   */
  AppInstance installedAgain(AppInstance fresh) {
    return new AppInstance(id, fresh.token, token.equals(fresh.token) ? key : null, null, false);
  }

  /**
   * When there is something to do for it.
   *
   * @param master the Km that a key would be derived from
   * @return {@link M2mTimestamp#NEVER} for nothing at all: its token has ended by then
   */
  public Instant dueFrom(KeyIdentifier master) {
    if (leaving) {
      return earliest(Instant.EPOCH);
    }
    Optional<HeldKey> current = key().filter(ka -> ka.parent().equals(master));
    Instant due = earliest(current.map(ka -> ka.lease().expires()).orElse(token.validity().from()));
    return token.validity().isOverAt(due) ? M2mTimestamp.NEVER : due;
  }

  private Instant earliest(Instant wanted) {
    return setback != null && setback.nextTry().isAfter(wanted) ? setback.nextTry() : wanted;
  }
}
