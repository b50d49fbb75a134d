// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.OcspMode;
import org.mooring.common.certificate.RevocationLists;
import org.mooring.common.dtls.CertificateIdentity;
import org.mooring.in.ServeSettings;
import picocli.CommandLine.Option;

/** The options of serve for nodes with a certificate or a raw public key. */
final class CertificateOptions {
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description =
          "the FQDN certificate of the MEF, also of the MAF and the IN-CSE where it names them, and"
              + " those behind it (PEM), for nodes with a certificate or a raw public key; 'pki"
              + " issue' makes one")
  private @Nullable Path certificate;

  @Option(
      names = "--certificate-key",
      paramLabel = "FILE",
      description = "the private key of --certificate (PKCS#8 in PEM)")
  private @Nullable Path certificateKey;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      split = ",",
      description =
          "certificates of the CAs whose nodes may enrol, such as the CA's ca.crt (default: raw"
              + " public keys alone are taken)")
  private List<Path> trust = List.of();

  @Option(
      names = "--crl",
      paramLabel = "FILE",
      description =
          "the revocation lists of these CAs, and of those in --zn-trust, read again when the file is"
              + " replaced (default: none is checked)")
  private @Nullable Path revocationLists;

  @Option(
      names = "--ocsp",
      paramLabel = "MODE",
      defaultValue = "soft",
      description = {
        "what counts where a node's certificate names an OCSP responder" + DEFAULT,
        "off: it is not asked; soft: a responder that gives no answer does not count; hard: without"
            + " its answer the node is refused"
      })
  private OcspMode ocsp = OcspMode.SOFT;

  @Option(
      names = "--est-ca",
      paramLabel = "DIR",
      description =
          "folder of a CA ('pki init') that certifies enrolled nodes' own keys over EST; has to be"
              + " that of --certificate, and in --trust")
  private @Nullable Path estCa;

  @Option(
      names = "--certificate-lifetime",
      paramLabel = "SPAN",
      defaultValue = "365d",
      description = "longest life of a certificate of --est-ca" + DEFAULT)
  private Duration certificateLifetime = Duration.ofDays(365);

  /** The revocation lists that a file has at the moment; empty where none is given. */
  Supplier<Optional<Collection<X509CRL>>> lists() {
    try {
      return revocationLists == null ? Optional::empty : RevocationLists.in(revocationLists);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The settings that the options give.
   *
   * @param lists of {@link #lists}
   * @param hasOtherUse whether the lists may be meant for other certificates alone
   * @throws UsageError naming the option that does not fit
   */
  Optional<ServeSettings.Certificates> toSettings(
      Supplier<Optional<Collection<X509CRL>>> lists, boolean hasOtherUse) {
    boolean isCrlOfNodes = revocationLists != null && !hasOtherUse;
    boolean any = certificate != null || certificateKey != null || isCrlOfNodes || estCa != null;
    if (!any && trust.isEmpty()) {
      return Optional.empty();
    }
    boolean trustsNobody = (isCrlOfNodes || estCa != null) && trust.isEmpty();
    if (certificate == null || certificateKey == null || trustsNobody) {
      throw new UsageError(
          "--certificate: give --certificate and --certificate-key, with --crl or --est-ca also"
              + " --trust");
    }
    try {
      List<X509Certificate> trusted =
          trust.stream().flatMap(file -> CertificateFiles.trusted(file).stream()).toList();
      return Optional.of(
          new ServeSettings.Certificates(
              CertificateIdentity.read(certificate, certificateKey),
              trusted,
              lists,
              ocsp,
              provisioning()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  private Optional<ServeSettings.Provisioning> provisioning() {
    if (estCa == null) {
      return Optional.empty();
    }
    if (certificateLifetime.toSeconds() < 1) {
      throw new UsageError("--certificate-lifetime: give at least 1s");
    }
    return Optional.of(new ServeSettings.Provisioning(estCa, certificateLifetime));
  }
}
