// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a BSF tells at the end of a bootstrapping (TS 24.109 annex C): an XML document of two
 * elements. It is read as that document alone, in any layout, without a general parser for XML: a
 * node has none.
 *
 * @param transaction the B-TID
 * @param expiresAt when Ks ends, in whole seconds
 */
public record BootstrappingInfo(TransactionId transaction, Instant expiresAt) {
  /** Its media type (TS 24.109 clause 4.3). */
  public static final String MEDIA_TYPE = "application/vnd.3gpp.bsf+xml";

  private static final int MAX_OCTETS = 2048;
  private static final String QUALITIES =
      "(?:\\s+[\\w:.-]+\\s*=\\s*(?:\"[^\"<&]*\"|'[^'<&]*'))*\\s*";
  private static final Pattern DOCUMENT =
      Pattern.compile(
          "\\s*(?:<\\?xml[^<>]*\\?>)?\\s*<BootstrappingInfo"
              + QUALITIES
              + ">\\s*<btid>\\s*([^<>&\\s]+)\\s*</btid>\\s*<lifetime>\\s*([^<>&\\s]+)\\s*</lifetime>"
              + "\\s*</BootstrappingInfo>\\s*");

  public BootstrappingInfo {
    expiresAt = wholeSeconds(expiresAt);
  }

  /** A time as the document tells it: without a part of a second. */
  public static Instant wholeSeconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The document in UTF-8. */
  public byte[] toXml() {
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<BootstrappingInfo xmlns=\"uri:3gpp-gba\">"
            + "<btid>"
            + transaction
            + "</btid><lifetime>"
            + expiresAt
            + "</lifetime></BootstrappingInfo>\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public static BootstrappingInfo ofXml(byte[] document) {
    Matcher form = DOCUMENT.matcher(new String(document, StandardCharsets.UTF_8));
    if (document.length > MAX_OCTETS || !form.matches()) {
      throw new IllegalArgumentException("BootstrappingInfo: write btid and lifetime");
    }
    return new BootstrappingInfo(TransactionId.parse(form.group(1)), time(form.group(2)));
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("BootstrappingInfo: write lifetime as an xs:dateTime");
    }
  }
}
