// SPDX-License-Identifier: EPL-2.0
/**
 * The demo: one node from its factory key to published data, with the two jars as processes and a
 * local application on the node's Mca.
 */
@NullMarked
package org.mooring.interop.demo;

import org.jspecify.annotations.NullMarked;
