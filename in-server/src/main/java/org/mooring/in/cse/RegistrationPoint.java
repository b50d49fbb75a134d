// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;

/**
 * Where an AE is or was registered that wants its registration points tracked (TS-0001 clause
 * 10.2.16).
 *
 * @param ae its AE-ID there, SP-relative with its registrar
 * @param association the registered CSE in whose association that registrar speaks, SP-relative
 * @param movedTo its AE-ID at the next registrar; empty while it is registered here
 */
public record RegistrationPoint(AeId ae, CseId association, Optional<AeId> movedTo) {}
