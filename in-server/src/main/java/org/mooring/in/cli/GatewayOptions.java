// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.PointOfAccess;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.FactoryFile;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import picocli.CommandLine.Option;

/** The options of serve by which it runs an MN-CSE. */
final class GatewayOptions {
  /** Of serve, those that hold for an MN-CSE too. */
  private static final Set<String> SHARED =
      Set.of(
          "--data",
          "--coaps-port",
          "--coap-port",
          "--http-port",
          "--public-host",
          "--cse-name",
          "--ack-timeout",
          "--dtls-timeout",
          "--max-body",
          "--crypto",
          "--json");

  private static final Set<String> OWN =
      Set.of("--registrar", "--kpm-id", "--kpm", "--factory-file");

  @Option(
      names = "--cse-type",
      paramLabel = "TYPE",
      defaultValue = "in",
      description = {
        "what the CSE is (default: ${DEFAULT-VALUE})",
        "in: the provider's own, with MEF and MAF; mn: one between nodes and that one, which"
            + " registers with --registrar and has neither"
      })
  private String type = "in";

  @Option(
      names = "--registrar",
      paramLabel = "coaps://HOST[:PORT]",
      description =
          "where an MN-CSE finds the provider's server; if that has a --public-host, only its MEF"
              + " is looked for here. Kept in the data folder.")
  private @Nullable String registrar;

  @Option(
      names = "--kpm-id",
      paramLabel = "NAME@MEF-FQDN",
      description = "an MN-CSE's key of 'enrolee add --csi'. Kept in the data folder.")
  private @Nullable String kpmId;

  @Option(
      names = "--kpm",
      paramLabel = "KEY",
      description =
          "that key: file:…, hex:…, utf8:… or b64:…; prefer file:, since other users see command"
              + " lines. Kept in the data folder.")
  private @Nullable String kpm;

  @Option(
      names = "--factory-file",
      paramLabel = "FILE",
      description =
          "takes the place of --kpm-id and --kpm: what 'enrolee add --factory-file' wrote. Needed"
              + " once.")
  private @Nullable Path factoryFile;

  /**
   * Whether an MN-CSE is wanted.
   *
   * @param given the names of all options on the command line
   * @throws UsageError if some of them make no sense together
   */
  boolean areFor(Set<String> given) {
    if (type.equals("in")) {
      given.stream()
          .filter(OWN::contains)
          .sorted()
          .findFirst()
          .ifPresent(
              option -> {
                throw new UsageError(option + ": give it with --cse-type mn");
              });
      return false;
    }
    if (!type.equals("mn")) {
      throw new UsageError("--cse-type: write in or mn");
    }
    given.stream()
        .filter(option -> option.startsWith("--"))
        .filter(
            option ->
                !option.equals("--cse-type") && !OWN.contains(option) && !SHARED.contains(option))
        .sorted()
        .findFirst()
        .ifPresent(
            option -> {
              throw new UsageError(
                  option + ": leave it out with --cse-type mn, which is told by its enrolment");
            });
    return true;
  }

  /**
   * What the node came with; empty where the data folder is to have it.
   *
   * @throws UsageError if an option is malformed or lacks another one
   */
  Optional<FactoryCredential> credential() {
    if (factoryFile != null && (kpmId != null || kpm != null)) {
      throw new UsageError("--factory-file: leave out --kpm-id and --kpm");
    }
    if (factoryFile == null && kpmId == null && kpm == null && registrar == null) {
      return Optional.empty();
    }
    if (registrar == null) {
      throw new UsageError("--registrar: give it with the credential, as coaps://HOST:PORT");
    }
    PointOfAccess at = parsed("--registrar", registrar, PointOfAccess::parse);
    return Optional.of(factoryFile == null ? ofOptions(at) : ofFile(factoryFile, at));
  }

  private FactoryCredential ofOptions(PointOfAccess at) {
    if (kpmId == null || kpm == null) {
      throw new UsageError("--kpm-id: give --kpm-id and --kpm, or --factory-file");
    }
    return bootstrap(
        parsed("--kpm-id", kpmId, KeyIdentifier::parse), parsed("--kpm", kpm, KeyText::parse), at);
  }

  private static FactoryCredential ofFile(Path path, PointOfAccess at) {
    FactoryFile file = parsed("--factory-file", path, FactoryFile::read);
    if (file.subscription().isPresent() || file.wantsKeyPair()) {
      throw new UsageError("--factory-file: give one with a key: kpm, km or kpsa");
    }
    return file.isPreProvisioned()
        ? file.preProvisioned(at.host(), at.port())
        : bootstrap(file.id().orElseThrow(), file.key().orElseThrow(), at);
  }

  private static FactoryCredential bootstrap(
      KeyIdentifier id, SecretKeyBytes key, PointOfAccess at) {
    return new BootstrapCredential(id, key, id.issuer(), at.host(), at.port());
  }

  private static <S, T> T parsed(String option, S value, Function<S, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw new UsageError(option + ": " + e.getMessage());
    }
  }
}
