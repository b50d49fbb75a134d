// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;

/** A benchmark's result as files: everything as JSON, the chart as SVG. */
public final class ResultFile {
  private static final double PRECISION = 10_000;
  private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

  private final Result result;
  private final Occasion occasion;

  public ResultFile(Result result, Occasion occasion) {
    this.result = result;
    this.occasion = occasion;
  }

  /** Writes {@code NAME.json} and {@code NAME.svg} into a folder, which is made. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(result.name() + ".json"), json());
    Files.writeString(folder.resolve(result.name() + ".svg"), result.chart());
  }

  String json() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));
      out.writeStartObject();
      out.writeStringField("benchmark", result.name());
      out.writeStringField("title", result.title());
      out.writeStringField("command", occasion.command());
      out.writeStringField("date", occasion.date().toString());
      out.writeStringField("commit", occasion.commit());
      out.writeFieldName("machine");
      write(out, occasion.machine().describe());
      out.writeFieldName("settings");
      write(out, result.settings());
      writeRatios(out);
      writeFigures(out);
      writeRounds(out);
      out.writeArrayFieldStart("notes");
      for (String note : result.notes()) {
        out.writeString(note);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return text + "\n";
  }

  private void writeRatios(JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("ratios");
    for (Result.Ratio ratio : result.ratios()) {
      out.writeStartObject();
      out.writeStringField("ratio", ratio.name());
      write(out, ratio.figure());
      if (ratio.isBounded()) {
        out.writeNumberField(ratio.least() ? "atLeast" : "atMost", ratio.wanted());
        out.writeBooleanField("met", ratio.isMet());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void writeFigures(JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("figures");
    for (String subject : result.rounds().subjects()) {
      for (String name : result.rounds().names()) {
        var figure = result.rounds().figure(subject, name);
        if (figure.isPresent()) {
          out.writeStartObject();
          out.writeStringField("subject", subject);
          out.writeStringField("figure", name);
          write(out, figure.get());
          out.writeEndObject();
        }
      }
    }
    out.writeEndArray();
  }

  private void writeRounds(JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("rounds");
    for (Round round : result.rounds().all()) {
      out.writeStartObject();
      out.writeStringField("subject", round.subject());
      out.writeNumberField("round", round.number());
      for (Map.Entry<String, Double> value : round.values().entrySet()) {
        out.writeNumberField(value.getKey(), rounded(value.getValue()));
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, Figure figure) throws IOException {
    out.writeNumberField("median", rounded(figure.median()));
    out.writeNumberField("min", rounded(figure.min()));
    out.writeNumberField("max", rounded(figure.max()));
  }

  private static void write(JsonGenerator out, Attributes attributes) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, AttributeValue> entry : attributes.asMap().entrySet()) {
      out.writeFieldName(entry.getKey());
      write(out, entry.getValue());
    }
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, AttributeValue value) throws IOException {
    if (value instanceof AttributeValue.Text text) {
      out.writeString(text.value());
    } else if (value instanceof AttributeValue.Whole number) {
      out.writeNumber(number.value());
    } else if (value instanceof AttributeValue.Decimal number) {
      out.writeNumber(rounded(number.value()));
    } else if (value instanceof AttributeValue.Flag flag) {
      out.writeBoolean(flag.value());
    } else if (value instanceof AttributeValue.Members members) {
      write(out, members.attributes());
    } else if (value instanceof AttributeValue.Items items) {
      out.writeStartArray();
      for (AttributeValue item : items.values()) {
        write(out, item);
      }
      out.writeEndArray();
    } else {
      throw new IllegalArgumentException("a result has no " + value.getClass().getSimpleName());
    }
  }

  /** Four digits behind the point are more than any figure is good for. */
  private static double rounded(double number) {
    return Math.round(number * PRECISION) / PRECISION;
  }
}
