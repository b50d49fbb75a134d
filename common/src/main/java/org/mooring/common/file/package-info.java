// SPDX-License-Identifier: EPL-2.0
/**
 * Files of one user that outlive a power cut: what vault, store and data folder keep on disk.
 *
 * <p>Knows paths and octets; nothing of what they mean, and no other room.
 */
@NullMarked
package org.mooring.common.file;

import org.jspecify.annotations.NullMarked;
