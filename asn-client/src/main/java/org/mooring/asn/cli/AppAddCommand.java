// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.HeldToken;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.MalformedTokenException;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.IdentifierSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code app add}: an instance of an application, with its token. */
@Command(
    name = "add",
    description = {
      "Installs an instance of an application with its token (in-server app token).",
      "It is associated once it is installed and the node is registered, whichever comes last; a"
          + " running node sees it within two seconds. The vault may be empty still.",
      "With the App-Inst-ID of one that is installed, that one gets this token."
    })
@SuppressWarnings("NullAway.Init")
final class AppAddCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Spec private CommandSpec command;
  @Mixin private VaultOptions vault;

  @Parameters(paramLabel = "TOKENFILE", description = "The token, or - for standard input.")
  private String tokenFile;

  @Option(
      names = "--instance",
      paramLabel = "ID",
      description =
          "Its App-Inst-ID, which begins with C: the AE-ID-Stem of the AE as well. Default: a"
              + " random one.")
  private @Nullable String instance;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    AppInstance installed = AppInstance.installed(id(), HeldToken.of(token()));
    new InstalledApplications(vault.open()).install(installed);
    InstantSource clock = InstantSource.system();
    new Reporter(command.commandLine().getOut(), json, clock, clock.instant())
        .printAsList(ApplicationDescription.of(installed));
    return 0;
  }

  private AppInstanceId id() {
    try {
      AppInstanceId id = new AppInstanceId(instance == null ? "C" + RequestIds.random() : instance);
      AppInstance.requireStem(id);
      return id;
    } catch (IdentifierSyntaxException e) {
      throw UsageErrors.of(command, "--instance", e);
    }
  }

  private ApplicationToken token() {
    byte[] octets = octets();
    try {
      return ApplicationToken.read(new String(octets, StandardCharsets.US_ASCII));
    } catch (MalformedTokenException e) {
      throw new CommandFailedException(
          tokenFile + ": no application token; give what in-server app token wrote");
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private byte[] octets() {
    try (InputStream source =
        tokenFile.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(tokenFile))) {
      return source.readNBytes(ApplicationToken.MAX_LENGTH + 1);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailedException(tokenFile + ": can not be read");
    }
  }
}
