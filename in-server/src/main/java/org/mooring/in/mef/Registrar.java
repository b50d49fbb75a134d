// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.Optional;
import org.mooring.common.identifier.CseId;

/**
 * The CSE that a node registers with in place of the IN-CSE, such as an MN-CSE.
 *
 * @param cse SP-relative
 * @param accessPoint where the node reaches it ({@code coaps://host:port}); none: at the host and
 *     port of the MEF
 */
public record Registrar(CseId cse, Optional<String> accessPoint) {}
