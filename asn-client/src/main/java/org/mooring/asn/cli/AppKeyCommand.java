// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ClientConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code app key}: hands an instance its key. */
@Command(
    name = "key",
    description = {
      "Hands an associated instance its key Ka, in a file for the program that is the AE, and tells"
          + " where it goes with it: a DTLS session with the MAF under KaId.",
      "After kaId has changed (app list) hand it over again."
    })
@SuppressWarnings("NullAway.Init")
final class AppKeyCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private VaultOptions vault;

  @Parameters(paramLabel = "INSTANCE", description = "Its App-Inst-ID.")
  private String instance;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "A new file for the key, in hex, for its owner alone.")
  private Path file;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    FileVault opened = vault.open();
    AppInstance known = new InstalledApplications(opened).require(instance);
    InstantSource clock = InstantSource.system();
    HeldKey ka =
        known
            .key()
            .filter(key -> !known.isLeaving() && isAlive(opened, key, clock))
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        "app: " + instance + " has no key that lives; app list tells why"));
    ClientConfiguration told = opened.read().flatMap(NodeState::configuration).orElseThrow();
    write(ka);
    new Reporter(command.commandLine().getOut(), json, clock, clock.instant())
        .printAsList(
            Attributes.builder()
                .put("kaId", ka.id().toString())
                .put("expires", ka.lease().expires().toString())
                .put("aeId", told.cseId().spRelative() + "/" + known.id())
                .put("maf", told.maf().value())
                .put("mafAccess", told.mafAccess())
                .put("registrar", told.registrar().value())
                .put("registrarAccess", told.registrarAccess())
                .put("file", file.toString())
                .build());
    return 0;
  }

  private static boolean isAlive(FileVault vault, HeldKey key, InstantSource clock) {
    return vault
        .read()
        .filter(state -> key.lease().isAliveAt(state.serverTime(clock.instant())))
        .isPresent();
  }

  private void write(HeldKey ka) {
    byte[] octets = ka.key().toByteArray();
    byte[] line = (HexFormat.of().formatHex(octets) + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      PrivateFiles.createWhole(file, line);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailedException("--out: " + file + " exists; name a new file");
    } catch (IOException e) {
      throw new CommandFailedException("--out: " + file + " can not be written");
    } finally {
      Arrays.fill(octets, (byte) 0);
      Arrays.fill(line, (byte) 0);
    }
  }
}
