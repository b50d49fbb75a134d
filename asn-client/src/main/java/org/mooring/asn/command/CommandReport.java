// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import org.mooring.common.command.CommandStatus;

/**
 * A command that the MEF knows the end of.
 *
 * @param id its cmdID
 * @param commandClass its class's name, or its number where the class is not known here
 */
public record CommandReport(String id, String commandClass, CommandStatus outcome) {}
