// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import io.nayuki.qrcodegen.QrCode;
import java.io.PrintWriter;

/**
 * A QR code (ISO/IEC 18004) as lines of text: two rows of modules to a line of half blocks. Light
 * modules are drawn, so that it is read from the usual dark terminal; a reader takes it inverted
 * too.
 */
final class QrCodeText {
  /** The margin that the standard asks for, in modules. */
  private static final int QUIET = 4;

  private QrCodeText() {}

  static void print(PrintWriter out, String text) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    for (int y = -QUIET; y < code.size + QUIET; y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = -QUIET; x < code.size + QUIET; x++) {
        line.append(block(!code.getModule(x, y), !code.getModule(x, y + 1)));
      }
      out.println(line);
    }
  }

  private static char block(boolean upper, boolean lower) {
    if (upper) {
      return lower ? '█' : '▀';
    }
    return lower ? '▄' : ' ';
  }
}
