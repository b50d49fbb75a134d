// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.transaction;

import java.util.concurrent.CompletionStage;

/**
 * Runs units of work in transactions. No method waits or throws; stages complete on a thread of the
 * store, where what follows must not block, unless {@link #lookUp} found all in memory.
 *
 * <p>A unit of work hands a procedure the part of the repositories that the procedure names, such
 * as a {@code CseStore}, and no more.
 *
 * @param <R> the repositories that a unit of work sees
 */
public interface Transactions<R> {
  /**
   * Runs the work in a transaction that may write. The stage completes only once the work is on
   * disk, in the order of the commits.
   *
   * @return the result; or failed with what the work threw, with {@link
   *     org.mooring.common.primitive.Refusal#INTERNAL_ERROR} if too much is queued, or with another
   *     exception if the database failed
   */
  <T> CompletionStage<T> write(UnitOfWork<? super R, T> work);

  /**
   * Runs the work on what is committed; writing fails. What belongs to one client is of one commit,
   * other rows may be of another. The stage fails alike.
   */
  <T> CompletionStage<T> read(UnitOfWork<? super R, T> work);

  /**
   * Like {@link #read}, for work that most often asks for what was used just now: it runs at once
   * on the caller's thread where memory has all of that, else as {@code read} does. It may be begun
   * twice, and takes no longer than a few derivations of keys.
   */
  <T> CompletionStage<T> lookUp(UnitOfWork<? super R, T> work);
}
