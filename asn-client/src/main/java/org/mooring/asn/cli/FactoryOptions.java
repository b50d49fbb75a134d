// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.PointOfAccess;
import org.mooring.asn.vault.BootstrapCertificate;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.BootstrapRawKey;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.MefCredential;
import org.mooring.asn.vault.PreProvisionedKey;
import org.mooring.asn.vault.UbAddress;
import org.mooring.asn.vault.UsimCredential;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.dtls.CertificateIdentity;
import org.mooring.common.dtls.RawKeyPair;
import org.mooring.common.dtls.ServerTrust;
import org.mooring.common.gba.Impi;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.FactoryText;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the factory gave the node; kept in the vault, so needed once. */
@SuppressWarnings("NullAway.Init")
final class FactoryOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--mef",
      paramLabel = "coaps://HOST[:PORT]",
      description =
          "Where the enrolment function (MEF) is, and all else that no address is told of. Kept in"
              + " the vault.")
  private @Nullable String mef;

  @Option(
      names = "--kpm-id",
      paramLabel = "NAME@MEF-FQDN",
      description = "Identifier of the pre-provisioned key. Kept in the vault.")
  private @Nullable String keyId;

  @Option(
      names = "--kpm",
      paramLabel = "KEY",
      description =
          "The pre-provisioned key as hex:…, utf8:…, b64:… or file:…; the file holds a key with one"
              + " of these forms, or the raw octets. Kept in the vault; prefer file:, since other"
              + " users see command lines.")
  private @Nullable String key;

  @Option(
      names = "--mef-fqdn",
      paramLabel = "FQDN",
      description = "The MEF's name. Default: what follows the last @ of --kpm-id, else the host.")
  private @Nullable String mefFqdn;

  @Option(
      names = "--factory-file",
      paramLabel = "FILE",
      description =
          "A file with the key and whatever else the factory gave, as 'in-server enrolee add"
              + " --factory-file' writes it; takes the place of --kpm-id and --kpm. Kept in the"
              + " vault; the file is needed once.")
  private @Nullable Path factoryFile;

  @Option(
      names = "--factory-text",
      paramLabel = "-|file:PATH",
      description =
          "Reads the text of a QR code, as 'in-server enrolee add --qr' prints it, from standard"
              + " input or a file; takes the place of --kpm-id, --kpm and, where the text names"
              + " it, --mef. Kept in the vault; the text is needed once.")
  private @Nullable String factoryText;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description =
          "The node's certificate and those behind it (PEM), in place of --kpm-id and --kpm. Kept"
              + " in the vault, as is what goes with it.")
  private @Nullable Path certificate;

  @Option(
      names = "--certificate-key",
      paramLabel = "FILE",
      description = "The private key of --certificate (PKCS#8 in PEM).")
  private @Nullable Path certificateKey;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Certificates of the CAs of which the MEF's has to be (PEM).")
  private @Nullable Path trust;

  @Option(
      names = "--raw-key",
      paramLabel = "FILE",
      description =
          "The node's private and public key in one file (PEM), in place of --certificate, with"
              + " --trust or --mef-public-key. Kept in the vault.")
  private @Nullable Path rawKey;

  @Option(
      names = "--mef-public-key",
      paramLabel = "ni:///sha-256;…",
      description =
          "Identifier of the MEF's public key, in place of --trust; 'in-server pki issue' prints"
              + " it.")
  private @Nullable String mefPublicKey;

  @Option(
      names = "--impi",
      paramLabel = "USER@REALM",
      description =
          "IMS private identity of the node's subscription, in place of --kpm-id. Kept in the"
              + " vault, as is what goes with it.")
  private @Nullable String impi;

  @Option(
      names = "--usim",
      paramLabel = "KEY",
      description =
          "The USIM in software: K and OPc, 16 octets each, one behind the other, as --kpm.")
  private @Nullable String usim;

  @Option(
      names = "--ub",
      paramLabel = "coap://HOST:PORT|http://HOST:PORT",
      description = "Where the node bootstraps with its USIM: the server's --ub-port.")
  private @Nullable String ub;

  /**
   * The credential in the vault with what the options say on top.
   *
   * @throws ParameterException if an option is malformed, or if one is missing and the vault has
   *     nothing
   */
  FactoryCredential over(Optional<FactoryCredential> kept) {
    if (rawKey != null || mefPublicKey != null) {
      return rawKey(kept);
    }
    if (certificate != null || certificateKey != null || trust != null) {
      return certificate(kept);
    }
    FactoryFile file = read();
    if (impi != null || usim != null || ub != null || file.subscription().isPresent()) {
      return subscription(file, kept);
    }
    if (file.isPreProvisioned()) {
      return preProvisioned(file);
    }
    if (keyId == null && file.id().isEmpty()) {
      @Nullable FactoryCredential present = kept.orElse(null);
      if (present != null && !(present instanceof BootstrapCredential)) {
        return mef == null ? present : present.reachedAt(where().host(), where().port());
      }
    }
    return bootstrap(
        file,
        kept.filter(BootstrapCredential.class::isInstance).map(BootstrapCredential.class::cast));
  }

  private UsimCredential subscription(FactoryFile file, Optional<FactoryCredential> kept) {
    if (keyId != null || key != null) {
      throw new ParameterException(
          command.commandLine(), "--impi: leave out --kpm-id and --kpm, or --ub with them");
    }
    PointOfAccess where = where(kept);
    Optional<FactoryFile.Subscription> filed = file.subscription();
    Optional<UsimCredential> known =
        kept.filter(UsimCredential.class::isInstance).map(UsimCredential.class::cast);
    Impi user =
        impi != null
            ? parsed("--impi", impi, Impi::parse)
            : filed
                .map(FactoryFile.Subscription::impi)
                .or(() -> known.map(UsimCredential::impi))
                .orElseThrow(() -> missing("--impi"));
    SecretKeyBytes secret =
        usim != null
            ? parsed("--usim", usim, KeyText::parse)
            : filed
                .map(FactoryFile.Subscription::key)
                .or(() -> known.filter(k -> k.impi().equals(user)).map(UsimCredential::key))
                .orElseThrow(() -> missing("--usim"));
    UbAddress address =
        ub != null
            ? parsed("--ub", ub, UbAddress::parse)
            : known.map(UsimCredential::ub).orElseThrow(() -> missing("--ub"));
    Fqdn name = mefFqdn == null && filed.isPresent() ? filed.get().mef() : mefName(where, kept);
    return parsed(
        "--usim",
        "",
        unused -> new UsimCredential(user, secret, name, address, where.host(), where.port()));
  }

  private BootstrapCertificate certificate(Optional<FactoryCredential> kept) {
    if (keyId != null || key != null || factoryFile != null || factoryText != null) {
      throw new ParameterException(
          command.commandLine(),
          "--certificate: leave out --kpm-id, --kpm, --factory-file and --factory-text");
    }
    if (certificate == null || certificateKey == null || trust == null) {
      throw new ParameterException(
          command.commandLine(), "--certificate: give --certificate-key and --trust with it");
    }
    PointOfAccess where = where(kept);
    Fqdn name = mefName(where, kept);
    Path privateKey = certificateKey;
    Path authorities = trust;
    return parsed(
        "--certificate",
        certificate.toString(),
        file -> {
          CertificateIdentity own = CertificateIdentity.read(Path.of(file), privateKey);
          return new BootstrapCertificate(
              CertificateKeys.encode(own.key()),
              own.chain(),
              CertificateFiles.trusted(authorities),
              name,
              where.host(),
              where.port());
        });
  }

  private BootstrapRawKey rawKey(Optional<FactoryCredential> kept) {
    if (keyId != null || key != null || factoryFile != null || certificate != null) {
      throw new ParameterException(
          command.commandLine(),
          "--raw-key: leave out --kpm-id, --kpm, --factory-file and --certificate");
    }
    if (rawKey == null || (mefPublicKey == null) == (trust == null)) {
      throw new ParameterException(
          command.commandLine(), "--raw-key: give --trust or --mef-public-key with it");
    }
    RawKeyPair own = parsed("--raw-key", rawKey.toString(), file -> RawKeyPair.read(Path.of(file)));
    PointOfAccess where = where(kept);
    return new BootstrapRawKey(
        CertificateKeys.encode(own.key()),
        own.publicKey(),
        serverTrust(),
        mefName(where, kept),
        where.host(),
        where.port());
  }

  private ServerTrust serverTrust() {
    return mefPublicKey != null
        ? parsed(
            "--mef-public-key",
            mefPublicKey,
            text -> new ServerTrust.PinnedKey(PublicKeyId.parse(text)))
        : parsed(
            "--trust",
            Objects.requireNonNull(trust).toString(),
            file -> new ServerTrust.Authorities(CertificateFiles.trusted(Path.of(file))));
  }

  /** As given, or as the vault has it for the same host, or the host itself. */
  private Fqdn mefName(PointOfAccess where, Optional<FactoryCredential> kept) {
    if (mefFqdn != null) {
      return parsed("--mef-fqdn", mefFqdn, Fqdn::new);
    }
    return kept.filter(known -> known.host().equals(where.host()))
        .filter(MefCredential.class::isInstance)
        .map(known -> ((MefCredential) known).mef())
        .orElseGet(() -> parsed("--mef-fqdn", where.host(), Fqdn::new));
  }

  private FactoryFile read() {
    if (factoryText != null) {
      return readText(factoryText);
    }
    if (factoryFile == null) {
      return FactoryFile.NONE;
    }
    if (keyId != null || key != null) {
      throw new ParameterException(
          command.commandLine(), "--factory-file: leave out --kpm-id and --kpm");
    }
    Path named = factoryFile;
    return parsed("--factory-file", named.toString(), path -> FactoryFile.read(named));
  }

  private FactoryFile readText(String source) {
    if (keyId != null || key != null || factoryFile != null) {
      throw new ParameterException(
          command.commandLine(), "--factory-text: leave out --kpm-id, --kpm and --factory-file");
    }
    FactoryText text = parsed("--factory-text", source, FactoryTextSource::read);
    if (mef == null) {
      mef = text.mef().orElse(null);
    }
    return FactoryFile.of(text);
  }

  private PreProvisionedKey preProvisioned(FactoryFile file) {
    List<String> told =
        Stream.concat(
                file.configuration().registrarAccess().stream(),
                file.configuration().mafAccess().stream())
            .filter(poa -> poa.startsWith("coaps://"))
            .toList();
    if (mef == null && told.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "--mef: give it, the factory file names no address");
    }
    PointOfAccess at =
        mef != null ? where() : parsed("--factory-file", told.get(0), PointOfAccess::parse);
    return file.preProvisioned(at.host(), at.port());
  }

  private PointOfAccess where(Optional<? extends FactoryCredential> kept) {
    return mef != null
        ? where()
        : kept.map(known -> new PointOfAccess(known.host(), known.port()))
            .orElseThrow(() -> missing("--mef"));
  }

  private PointOfAccess where() {
    return parsed("--mef", Objects.requireNonNull(mef), PointOfAccess::parse);
  }

  private BootstrapCredential bootstrap(FactoryFile file, Optional<BootstrapCredential> kept) {
    PointOfAccess where = where(kept);
    KeyIdentifier id =
        keyId != null
            ? parsed("--kpm-id", keyId, text -> identifier(text, where))
            : file.id()
                .or(() -> kept.map(BootstrapCredential::id))
                .orElseThrow(() -> missing("--kpm-id"));
    var secret =
        key != null
            ? parsed("--kpm", key, KeyText::parse)
            : file.key()
                .or(() -> kept.filter(k -> k.id().equals(id)).map(BootstrapCredential::key))
                .orElseThrow(() -> missing("--kpm"));
    Fqdn name =
        mefFqdn != null
            ? parsed("--mef-fqdn", mefFqdn, Fqdn::new)
            : kept.filter(k -> k.id().equals(id)).map(BootstrapCredential::mef).orElse(id.issuer());
    return new BootstrapCredential(id, secret, name, where.host(), where.port());
  }

  private KeyIdentifier identifier(String text, PointOfAccess where) {
    if (text.indexOf('@') >= 0) {
      return KeyIdentifier.parse(text);
    }
    return new KeyIdentifier(text, new Fqdn(mefFqdn != null ? mefFqdn : where.host()));
  }

  private <T> T parsed(String option, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw UsageErrors.of(command, option, e);
    }
  }

  private ParameterException missing(String option) {
    return new ParameterException(
        command.commandLine(), option + ": give it, the vault does not have it yet");
  }
}
