// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.BootstrapCertificate;
import org.mooring.asn.vault.BootstrapRawKey;
import org.mooring.asn.vault.MefCredential;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.dtls.CertificateIdentity;
import org.mooring.common.dtls.RawKeyPair;
import org.mooring.common.dtls.ServerTrust;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A key pair of the node's own, with a certificate or without, and by what the server is known. */
@SuppressWarnings("NullAway.Init")
final class PublicKeyOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description =
          "The node's certificate and those behind it (PEM). Kept in the vault, as is what goes"
              + " with it.")
  private @Nullable Path certificate;

  @Option(
      names = "--certificate-key",
      paramLabel = "FILE",
      description = "The private key of --certificate (PKCS#8 in PEM).")
  private @Nullable Path certificateKey;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Certificates of the CAs of which the server's has to be (PEM).")
  private @Nullable Path trust;

  @Option(
      names = "--raw-key",
      paramLabel = "FILE",
      description =
          "The node's private and public key in one file (PEM), with --trust or --mef-public-key."
              + " Kept in the vault.")
  private @Nullable Path rawKey;

  @Option(
      names = "--mef-public-key",
      paramLabel = "ni:///sha-256;…",
      description =
          "Identifier of the server's public key, for --raw-key in place of --trust; 'in-server pki"
              + " issue' prints it.")
  private @Nullable String mefPublicKey;

  boolean areGiven() {
    return isRawKeyGiven() || isCertificateGiven();
  }

  private boolean isRawKeyGiven() {
    return rawKey != null || mefPublicKey != null;
  }

  /** CAs alone are those of a raw key where there is one. */
  private boolean isCertificateGiven() {
    return certificate != null || certificateKey != null || (trust != null && !isRawKeyGiven());
  }

  /**
   * @throws ParameterException if what belongs together is not given together, or can not be read
   */
  List<MefCredential> credentials(MefPlace mef) {
    List<MefCredential> credentials = new ArrayList<>();
    if (isCertificateGiven()) {
      credentials.add(certificate(mef));
    }
    if (isRawKeyGiven()) {
      credentials.add(rawKey(mef));
    }
    return credentials;
  }

  private BootstrapCertificate certificate(MefPlace mef) {
    OptionTexts texts = new OptionTexts(command);
    if (certificate == null || certificateKey == null || trust == null) {
      throw texts.wrong("--certificate: give --certificate-key and --trust with it");
    }
    Path privateKey = certificateKey;
    Path authorities = trust;
    return texts.parsed(
        "--certificate",
        certificate.toString(),
        file -> {
          CertificateIdentity own = CertificateIdentity.read(Path.of(file), privateKey);
          return new BootstrapCertificate(
              CertificateKeys.encode(own.key()),
              own.chain(),
              CertificateFiles.trusted(authorities),
              mef.name(),
              mef.host(),
              mef.port());
        });
  }

  private BootstrapRawKey rawKey(MefPlace mef) {
    OptionTexts texts = new OptionTexts(command);
    boolean isKnownTwice = mefPublicKey != null && trust != null && !isCertificateGiven();
    boolean isUnknown = mefPublicKey == null && trust == null;
    if (rawKey == null || isKnownTwice || isUnknown) {
      throw texts.wrong("--raw-key: give --trust or --mef-public-key with it");
    }
    RawKeyPair own =
        texts.parsed("--raw-key", rawKey.toString(), file -> RawKeyPair.read(Path.of(file)));
    return new BootstrapRawKey(
        CertificateKeys.encode(own.key()),
        own.publicKey(),
        serverTrust(texts),
        mef.name(),
        mef.host(),
        mef.port());
  }

  private ServerTrust serverTrust(OptionTexts texts) {
    return mefPublicKey != null
        ? texts.parsed(
            "--mef-public-key",
            mefPublicKey,
            text -> new ServerTrust.PinnedKey(PublicKeyId.parse(text)))
        : texts.parsed(
            "--trust",
            Objects.requireNonNull(trust).toString(),
            file -> new ServerTrust.Authorities(CertificateFiles.trusted(Path.of(file))));
  }
}
