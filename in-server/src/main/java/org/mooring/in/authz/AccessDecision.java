// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

/**
 * What was decided on a request.
 *
 * @param permitted whether it may be carried out
 * @param reason by which rule, or what is against it, in one line
 */
public record AccessDecision(boolean permitted, String reason) {}
