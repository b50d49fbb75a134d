// SPDX-License-Identifier: EPL-2.0
/**
 * The reference point Mca on plain CoAP at the loopback: the node's own CSE for the programs on its
 * host, and the way over its association for what they ask of the registrar, and the other way for
 * what others ask of it through the registrar.
 *
 * <p>Trusted-node mode: whoever runs on the host speaks for the node's AEs. Knows the vault's state
 * and a sender; nothing of keys or sessions.
 */
@NullMarked
package org.mooring.asn.mca;

import org.jspecify.annotations.NullMarked;
