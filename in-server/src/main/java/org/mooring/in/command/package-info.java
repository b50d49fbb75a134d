// SPDX-License-Identifier: EPL-2.0
/**
 * MEF client commands: the queue of each client registration, what its client retrieves and reports
 * (TS-0003 clause 8.3.9), and what the operator does with it.
 *
 * <p>Knows client registrations as {@code trust} does; nothing of enrolees, SQL or CoAP.
 */
@NullMarked
package org.mooring.in.command;

import org.jspecify.annotations.NullMarked;
