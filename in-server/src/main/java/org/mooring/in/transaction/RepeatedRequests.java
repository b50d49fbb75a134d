// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.transaction;

import java.time.Duration;
import java.util.Optional;

/**
 * The answers to requests that a client may send again because it never saw the first answer. They
 * are kept in the transaction that carried the request out.
 */
public interface RepeatedRequests {
  /** For how long a request is known again. */
  Duration REMEMBERED_FOR = Duration.ofHours(24);

  /** The answer to the very same request, as it was remembered. */
  Optional<byte[]> find(RequestKey key);

  /**
   * Remembers an answer from now on, sealed.
   *
   * @param answer the encoded response primitive, at least one octet
   */
  void remember(RequestKey key, byte[] answer);

  /**
   * Forgets what is older than {@link #REMEMBERED_FOR}.
   *
   * @return how many were forgotten
   */
  int purge();
}
