// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mooring.common.identifier.DeviceId;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.in.admin.AdminApi;

/**
 * A list of devices as a production line has it: CSV (RFC 4180) whose first line names the columns,
 * one of them {@code deviceId}. The others are passed over.
 *
 * @param devices in the file's order, each once
 */
record DeviceFile(List<DeviceId> devices) {
  private static final String COLUMN = "deviceId";

  DeviceFile {
    devices = List.copyOf(devices);
  }

  /**
   * Reads the whole file.
   *
   * @throws CommandFailure naming the line of the first error
   */
  static DeviceFile read(Path path) {
    List<CsvReader.Line> lines = lines(path);
    int column = lines.isEmpty() ? -1 : lines.get(0).fields().indexOf(COLUMN);
    if (column < 0) {
      throw new CommandFailure(path + ": name a column deviceId in the first line");
    }
    Set<DeviceId> devices = new LinkedHashSet<>();
    for (CsvReader.Line line : lines.subList(1, lines.size())) {
      if (!devices.add(device(path, line, column))) {
        throw failure(path, line.number(), "deviceId: is there twice");
      }
    }
    if (devices.isEmpty() || devices.size() > AdminApi.MAX_IMPORT_ENROLEES) {
      throw new CommandFailure(
          path + ": give 1 to " + AdminApi.MAX_IMPORT_ENROLEES + " devices in one file");
    }
    return new DeviceFile(List.copyOf(devices));
  }

  /** As the admin API takes them. */
  List<String> texts() {
    return devices.stream().map(DeviceId::value).toList();
  }

  private static List<CsvReader.Line> lines(Path path) {
    try {
      return CsvReader.read(EnroleeFile.text(path));
    } catch (CsvReader.CsvException e) {
      throw failure(path, e.line(), String.valueOf(e.getMessage()));
    }
  }

  private static DeviceId device(Path path, CsvReader.Line line, int column) {
    if (column >= line.fields().size()) {
      throw failure(path, line.number(), "row: give a field for each column");
    }
    try {
      return new DeviceId(line.fields().get(column));
    } catch (IdentifierSyntaxException e) {
      throw failure(path, line.number(), String.valueOf(e.getMessage()));
    }
  }

  private static CommandFailure failure(Path path, int line, String message) {
    return new CommandFailure(path + " line " + line + ", " + message + "; nothing was done");
  }
}
