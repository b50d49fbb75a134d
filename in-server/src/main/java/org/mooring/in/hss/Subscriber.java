// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.hss;

import org.mooring.common.gba.Impi;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.SubscriberKey;

/**
 * A subscription with a USIM.
 *
 * @param key K and OPc; the reader destroys it
 * @param number the sequence number of the last vector
 */
public record Subscriber(Impi impi, SubscriberKey key, SequenceNumber number) {}
