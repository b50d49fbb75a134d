// SPDX-License-Identifier: EPL-2.0
/**
 * Single parts under JMH: codec, CoAP binding, identifiers, key ladder, vault, sealing and group
 * commit, each through the entry that the programs use.
 *
 * <p>A benchmark is a public class with fields that JMH fills; it states what one operation is, and
 * nothing here knows of servers or networks.
 */
@NullMarked
package org.mooring.interop.bench.micro;

import org.jspecify.annotations.NullMarked;
