// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.RequestPrimitive;

/**
 * A request for another CSE, made ready to go on.
 *
 * @param below the CSE registered here over whose association it goes, SP-relative; empty: this
 *     CSE's registrar's
 */
public record Onward(RequestPrimitive request, Optional<CseId> below) {}
