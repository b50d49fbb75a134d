// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import org.mooring.in.admin.Ports;
import org.mooring.in.provider.ServiceProvider;

/**
 * An MN-CSE that answers.
 *
 * @param ports that it was given
 * @param provider with the MN-CSE as its CSE
 */
record StartedGateway(Ports ports, ServiceProvider provider) {}
