// SPDX-License-Identifier: EPL-2.0
/**
 * The door: every handshake and every request comes through here, is given its principal, checked,
 * told apart from a repeat and handed to the one function it may reach.
 *
 * <p>Joins the rooms' synchronous procedures with the asynchronous store; decides nothing that a
 * clause of the standard decides.
 */
@NullMarked
package org.mooring.in.door;

import org.jspecify.annotations.NullMarked;
