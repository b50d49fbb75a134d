// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IP addresses with the same first bits, as m2m:ipv4 and m2m:ipv6 write them: an address, which may
 * be followed by {@code /} and a number of bits (RFC 4632).
 *
 * @param address one of them
 * @param bits how many they share
 */
record AddressRange(InetAddress address, int bits) {
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern IPV4 =
      Pattern.compile("(" + OCTET + "(?:\\." + OCTET + "){3})(?:/(\\d{1,2}))?");
  private static final Pattern IPV6 =
      Pattern.compile("([0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

  /** One of IPv4; empty for any other text. */
  static Optional<AddressRange> ofIpv4(String text) {
    return read(IPV4.matcher(text));
  }

  /** One of IPv6; empty for any other text. */
  static Optional<AddressRange> ofIpv6(String text) {
    return read(IPV6.matcher(text));
  }

  private static Optional<AddressRange> read(Matcher matcher) {
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      // Digits, colons and dots are an address and never a name to be looked up.
      InetAddress address = InetAddress.getByName(matcher.group(1));
      int all = address.getAddress().length * Byte.SIZE;
      int bits = matcher.group(2) == null ? all : Integer.parseInt(matcher.group(2));
      return bits > all ? Optional.empty() : Optional.of(new AddressRange(address, bits));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether an address is one of them; none of the other version is. */
  boolean includes(InetAddress other) {
    byte[] own = address.getAddress();
    byte[] given = other.getAddress();
    int rest = own.length * Byte.SIZE - bits;
    return own.length == given.length
        && new BigInteger(1, own)
            .shiftRight(rest)
            .equals(new BigInteger(1, given).shiftRight(rest));
  }
}
