// SPDX-License-Identifier: EPL-2.0
/**
 * Certificate provisioning at the MEF (TS-0003 clause 8.3.6) by Enrolment over Secure Transport
 * (RFC 7030), as it goes over CoAP (RFC 9148): enrolees have their own keys certified by the
 * provider's CA.
 *
 * <p>Knows enrolees, their credentials and the CA; nothing of sessions, CoAP or SQL.
 */
@NullMarked
package org.mooring.in.est;

import org.jspecify.annotations.NullMarked;
