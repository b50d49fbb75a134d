// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

/**
 * A registration of the node at a function.
 *
 * @param resourceId the {@code ri} the function assigned
 * @param lease its lifetime
 */
public record Registration(String resourceId, Lease lease) {}
