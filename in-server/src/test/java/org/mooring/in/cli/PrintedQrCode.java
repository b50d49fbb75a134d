// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.List;
import java.util.Map;

/** Reads a QR code off printed lines with ZXing, from what is light and dark. */
final class PrintedQrCode {
  private static final int PIXELS = 6;
  private static final int LIGHT = 0xffffff;

  private PrintedQrCode() {}

  static String read(String printed) throws ReaderException {
    List<String> lines =
        printed
            .lines()
            .filter(line -> !line.isEmpty() && "█▀▄".indexOf(line.charAt(0)) >= 0)
            .toList();
    int width = lines.get(0).length() * PIXELS;
    int height = lines.size() * 2 * PIXELS;
    int[] pixels = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        char block = lines.get(y / (2 * PIXELS)).charAt(x / PIXELS);
        boolean isUpper = y / PIXELS % 2 == 0;
        boolean isLight = block == '█' || block == (isUpper ? '▀' : '▄');
        pixels[y * width + x] = isLight ? LIGHT : 0;
      }
    }
    BinaryBitmap image =
        new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
    // Straight and clean as printed: finding a tilted one in a photograph fails now and then.
    return new QRCodeReader().decode(image, Map.of(DecodeHintType.PURE_BARCODE, true)).getText();
  }
}
