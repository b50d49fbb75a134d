// SPDX-License-Identifier: EPL-2.0
/**
 * Settings as people write them: where an option stands that the command line leaves out, and spans
 * of time. What the commands of both programs share.
 *
 * <p>Knows no command line parser and no other room.
 */
@NullMarked
package org.mooring.common.settings;

import org.jspecify.annotations.NullMarked;
