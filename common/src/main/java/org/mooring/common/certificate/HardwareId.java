// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A globally unique hardware instance identifier, as a device certificate has it (TS-0003 clause
 * 10.1.1.4.1), in one of two forms:
 *
 * <pre>
 * 0.2.481.1.100.3030.10011        an M2M Device ID (TS-0001 annex H)
 * 1.3.6.1.4.1.32473.7:00c0ffee    type and serial number of a hardwareModuleName (RFC 4108
 *                                 clause 5), the number in hex digits
 * </pre>
 *
 * @param value one of them, its hex digits in lower case
 */
public record HardwareId(String value) {
  private static final int MAX_LENGTH = 255;
  private static final String ARC = "(0|[1-9][0-9]*)";
  private static final Pattern FORM =
      Pattern.compile("[0-2](\\." + ARC + "){3,}|[0-2](\\." + ARC + ")+:([0-9a-f]{2})+");

  /**
   * @throws IllegalArgumentException if it has neither form, or more than 255 characters
   */
  public HardwareId {
    value = value.toLowerCase(Locale.ROOT);
    if (value.length() > MAX_LENGTH || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "device id: write an object identifier, or one and the hex digits of a serial number as"
              + " OID:HEX");
    }
  }

  /** Whether it is the type and the serial number of a module. */
  public boolean isModuleName() {
    return value.indexOf(':') >= 0;
  }

  @Override
  public String toString() {
    return value;
  }
}
