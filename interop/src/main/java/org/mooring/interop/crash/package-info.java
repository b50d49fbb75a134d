// SPDX-License-Identifier: EPL-2.0
/**
 * The crash runner: kills the server, nodes or both with SIGKILL at random instants under load, and
 * holds what was acknowledged against what is there afterwards.
 *
 * <p>Of the server it uses the command line, the admin API and the coaps port; the store's tables
 * and its key look-up only to judge.
 */
@NullMarked
package org.mooring.interop.crash;

import org.jspecify.annotations.NullMarked;
