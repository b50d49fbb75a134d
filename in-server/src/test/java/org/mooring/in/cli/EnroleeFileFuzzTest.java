// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;

/** A file is a list of enrolees that reads the same as JSON, or refused with a line to look at. */
class EnroleeFileFuzzTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  @FuzzTest
  void aFileHoldsEnroleesOrIsRefused(byte[] content) throws IOException {
    // Files that an import names are its author's choice, and not this test's to open.
    if (new String(content, StandardCharsets.UTF_8).contains("file:")) {
      return;
    }
    List<Attributes> orders = read(content);
    if (!orders.isEmpty()) {
      assertThat(read(asJson(orders))).isEqualTo(orders);
    }
  }

  private List<Attributes> read(byte[] content) throws IOException {
    Path path = folder.resolve("enrolees");
    Files.write(path, content);
    Optional<EnroleeFile> file = Optional.empty();
    try {
      file = Optional.of(EnroleeFile.read(path, new OrderReader(NOW)));
    } catch (CommandFailure e) {
      assertThat(String.valueOf(e.getMessage()).replace(path.toString(), ""))
          .doesNotContainPattern("\\p{Cntrl}")
          .hasSizeLessThan(256);
    }
    List<EnroleeFile.Entry> entries = file.map(EnroleeFile::entries).orElse(List.of());
    assertThat(entries.stream().map(EnroleeFile.Entry::place))
        .doesNotContain("")
        .doesNotHaveDuplicates();
    return entries.stream().map(entry -> entry.order().toAttributes()).toList();
  }

  private static byte[] asJson(List<Attributes> orders) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.write('[');
    for (Attributes order : orders) {
      json.write(json.size() > 1 ? ',' : ' ');
      json.writeBytes(ContentCodec.writeAttributes(Serialization.JSON, order));
    }
    json.write(']');
    return json.toByteArray();
  }
}
