// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;

/** What a node was given at the factory to prove itself, and thereby where its way begins. */
public enum FactoryKey {
  /** Kpm under KpmId: the node bootstraps at the MEF (TS-0003 clause 8.3.2.1). */
  KPM(Credential.Kind.KPM, FunctionRole.MEF),
  /** A certificate that the node shows to the MEF (TS-0003 clause 8.3.2.2). */
  CERTIFICATE(Credential.Kind.CERTIFICATE, FunctionRole.MEF),
  /** A public key that the node shows to the MEF without a certificate (the same clause). */
  PUBLIC_KEY(Credential.Kind.CERTIFICATE, FunctionRole.MEF),
  /** A USIM: the node bootstraps with the MEF as BSF (TS-0003 clause 8.3.2.3). */
  USIM(Credential.Kind.USIM, FunctionRole.MEF),
  /** Km under KmId: the node begins at the MAF (TS-0003 clause 8.8.3.1). */
  KM(Credential.Kind.KM, FunctionRole.MAF),
  /** Kpsa under KpsaId: the node begins at the CSE (TS-0003 clause 8.2.2.1). */
  KPSA(Credential.Kind.KPSA, FunctionRole.CSE);

  private final Credential.Kind kind;
  private final FunctionRole role;

  FactoryKey(Credential.Kind kind, FunctionRole role) {
    this.kind = kind;
    this.role = role;
  }

  /** The one that a pre-provisioned node on a path has. */
  public static FactoryKey preProvisioned(EnrolmentPath path) {
    return switch (path) {
      case MAF -> KM;
      case DIRECT -> KPSA;
    };
  }

  /** The one that a node has which enrols by a method. */
  public static FactoryKey of(EnrolmentMethod method) {
    return switch (method) {
      case PSK -> KPM;
      case CERTIFICATE -> CERTIFICATE;
      case RPK -> PUBLIC_KEY;
      case GBA -> USIM;
    };
  }

  public static Optional<FactoryKey> of(String text) {
    for (FactoryKey key : values()) {
      if (key.text().equals(text)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /** Its name as a member of orders and documents; that of its identifier ends in {@code Id}. */
  public String text() {
    return this == PUBLIC_KEY ? "publicKey" : name().toLowerCase(Locale.ROOT);
  }

  /** The name of its identifier as a member: of a subscription its IMPI. */
  public String idText() {
    return this == USIM ? "impi" : text() + "Id";
  }

  /** The names of its key as members: a USIM has two, K and OPc; none where it is not shared. */
  public List<String> keyTexts() {
    return switch (this) {
      case KPM, KM, KPSA -> List.of(text());
      case USIM -> List.of("usimK", "usimOpc");
      case CERTIFICATE, PUBLIC_KEY -> List.of();
    };
  }

  /** The members that tell this one from others. */
  public List<String> members() {
    List<String> members = new ArrayList<>(List.of(idText(), text()));
    members.addAll(keyTexts());
    return members;
  }

  /** The one path that a node with this key may take; empty where the MEF tells it. */
  public Optional<EnrolmentPath> path() {
    return switch (this) {
      case KPM, CERTIFICATE, PUBLIC_KEY, USIM -> Optional.empty();
      case KM -> Optional.of(EnrolmentPath.MAF);
      case KPSA -> Optional.of(EnrolmentPath.DIRECT);
    };
  }

  /** The method by which a node with it enrols; empty where it meets no MEF. */
  public Optional<EnrolmentMethod> method() {
    return switch (this) {
      case KPM -> Optional.of(EnrolmentMethod.PSK);
      case CERTIFICATE -> Optional.of(EnrolmentMethod.CERTIFICATE);
      case PUBLIC_KEY -> Optional.of(EnrolmentMethod.RPK);
      case USIM -> Optional.of(EnrolmentMethod.GBA);
      case KM, KPSA -> Optional.empty();
    };
  }

  /** Whether the node has everything else from the factory too. */
  public boolean isPreProvisioned() {
    return this == KM || this == KPSA;
  }

  /** Whether it opens the MAF or the CSE itself, to a node that knows all else without a MEF. */
  public boolean sparesTheMef() {
    return isPreProvisioned() || !isShared();
  }

  /** Whether the server holds the key too. */
  public boolean isShared() {
    return this != CERTIFICATE && this != PUBLIC_KEY;
  }

  Credential.Kind kind() {
    return kind;
  }

  FunctionRole role() {
    return role;
  }

  /**
   * Who issues its identifiers: the function that it is shared with (TS-0003 clause 10.6), of a
   * Kpsa whoever provisioned it (clause 10.5), by default the provider. An IMPI's realm is the
   * operator's, here the provider's where nobody says otherwise.
   */
  Fqdn issuer(ServiceProvider provider) {
    return switch (this) {
      case KPM, CERTIFICATE, PUBLIC_KEY -> provider.mef();
      case KM -> provider.maf();
      case KPSA, USIM -> provider.sp().fqdn();
    };
  }

  /** Whether an identifier may name another issuer. */
  boolean takesAnyIssuer() {
    return this == KPSA || this == USIM;
  }
}
