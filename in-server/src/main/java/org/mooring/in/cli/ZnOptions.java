// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.dtls.CertificateIdentity;
import org.mooring.common.identifier.Fqdn;
import org.mooring.in.ZnSettings;
import org.mooring.in.bsf.Agreement;
import org.mooring.in.zn.ApiRoot;
import org.mooring.in.zn.TlsIdentity;
import picocli.CommandLine.Option;

/** The options of serve that join it with other BSFs and functions. */
final class ZnOptions {
  @Option(
      names = "--bsf",
      paramLabel = "URL",
      description =
          "API root of an operator's BSF, which is asked for the keys of its B-TIDs (Zn of GBA,"
              + " Nbsp_GBA): https, or http on the loopback (default: none)")
  private @Nullable String bsf;

  @Option(
      names = "--bsf-name",
      paramLabel = "FQDN",
      description = "the FQDN of that BSF, as its B-TIDs have it behind the '@'")
  private @Nullable Fqdn bsfName;

  @Option(
      names = "--zn-port",
      paramLabel = "PORT",
      description =
          "TCP port on which the BSF here hands keys to functions of others (Nbsp_GBA), 0 for any"
              + " free one; on loopback unless --zn-certificate is given (default: none)")
  private @Nullable Integer port;

  @Option(
      names = "--zn-agreement",
      paramLabel = "PEER=FQDN[,FQDN…]",
      split = ";",
      description =
          "who may ask there, by the name in its certificate, and for which functions; several are"
              + " joined by ';', or the option is repeated")
  private List<String> agreements = List.of();

  @Option(
      names = "--zn-certificate",
      paramLabel = "FILE",
      description =
          "what this server shows to BSFs and to functions of others (PEM), with those behind it")
  private @Nullable Path certificate;

  @Option(
      names = "--zn-key",
      paramLabel = "FILE",
      description = "the private key of --zn-certificate (PKCS#8 in PEM)")
  private @Nullable Path key;

  @Option(
      names = "--zn-trust",
      paramLabel = "FILE",
      split = ",",
      description =
          "certificates of the CAs of the other ends of Zn; with --crl, that has their lists too")
  private List<Path> trust = List.of();

  /** Whether TLS is wanted here. */
  boolean hasTls() {
    return certificate != null || key != null || !trust.isEmpty();
  }

  /**
   * The settings that the options give.
   *
   * @param lists the revocation lists, of the CAs of the other ends too; empty where there are none
   * @throws UsageError naming the option that does not fit
   */
  ZnSettings toSettings(Supplier<Optional<Collection<X509CRL>>> lists) {
    try {
      return new ZnSettings(tls(lists), operator(), service());
    } catch (IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  private Optional<ZnSettings.Operator> operator() {
    if (bsf == null && bsfName == null) {
      return Optional.empty();
    }
    if (bsf == null || bsfName == null) {
      throw new UsageError("--bsf: give --bsf and --bsf-name");
    }
    try {
      return Optional.of(new ZnSettings.Operator(bsfName, ApiRoot.parse(bsf)));
    } catch (IllegalArgumentException e) {
      throw new UsageError("--bsf: " + GroupTexts.remedyOf(e));
    }
  }

  private Optional<ZnSettings.Service> service() {
    if (port == null) {
      return Optional.empty();
    }
    ServeOptions.requirePort("--zn-port", port);
    try {
      return Optional.of(
          new ZnSettings.Service(port, agreements.stream().map(Agreement::parse).toList()));
    } catch (IllegalArgumentException e) {
      throw new UsageError("--zn-agreement: " + GroupTexts.remedyOf(e));
    }
  }

  private Optional<TlsIdentity> tls(Supplier<Optional<Collection<X509CRL>>> lists) {
    if (!hasTls()) {
      return Optional.empty();
    }
    if (certificate == null || key == null || trust.isEmpty()) {
      throw new UsageError("--zn-certificate: give --zn-certificate, --zn-key and --zn-trust");
    }
    try {
      return Optional.of(
          new TlsIdentity(
              CertificateIdentity.read(certificate, key),
              trust.stream().flatMap(file -> CertificateFiles.trusted(file).stream()).toList(),
              lists));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }
}
