// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyText;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.process.AdminClient;

/** Where the fleet's enrolees come from. */
public final class Enrolees {
  private static final int BATCH = 500;

  private Enrolees() {}

  /**
   * Has new enrolees made by a server, in batches.
   *
   * @throws IllegalStateException if the server refuses
   */
  public static List<Enrolee> imported(AdminClient admin, int count, EnrolmentPath path) {
    Attributes order = Attributes.builder().put("path", path.text()).build();
    List<Enrolee> enrolees = new ArrayList<>();
    while (enrolees.size() < count) {
      int size = Math.min(BATCH, count - enrolees.size());
      for (Attributes added : admin.importEnrolees(Collections.nCopies(size, order))) {
        enrolees.add(enrolee(added.text("kpmId"), added.text("kpm"), "the admin API's answer"));
      }
    }
    return enrolees;
  }

  /**
   * Reads the JSON that {@code in-server enrolee import --json} printed, or CSV with a line of
   * column names; kpmId and kpm are needed, what else there is does not matter.
   *
   * @throws IllegalArgumentException saying what is wrong, without values
   */
  public static List<Enrolee> read(Path file) {
    try {
      String text = Files.readString(file);
      return text.stripLeading().startsWith("{")
          ? json(file, text)
          : csv(file, text.lines().toList());
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": can not be read");
    }
  }

  private static List<Enrolee> json(Path file, String text) {
    try {
      Attributes document =
          ContentCodec.readAttributes(Serialization.JSON, text.getBytes(StandardCharsets.UTF_8));
      List<Enrolee> enrolees = new ArrayList<>();
      if (document.get("enrolees").orElse(null) instanceof AttributeValue.Items items) {
        for (AttributeValue item : items.values()) {
          Attributes one =
              item instanceof AttributeValue.Members members
                  ? members.attributes()
                  : Attributes.NONE;
          enrolees.add(enrolee(one.text("kpmId"), one.text("kpm"), file.toString()));
        }
      }
      return enrolees;
    } catch (RefusedException e) {
      throw new IllegalArgumentException(file + ": is no well-formed JSON");
    }
  }

  private static List<Enrolee> csv(Path file, List<String> lines) {
    List<String> columns = lines.isEmpty() ? List.of() : List.of(lines.get(0).split(",", -1));
    int id = columns.indexOf("kpmId");
    int key = columns.indexOf("kpm");
    if (id < 0 || key < 0) {
      throw new IllegalArgumentException(file + ": name the columns kpmId and kpm in line 1");
    }
    List<Enrolee> enrolees = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      if (!line.isBlank()) {
        String[] fields = line.split(",", -1);
        boolean whole = fields.length == columns.size();
        enrolees.add(
            enrolee(
                whole ? Optional.of(fields[id].strip()) : Optional.empty(),
                whole ? Optional.of(fields[key].strip()) : Optional.empty(),
                file.toString()));
      }
    }
    return enrolees;
  }

  private static Enrolee enrolee(Optional<String> kpmId, Optional<String> kpm, String where) {
    try {
      return new Enrolee(
          KeyIdentifier.parse(kpmId.orElse("")), KeyText.parseInline(kpm.orElse("")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          where + ": each enrolee needs a kpmId 'name@mef-fqdn' and a kpm 'hex:…'");
    }
  }
}
