// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

/**
 * A number of instances and the size of their contents together.
 *
 * @param count how many
 * @param octets their contentSizes, added up
 */
public record InstanceTotal(long count, long octets) {}
