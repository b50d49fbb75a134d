// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.transaction;

/**
 * What happens in one transaction, all of it or nothing. It runs on a thread of the store, must not
 * wait for anything but the repositories, and must not keep the transaction after it returned. It
 * may be run again from its beginning, after all that it wrote was undone: what it does beside that
 * belongs after the commit.
 *
 * @param <R> the repositories it sees
 * @param <T> its result
 */
@FunctionalInterface
public interface UnitOfWork<R, T> {
  /**
   * Does the work.
   *
   * @throws Exception to refuse or fail: what the work wrote is undone and the caller's stage fails
   *     with this very exception
   */
  T run(R transaction) throws Exception;
}
