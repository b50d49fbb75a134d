// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.nio.file.Path;

/**
 * Where the admin API listens and who may use it.
 *
 * @param port TCP port on the loopback address, 0 for any free one
 * @param tokenFile the bearer token, created with mode 0600 where it is missing
 */
public record AdminSettings(int port, Path tokenFile) {}
