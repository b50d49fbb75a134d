// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.PointOfAccess;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.FactoryCredentials;
import org.mooring.asn.vault.FactoryFile;
import org.mooring.asn.vault.MefCredential;
import org.mooring.asn.vault.PreProvisioned;
import org.mooring.asn.vault.PreProvisionedKeyPair;
import org.mooring.asn.vault.UsimCredential;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.FactoryText;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.MethodOrder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What the factory gave the node; kept in the vault, so needed once. Each kind of credential may
 * stand beside the others.
 */
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
      names = "--mef-fqdn",
      paramLabel = "FQDN",
      description =
          "The MEF's name, with a credential for it. Default: what follows the last @ of --kpm-id,"
              + " or what a factory file says, else as the vault has it for the same host, else the"
              + " host.")
  private @Nullable String mefFqdn;

  @Option(
      names = "--factory-file",
      paramLabel = "FILE",
      description =
          "A file with the key and whatever else the factory gave, as 'in-server enrolee add"
              + " --factory-file' writes it; takes the place of --kpm-id and --kpm, or of --impi"
              + " and --usim. One without a key has --certificate or --raw-key open the MAF or the"
              + " registrar. Kept in the vault; the file is needed once.")
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
      names = "--prefer",
      paramLabel = "METHOD[,METHOD…]",
      description =
          "Keeps only the credentials of these methods, and tries them at the MEF in this order:"
              + " certificate, rpk, gba and psk between commas. Default: all, as the vault has them;"
              + " where a method joins, certificate,rpk,gba,psk.")
  private @Nullable String prefer;

  @Mixin private KpmOptions kpm;
  @Mixin private PublicKeyOptions publicKeys;
  @Mixin private UsimOptions usim;

  /**
   * The credentials in the vault with what the options say on top: one that is given takes the
   * place of that of the same method, or joins the others. Credentials for another MEF, and a key
   * that spares the node the MEF, take the place of all.
   *
   * @throws ParameterException if an option is malformed, or if one is missing and the vault has
   *     nothing
   */
  FactoryCredentials over(Optional<FactoryCredentials> kept) {
    FactoryFile file = read();
    if (file.isPreProvisioned()) {
      return FactoryCredentials.of(preProvisioned(file));
    }
    boolean isAnyGiven =
        kpm.areGiven() || publicKeys.areGiven() || usim.areGiven() || file != FactoryFile.NONE;
    if (kept.isPresent() && !isAnyGiven) {
      FactoryCredentials present = kept.get();
      if (named().filter(name -> !isNameOfMef(name, present)).isPresent()) {
        throw texts().wrong("--mef-fqdn: give a credential for that MEF with it");
      }
      return preferred(
          mef == null ? present : present.reachedAt(where().host(), where().port()), false);
    }
    PointOfAccess where = where(kept);
    List<MefCredential> given = given(file, where, kept);
    return joined(given, kept);
  }

  private static boolean isNameOfMef(Fqdn name, FactoryCredentials present) {
    return present.ofKind(MefCredential.class).stream().allMatch(held -> held.mef().equals(name));
  }

  private List<MefCredential> given(
      FactoryFile file, PointOfAccess where, Optional<FactoryCredentials> kept) {
    boolean hasUsim = usim.areGiven() || file.subscription().isPresent();
    boolean hasKpm = kpm.areGiven() || file.id().isPresent() || !(publicKeys.areGiven() || hasUsim);
    Optional<BootstrapCredential> knownKpm = known(kept, BootstrapCredential.class);
    Optional<KeyIdentifier> kpmId =
        hasKpm
            ? Optional.of(kpm.id(file, () -> defaultName(where, kept), knownKpm))
            : Optional.empty();
    MefPlace place = new MefPlace(mefName(kpmId, file, where, kept), where);
    List<MefCredential> given = new ArrayList<>(publicKeys.credentials(place));
    if (hasUsim) {
      given.add(usim.credential(file.subscription(), place, known(kept, UsimCredential.class)));
    }
    kpmId.ifPresent(id -> given.add(kpm.credential(id, file, place, knownKpm)));
    return given;
  }

  private static <T extends FactoryCredential> Optional<T> known(
      Optional<FactoryCredentials> kept, Class<T> kind) {
    return kept.stream().flatMap(all -> all.ofKind(kind).stream()).findFirst();
  }

  /** As given, or as a credential tells, or the default. */
  private Fqdn mefName(
      Optional<KeyIdentifier> kpmId,
      FactoryFile file,
      PointOfAccess where,
      Optional<FactoryCredentials> kept) {
    return named()
        .or(
            () ->
                kpmId.map(
                    id ->
                        known(kept, BootstrapCredential.class)
                            .filter(held -> held.id().equals(id))
                            .map(BootstrapCredential::mef)
                            .orElse(id.issuer())))
        .or(() -> file.subscription().map(FactoryFile.Subscription::mef))
        .orElseGet(() -> defaultName(where, kept));
  }

  /** As given, or as the vault has it for the same host, or the host. */
  private Fqdn defaultName(PointOfAccess where, Optional<FactoryCredentials> kept) {
    return named()
        .or(
            () ->
                known(kept, MefCredential.class)
                    .filter(held -> held.host().equals(where.host()))
                    .map(MefCredential::mef))
        .orElseGet(() -> texts().parsed("--mef-fqdn", where.host(), Fqdn::new));
  }

  private Optional<Fqdn> named() {
    return Optional.ofNullable(mefFqdn).map(name -> texts().parsed("--mef-fqdn", name, Fqdn::new));
  }

  /** In the vault's order, what is given in the place of what it replaces. */
  private FactoryCredentials joined(List<MefCredential> given, Optional<FactoryCredentials> kept) {
    MefCredential first = given.get(0);
    List<MefCredential> joining = new ArrayList<>(given);
    List<MefCredential> all = new ArrayList<>();
    for (MefCredential held : kept.map(k -> k.ofKind(MefCredential.class)).orElse(List.of())) {
      if (held.mef().equals(first.mef())) {
        MefCredential present = held.reachedAt(first.host(), first.port());
        MefCredential newer =
            given.stream().filter(one -> one.method() == held.method()).findFirst().orElse(present);
        if (newer == present || joining.removeIf(one -> one == newer)) {
          all.add(newer);
        }
      }
    }
    all.addAll(joining);
    FactoryCredentials inOrder = FactoryCredentials.of(all);
    return preferred(kept.map(inOrder::learntFrom).orElse(inOrder), !joining.isEmpty());
  }

  /**
   * @param joined whether a method is new, so that the vault's order says nothing of it
   */
  private FactoryCredentials preferred(FactoryCredentials credentials, boolean joined) {
    boolean isSingleKey = !(credentials.inUse() instanceof MefCredential);
    boolean isInOrder = !joined || !credentials.hasOthers();
    if (isSingleKey || (prefer == null && isInOrder)) {
      return credentials;
    }
    List<MefCredential> all = credentials.ofKind(MefCredential.class);
    List<MefCredential> sorted =
        prefer == null
            ? sorted(all, MethodOrder.DEFAULT)
            : texts().parsed("--prefer", prefer, text -> sorted(all, MethodOrder.parse(text)));
    return FactoryCredentials.of(sorted).learntFrom(credentials);
  }

  /**
   * The credentials of these methods in this order.
   *
   * @throws IllegalArgumentException if there is none
   */
  private static List<MefCredential> sorted(List<MefCredential> credentials, MethodOrder order) {
    List<MefCredential> sorted =
        credentials.stream()
            .filter(credential -> order.has(credential.method()))
            .sorted(Comparator.comparingInt(credential -> order.placeOf(credential.method())))
            .toList();
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("order: name a method that the node has a credential for");
    }
    return sorted;
  }

  private FactoryFile read() {
    if (factoryText != null) {
      return readText(factoryText);
    }
    if (factoryFile == null) {
      return FactoryFile.NONE;
    }
    FactoryFile file =
        texts().parsed("--factory-file", factoryFile.toString(), p -> FactoryFile.read(Path.of(p)));
    if (file.id().isPresent() && kpm.areGiven()) {
      throw texts().wrong("--factory-file: leave out --kpm-id and --kpm");
    }
    boolean isAnyGiven = publicKeys.areGiven() || usim.areGiven();
    if (file.isPreProvisioned() && !file.wantsKeyPair() && isAnyGiven) {
      throw texts().wrong("--factory-file: its key spares the node the MEF; give nothing with it");
    }
    return file;
  }

  private FactoryFile readText(String source) {
    if (kpm.areGiven() || factoryFile != null) {
      throw texts().wrong("--factory-text: leave out --kpm-id, --kpm and --factory-file");
    }
    FactoryText text = texts().parsed("--factory-text", source, FactoryTextSource::read);
    if (mef == null) {
      mef = text.mef().orElse(null);
    }
    return FactoryFile.of(text);
  }

  private PreProvisioned preProvisioned(FactoryFile file) {
    List<String> told =
        Stream.concat(
                file.configuration().registrarAccess().stream(),
                file.configuration().mafAccess().stream())
            .filter(poa -> poa.startsWith("coaps://"))
            .toList();
    if (mef == null && told.isEmpty()) {
      throw texts().wrong("--mef: give it, the factory file names no address");
    }
    PointOfAccess at =
        mef != null ? where() : texts().parsed("--factory-file", told.get(0), PointOfAccess::parse);
    return file.wantsKeyPair() ? keyPair(file, at) : file.preProvisioned(at.host(), at.port());
  }

  private PreProvisionedKeyPair keyPair(FactoryFile file, PointOfAccess at) {
    ClientConfiguration told = file.configuration();
    List<MefCredential> pairs =
        publicKeys.credentials(new MefPlace(PreProvisionedKeyPair.function(told), at));
    if (pairs.size() != 1 || kpm.areGiven() || usim.areGiven()) {
      throw texts()
          .wrong("--factory-file: it holds no key; give --certificate or --raw-key alone with it");
    }
    return new PreProvisionedKeyPair(pairs.get(0), told);
  }

  private PointOfAccess where(Optional<FactoryCredentials> kept) {
    return mef != null
        ? where()
        : kept.map(FactoryCredentials::inUse)
            .map(known -> new PointOfAccess(known.host(), known.port()))
            .orElseThrow(() -> texts().missing("--mef"));
  }

  private PointOfAccess where() {
    return texts().parsed("--mef", Objects.requireNonNull(mef), PointOfAccess::parse);
  }

  private OptionTexts texts() {
    return new OptionTexts(command);
  }
}
