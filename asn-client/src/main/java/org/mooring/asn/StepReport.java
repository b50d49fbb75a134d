// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.util.Optional;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.resource.EnrolmentPath;

/**
 * A step that ended well.
 *
 * @param path empty while the MEF has not told it
 * @param keyId the key that it brought, or for a registration the key of its session
 * @param duration from opening the session, or where it stood from the request, to the stored
 *     answer
 * @param traffic what passed the socket in that time
 */
public record StepReport(
    LifeStep step,
    Optional<EnrolmentPath> path,
    KeyIdentifier keyId,
    Duration duration,
    TrafficMeter.Reading traffic) {}
