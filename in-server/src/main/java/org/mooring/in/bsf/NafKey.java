// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.time.Instant;
import java.util.Optional;
import org.mooring.common.gba.Impi;
import org.mooring.common.key.SecretKeyBytes;

/**
 * What a BSF hands to an application function (TS 33.220 clause 4.5.3).
 *
 * @param key Ks_NAF, 32 octets; the reader destroys it
 * @param impi the subscription that bootstrapped; empty where the BSF keeps it to itself
 * @param expiresAt when Ks ends; empty where the BSF does not say
 */
public record NafKey(SecretKeyBytes key, Optional<Impi> impi, Optional<Instant> expiresAt) {}
