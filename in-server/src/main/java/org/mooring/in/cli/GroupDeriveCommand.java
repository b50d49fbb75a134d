// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.identifier.DeviceId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.GroupDevice;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Derives the devices' keys where the devices are made, without a server. */
@Command(
    name = "derive",
    aliases = "export",
    description = {
      "Writes the KpmId and Kpm of each device of a list, for the production line.",
      "It needs the group key and the list, no server; what it writes is for its owner alone."
    })
final class GroupDeriveCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NAME", description = "the group")
  private @Nullable GroupName name;

  @Parameters(index = "1", paramLabel = "FILE", description = "CSV with a column deviceId")
  private @Nullable Path devices;

  @Option(
      names = "--group-key",
      paramLabel = "KEY",
      required = true,
      description = "the group key, best as file:…, since other users see command lines")
  private String groupKey = "";

  @Option(
      names = "--mef-fqdn",
      paramLabel = "FQDN",
      defaultValue = "mef.sp.example.org",
      description = "name of the MEF (default: ${DEFAULT-VALUE})")
  private Fqdn mef = new Fqdn("mef.sp.example.org");

  @ArgGroup(multiplicity = "1")
  private @Nullable Destination destination;

  /** Where the keys go. */
  static final class Destination {
    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "a new CSV with the columns kpmId and kpm, those of 'enrolee import'")
    private @Nullable Path out;

    @Option(
        names = "--factory-files",
        paramLabel = "DIR",
        description = "a new folder with DEVICE.json for each, for 'asn-client run --factory-file'")
    private @Nullable Path factoryFiles;
  }

  @Override
  public void run() {
    DeviceFile list = DeviceFile.read(Objects.requireNonNull(devices));
    SecretKeyBytes key = GroupTexts.groupKey(groupKey);
    try {
      @Nullable Path csv = Objects.requireNonNull(destination).out;
      if (csv != null) {
        writeCsv(csv, list, key);
      } else {
        writeFactoryFiles(Objects.requireNonNull(destination.factoryFiles), list, key);
      }
    } finally {
      key.destroy();
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(list.devices().size() + " derived");
    out.flush();
  }

  private void writeCsv(Path file, DeviceFile list, SecretKeyBytes key) {
    StringBuilder csv = new StringBuilder("kpmId,kpm\n");
    for (DeviceId device : list.devices()) {
      Attributes derived = derived(device, key);
      csv.append(derived.text("kpmId").orElseThrow())
          .append(',')
          .append(derived.text("kpm").orElseThrow())
          .append('\n');
    }
    try {
      PrivateFiles.createWhole(file, csv.toString().getBytes(StandardCharsets.UTF_8));
    } catch (FileAlreadyExistsException e) {
      throw FactoryFile.exists(file);
    } catch (IOException e) {
      throw new CommandFailure(file + ": can not be written");
    }
  }

  private void writeFactoryFiles(Path folder, DeviceFile list, SecretKeyBytes key) {
    if (Files.exists(folder)) {
      throw FactoryFile.exists(folder);
    }
    try {
      PrivateFiles.createFolder(folder);
    } catch (IOException e) {
      throw new CommandFailure(folder + ": can not be made");
    }
    for (DeviceId device : list.devices()) {
      FactoryFile.write(folder.resolve(device + ".json"), derived(device, key));
    }
  }

  private Attributes derived(DeviceId id, SecretKeyBytes key) {
    GroupDevice device = new GroupDevice(Objects.requireNonNull(name), id);
    SecretKeyBytes kpm = KeyLadder.groupDevice(key, device);
    try {
      return Attributes.builder()
          .put("kpmId", device.kpmId(mef).toString())
          .put("kpm", KeyText.hex(kpm))
          .build();
    } catch (IdentifierSyntaxException e) {
      throw new CommandFailure(id + ": makes a KpmId of over 128 octets; nothing was written");
    } finally {
      kpm.destroy();
    }
  }
}
