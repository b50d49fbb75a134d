// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

/**
 * What a {@link PlainResource} answers.
 *
 * @param code the CoAP code as class and two digits of detail, such as 401 for 4.01
 * @param payload its octets, empty where it has none
 */
public record PlainMessage(int code, byte[] payload) {}
