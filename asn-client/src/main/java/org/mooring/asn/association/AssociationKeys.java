// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.association;

import java.util.NoSuchElementException;
import org.mooring.asn.vault.BootstrapCertificate;
import org.mooring.asn.vault.BootstrapRawKey;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.IssuedCertificate;
import org.mooring.asn.vault.MefCredential;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.PreProvisionedKeyPair;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.UsimCredential;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.dtls.CertificateCredential;
import org.mooring.common.dtls.CertificateIdentity;
import org.mooring.common.dtls.EndpointCredential;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.RawKeyPair;
import org.mooring.common.dtls.RawPublicKeyCredential;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;

/** Which key opens which session (TS-0003 clauses 8.2.2, 8.3.2.1 and 10.3.7). */
public final class AssociationKeys {
  private AssociationKeys() {}

  /**
   * What the node proves itself with to the MEF.
   *
   * @param rung that of the factory credential or of the issued certificate
   * @param tentative whether it is the next certificate, which was not used yet
   * @throws IllegalStateException if it never meets one
   * @throws NoSuchElementException if it has no such certificate
   */
  public static EndpointCredential towardMef(NodeState state, Rung rung, boolean tentative) {
    MefCredential factory = state.bootstrap();
    if (rung == Rung.CERTIFICATE) {
      IssuedCertificate issued =
          (tentative ? state.certificates().next() : state.certificates().current()).orElseThrow();
      return new CertificateCredential(
          issued.idAt(factory.mef()),
          new CertificateIdentity(CertificateKeys.decode(issued.key()), issued.chain()),
          issued.trusted());
    }
    if (factory instanceof UsimCredential) {
      HeldKey sessionKey = state.key(Rung.ENROLMENT).orElseThrow();
      return new PskCredential(sessionKey.id(), nafKey(sessionKey, factory.mef()));
    }
    return shown(factory);
  }

  private static EndpointCredential shown(MefCredential factory) {
    if (factory instanceof BootstrapCertificate certificate) {
      return new CertificateCredential(
          certificate.id(),
          new CertificateIdentity(CertificateKeys.decode(certificate.key()), certificate.chain()),
          certificate.trusted());
    }
    if (factory instanceof BootstrapRawKey raw) {
      return new RawPublicKeyCredential(
          raw.id(),
          new RawKeyPair(CertificateKeys.decode(raw.key()), raw.publicKey()),
          raw.server());
    }
    return new PskCredential(factory.id(), factory.secret().orElseThrow());
  }

  /**
   * What a rung opens sessions with at the function that it is for, the MAF or the registrar: the
   * certificate or public key that the node came with on this rung, else its key.
   *
   * @throws NoSuchElementException if the state has nothing on this rung
   */
  public static EndpointCredential opening(NodeState state, Rung rung) {
    return state.factory() instanceof PreProvisionedKeyPair pair && pair.rung() == rung
        ? shown(pair.shown())
        : of(state, rung);
  }

  /**
   * What a rung's key shows and proves to the function it is for: the MAF or the registrar.
   *
   * @throws NoSuchElementException if the state has no key on this rung
   */
  public static PskCredential of(NodeState state, Rung rung) {
    return switch (rung) {
      case BOOTSTRAP, CERTIFICATE ->
          throw new NoSuchElementException("the MEF has no key in common");
      case ENROLMENT -> {
        HeldKey held = state.key(Rung.ENROLMENT).orElseThrow();
        yield new PskCredential(held.id(), fromEnrolmentKey(state, held));
      }
      case MAF, ASSOCIATION -> {
        HeldKey held = state.key(rung).orElseThrow();
        yield new PskCredential(held.id(), held.key());
      }
    };
  }

  /** The same for the tentative key of a rung. */
  public static PskCredential ofTentative(NodeState state, Rung rung) {
    var tentative = state.keys().tentative(rung).orElseThrow();
    SecretKeyBytes key =
        rung == Rung.ENROLMENT ? usageConstrained(state, tentative.key()) : tentative.key();
    return new PskCredential(tentative.id(), key);
  }

  /** Km of the present Ke. */
  static SecretKeyBytes mafKey(NodeState state) {
    return fromEnrolmentKey(state, state.key(Rung.ENROLMENT).orElseThrow());
  }

  /** A Ks is known by its B-TID: what is derived of it is Km or Kpsa as it stands. */
  private static SecretKeyBytes fromEnrolmentKey(NodeState state, HeldKey enrolmentKey) {
    if (!TransactionId.isTransactionId(enrolmentKey.id())) {
      return usageConstrained(state, enrolmentKey.key());
    }
    ClientConfiguration configuration = state.configuration().orElseThrow();
    return nafKey(
        enrolmentKey,
        configuration.path() == EnrolmentPath.MAF
            ? configuration.maf()
            : configuration.registrarFqdn());
  }

  /** TS-0003 clause 8.3.2.3; a Ks came from the subscription with the IMPI. */
  private static SecretKeyBytes nafKey(HeldKey sessionKey, Fqdn function) {
    TransactionId transaction = TransactionId.parse(sessionKey.id().toString());
    return new NafId(function)
        .key(sessionKey.key(), transaction.rand(), new Impi(sessionKey.parent()));
  }

  private static SecretKeyBytes usageConstrained(NodeState state, SecretKeyBytes enrolmentKey) {
    ClientConfiguration configuration = state.configuration().orElseThrow();
    return configuration.path() == EnrolmentPath.MAF
        ? KeyLadder.usageConstrained(
            enrolmentKey, KeyUsage.PROVISIONED_FOR_MAF, configuration.maf())
        : KeyLadder.usageConstrained(
            enrolmentKey, KeyUsage.PROVISIONED_FOR_ASSOCIATION, configuration.registrarFqdn());
  }
}
