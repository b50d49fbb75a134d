// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a node has from the factory to prove itself. */
final class CredentialOptions {
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
      names = "--bsf",
      paramLabel = "FQDN",
      description =
          "the operator's BSF, where the operator has the key of the USIM: with --impi alone, and"
              + " 'serve --bsf' of that name")
  private @Nullable String bsf;

  @Option(
      names = "--certificate",
      paramLabel = "cse-id|ae-id|node-id|device",
      description =
          "the name that is in the node's certificate: its CSE-ID's domain name or its absolute"
              + " AE-ID (default: the one of these that it has), its M2M-Node-ID or the device's"
              + " --device-id")
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
          "the node's public key: a file (PEM or DER) or the hex digits of its"
              + " SubjectPublicKeyInfo, or its identifier, ni:///sha-256;… (RFC 6920)")
  private @Nullable String publicKey;

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description =
          "end of the factory key, with a Kpm of bootstrapping alone: a time, a date or a span such"
              + " as 90d (default: never)")
  private @Nullable String expires;

  /** The members of an order that are given, for an {@link OrderReader}. */
  Map<String, String> given() {
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
    putGiven(fields, "bsf", bsf);
    putGiven(fields, "expires", expires);
    return fields;
  }

  /** Takes a member into an order if it was given. */
  static void putGiven(Map<String, String> fields, String name, @Nullable String text) {
    if (text != null) {
      fields.put(name, text);
    }
  }
}
