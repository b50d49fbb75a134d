// SPDX-License-Identifier: EPL-2.0
/**
 * The DTLS profile (TS-0003 clause 10.2) and the two ends that speak it: an endpoint that sends
 * request primitives over one session and an endpoint that serves them, both asynchronous.
 *
 * <p>The only room where Scandium is known. It looks credentials up through {@link
 * org.mooring.common.dtls.CredentialLookup} and knows nothing of whose they are.
 */
@NullMarked
package org.mooring.common.dtls;

import org.jspecify.annotations.NullMarked;
