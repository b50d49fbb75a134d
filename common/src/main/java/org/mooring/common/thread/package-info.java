// SPDX-License-Identifier: EPL-2.0
/**
 * Threads that do not keep a program alive.
 *
 * <p>Knows the JDK alone; nothing of what runs on them.
 */
@NullMarked
package org.mooring.common.thread;

import org.jspecify.annotations.NullMarked;
