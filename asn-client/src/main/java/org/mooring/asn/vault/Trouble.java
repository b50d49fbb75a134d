// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Instant;

/**
 * Why the node does not get on.
 *
 * @param waitingFor what it tries, such as {@code bootstrap at mef.sp.example.org}
 * @param reason why that failed, without secrets
 * @param attempts failures in a row
 * @param nextTry when it tries again, by the local clock
 */
public record Trouble(String waitingFor, String reason, int attempts, Instant nextTry) {}
