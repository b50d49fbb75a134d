// SPDX-License-Identifier: EPL-2.0
/**
 * The commands of {@code in-server.jar}: {@code serve}, and those that speak to a running server
 * through its admin API.
 *
 * <p>Reads command lines and files, prints tables and JSON; decides nothing. Nothing imports it.
 */
@NullMarked
package org.mooring.in.cli;

import org.jspecify.annotations.NullMarked;
