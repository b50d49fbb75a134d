// SPDX-License-Identifier: EPL-2.0
/**
 * The node's side of MEF client commands (TS-0003 clause 8.3.9): retrieve, execute by class,
 * report, until the MEF has no more.
 *
 * <p>Knows the vault's state and a session with the MEF; what it takes to get a certificate, to be
 * configured or to renew a key it asks of ports.
 */
@NullMarked
package org.mooring.asn.command;

import org.jspecify.annotations.NullMarked;
