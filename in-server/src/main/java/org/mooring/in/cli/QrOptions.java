// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.FactoryText;
import org.mooring.common.key.KeyText;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Option;

/** How a new key is shown as a QR code, at the one moment at which it is known. */
final class QrOptions {
  private static final String FACTORY_TEXT = "factoryText";

  @Option(
      names = "--qr",
      description = "prints a QR code with the identifier and the key, and its text")
  private boolean wanted;

  @Option(
      names = "--qr-mef",
      paramLabel = "coaps://HOST[:PORT]",
      description = "where the node finds the MEF, for the QR code")
  private @Nullable String mef;

  boolean isWanted() {
    return wanted;
  }

  /**
   * The answer with the text of the QR code, if one is wanted.
   *
   * @param order has the key where the server did not make it
   */
  Attributes addTo(Attributes answer, Attributes order) {
    if (!wanted) {
      return answer;
    }
    String kpmId = answer.text("kpmId").orElseThrow();
    String kpm = answer.text("kpm").or(() -> order.text("kpm")).orElseThrow();
    FactoryText text =
        new FactoryText(
            KeyIdentifier.parse(kpmId), KeyText.parseInline(kpm), Optional.ofNullable(mef));
    return answer.toBuilder().put(FACTORY_TEXT, text.text()).build();
  }

  /** Prints an answer for people, with the QR code at its end. */
  void print(PrintWriter out, Attributes answer) {
    Output.members(out, answer);
    answer.text(FACTORY_TEXT).ifPresent(text -> QrCodeText.print(out, text));
  }
}
