// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.audit;

import java.time.Instant;
import org.mooring.common.primitive.Attributes;

/**
 * An entry of the audit log as it is read.
 *
 * @param seq its number, 1 for the first
 * @param action the name of an {@link AuditAction}, perhaps one of another version
 */
public record AuditRecord(
    long seq, Instant at, String actor, String action, String subject, Attributes detail) {}
