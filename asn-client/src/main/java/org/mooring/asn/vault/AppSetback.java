// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Instant;

/**
 * Why an instance of an application is not associated.
 *
 * @param reason what the MAF answered, without secrets
 * @param attempts refusals in a row, at least 1
 * @param nextTry when the node asks again, in the server's time
 */
public record AppSetback(String reason, int attempts, Instant nextTry) {}
