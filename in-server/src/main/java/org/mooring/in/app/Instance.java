// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.TokenId;

/**
 * An instance of an application that was associated.
 *
 * @param token the one that let it in last
 * @param kaId its key of the last association; none: the MAF did not say yet
 * @param since when it was let in by that token
 */
public record Instance(
    InstanceName name, TokenId token, Optional<KeyIdentifier> kaId, State state, Instant since) {

  /** The life of an instance. */
  public enum State {
    /** It lives and has a place under its token: until its last key ends, at the latest. */
    ACTIVE,
    /** It ended, with its token, its key or by itself; a token may let it in again. */
    ENDED,
    /** The operator ended it for good. */
    REVOKED;

    /** The form in the store and in documents. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it has a place under a token. */
  boolean livesUnder(TokenId id) {
    return state == State.ACTIVE && token.equals(id);
  }
}
