// SPDX-License-Identifier: EPL-2.0
/**
 * Who computes on elliptic curves in this process: a native provider where the platform has one
 * that passes a test, the JDK's otherwise. The choice is the process's, made once before the first
 * key is read; all else asks the Java Cryptography Architecture as ever.
 *
 * <p>Only curves are taken from it. AES in CCM, digests, MACs and random numbers stay with the JDK,
 * which is as fast there or faster on messages as short as DTLS has them. Knows nothing of the
 * server.
 */
@NullMarked
package org.mooring.in.crypto;

import org.jspecify.annotations.NullMarked;
