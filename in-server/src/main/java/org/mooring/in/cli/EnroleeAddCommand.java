// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.admin.AdminException;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.mef.FactoryKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds one enrolee; the key is printed only where the server generated it. */
@Command(
    name = "add",
    description = {
      "Adds a node with the key that it has from the factory.",
      "With a Kpm (method psk) it bootstraps at the MEF. Pre-provisioned it begins at the MAF with a"
          + " Km (path maf) or at the CSE with a Kpsa (path direct). With a certificate it is known by"
          + " the name in it, with a raw public key (method rpk) by that, with a USIM (method gba) by"
          + " its IMPI.",
      "What is left out the server makes up; a key that it generates is printed this once."
    })
final class EnroleeAddCommand extends AdminCommand {
  private final InstantSource clock = InstantSource.system();

  @Option(
      names = "--method",
      paramLabel = "psk|preprovisioned|certificate|rpk|gba",
      description = "how the node begins (default: as the identifier or key below says, else psk)")
  private @Nullable String method;

  @Option(
      names = "--kpm-id",
      paramLabel = "NAME@MEF-FQDN",
      description = "identifier of the pre-provisioned key")
  private @Nullable String kpmId;

  @Option(
      names = "--kpm",
      paramLabel = "KEY",
      description = "pre-provisioned key as hex:…, utf8:…, b64:… or file:…")
  private @Nullable String kpm;

  @Option(
      names = "--km-id",
      paramLabel = "NAME@MAF-FQDN",
      description = "identifier of a pre-provisioned master credential")
  private @Nullable String kmId;

  @Option(names = "--km", paramLabel = "KEY", description = "the key itself, as --kpm")
  private @Nullable String km;

  @Option(
      names = "--kpsa-id",
      paramLabel = "NAME@ISSUER-FQDN",
      description = "identifier of a pre-provisioned key of the node and the CSE")
  private @Nullable String kpsaId;

  @Option(names = "--kpsa", paramLabel = "KEY", description = "the key itself, as --kpm")
  private @Nullable String kpsa;

  @Option(
      names = "--impi",
      paramLabel = "USER@REALM",
      description = "IMS private identity of the node's subscription")
  private @Nullable String impi;

  @Option(
      names = "--usim-k",
      paramLabel = "KEY",
      description = "subscriber key K of its USIM, 16 octets, as --kpm")
  private @Nullable String usimK;

  @Option(names = "--usim-opc", paramLabel = "KEY", description = "OPc of its USIM, likewise")
  private @Nullable String usimOpc;

  @Option(
      names = "--certificate",
      paramLabel = "cse-id|node-id|device",
      description =
          "the name that is in the node's certificate: its CSE-ID's domain name (default), its"
              + " M2M-Node-ID or the device's --device-id")
  private @Nullable String certificate;

  @Option(
      names = "--device-id",
      paramLabel = "OID|OID:HEX",
      description =
          "the hardware instance identifier in a device certificate: an M2M Device ID, or type and"
              + " serial number of a hardwareModuleName (RFC 4108)")
  private @Nullable String deviceId;

  @Option(
      names = "--public-key",
      paramLabel = "FILE|HEX|ni:…",
      description =
          "the node's public key: a file (PEM or DER) or the hex digits of its SubjectPublicKeyInfo,"
              + " or its identifier, ni:///sha-256;… (RFC 6920)")
  private @Nullable String publicKey;

  @Option(names = "--csi", paramLabel = "/NAME", description = "CSE-ID assigned to the node")
  private @Nullable String csi;

  @Option(names = "--node-id", paramLabel = "ID", description = "M2M-Node-ID of the node")
  private @Nullable String nodeId;

  @Option(
      names = "--path",
      paramLabel = "maf|direct",
      description = "how the node reaches its association")
  private @Nullable String path;

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description =
          "end of the factory key, with a Kpm of bootstrapping alone: a time, a date or a span such"
              + " as 90d (default: never)")
  private @Nullable String expires;

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description =
          "end of the node's subscription, and of all that is derived: as --expires (default: never);"
              + " 'enrolee extend' moves it")
  private @Nullable String until;

  @Option(
      names = "--factory-file",
      paramLabel = "FILE",
      description =
          "writes there what the node is to be given, its key included, for"
              + " 'asn-client run --factory-file'")
  private @Nullable Path factoryFile;

  @Mixin private QrOptions qr = new QrOptions();

  @Override
  Attributes ask(AdminClient client) {
    Map<String, String> fields = new LinkedHashMap<>();
    putGiven(fields, "method", method);
    putGiven(fields, "certificate", certificate);
    putGiven(fields, "deviceId", deviceId);
    putGiven(fields, "publicKey", publicKey);
    putGiven(fields, "kpmId", kpmId);
    putGiven(fields, "kpm", kpm);
    putGiven(fields, "kmId", kmId);
    putGiven(fields, "km", km);
    putGiven(fields, "kpsaId", kpsaId);
    putGiven(fields, "kpsa", kpsa);
    putGiven(fields, "impi", impi);
    putGiven(fields, "usimK", usimK);
    putGiven(fields, "usimOpc", usimOpc);
    putGiven(fields, "csi", csi);
    putGiven(fields, "nodeId", nodeId);
    putGiven(fields, "path", path);
    putGiven(fields, "expires", expires);
    putGiven(fields, "until", until);
    EnroleeOrder order = order(fields);
    if (factoryFile != null && !order.factoryKey().isShared()) {
      throw new UsageError("--factory-file: leave it out, the private key is the node's alone");
    }
    if (qr.isWanted() && order.factoryKey() != FactoryKey.KPM) {
      throw new UsageError("--qr: leave it out, the text of a QR code holds a Kpm alone");
    }
    if (factoryFile != null && Files.exists(factoryFile)) {
      throw FactoryFile.exists(factoryFile);
    }
    Attributes added = client.post("/v1/enrolees", order.toAttributes());
    try {
      if (factoryFile != null) {
        FactoryFile.write(factoryFile, order, added);
      }
    } catch (CommandFailure e) {
      failAfterwards(e);
    }
    return qr.addTo(added, order.toAttributes());
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    qr.print(out, answer);
  }

  private EnroleeOrder order(Map<String, String> fields) {
    try {
      return new OrderReader(clock.instant()).read(fields);
    } catch (AdminException | IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  private static void putGiven(Map<String, String> fields, String name, @Nullable String text) {
    if (text != null) {
      fields.put(name, text);
    }
  }
}
