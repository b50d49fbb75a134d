// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.pki;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.in.pki.PkiFolder.Revocation;

/**
 * A provider's CA: signs certificates for the names of one domain, and says which of them ended
 * before their time. Each change is on disk when a method returns, and stands alone: several
 * processes may use one folder.
 */
public final class CertificateAuthority {
  private static final int SERIAL_BITS = 127;

  private final PkiFolder folder;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  private CertificateAuthority(PkiFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** The CA in a folder; whether there is one shows with the first use. */
  public static CertificateAuthority in(Path folder, InstantSource clock) {
    return new CertificateAuthority(new PkiFolder(folder), clock);
  }

  /**
   * A certificate that was issued.
   *
   * @param chain from it to the CA's
   */
  public record Issued(List<X509Certificate> chain) {
    public Issued {
      chain = List.copyOf(chain);
    }

    public X509Certificate certificate() {
      return chain.get(0);
    }

    /** As a PEM file. */
    public byte[] toPem() {
      return Pem.of(chain.toArray(X509Certificate[]::new));
    }
  }

  /**
   * What the CA knows of a certificate.
   *
   * @param revoked why it ended before its time; empty while it did not
   */
  public record Standing(X509Certificate certificate, Optional<RevocationReason> revoked) {}

  /**
   * Makes the CA with its key and a first, empty revocation list.
   *
   * @param domain it signs for names in this domain alone (TS-0003 clause 8.1.2.2)
   * @param name its common name
   * @throws PkiException if the folder has a CA or can not be written
   */
  public X509Certificate init(Fqdn domain, String name, Duration lifetime, Duration listLifetime) {
    return folder.alone(
        () -> {
          if (folder.isTaken()) {
            throw new PkiException("there is a CA here already; name another folder");
          }
          KeyPair keys = EcKeys.generate();
          Instant now = now();
          X509Certificate certificate =
              Signer.selfSigned(
                  keys, new CaProfile(domain, name), newSerial(), now, now.plus(lifetime));
          folder.keepAuthority(certificate, keys.getPrivate());
          writeList(List.of(), listLifetime);
          return certificate;
        });
  }

  /** The domain that the CA signs for. */
  public Fqdn domain() {
    return CaProfile.domainOf(folder.authority());
  }

  /** The CA's own certificate, which relying parties trust. */
  public X509Certificate certificate() {
    return folder.authority();
  }

  /**
   * Issues a certificate.
   *
   * @param key on secp256r1
   * @param lifetime cut to that of the CA
   * @throws PkiException if the name lies outside the CA's domain, the key on another curve, or
   *     there is no CA
   */
  public Issued issue(CertificateSubject subject, PublicKey key, Duration lifetime) {
    EcKeys.require(key);
    return folder.alone(
        () -> {
          X509Certificate authority = folder.authority();
          Instant now = now();
          Instant end = earlier(now.plus(lifetime), authority.getNotAfter().toInstant());
          if (!end.isAfter(now)) {
            throw new PkiException("the CA has expired; 'pki init' in another folder makes one");
          }
          CaProfile.requireInDomain(authority, subject);
          X509Certificate certificate =
              signer(authority).certificate(subject, key, newSerial(), now, end);
          folder.keep(certificate);
          return new Issued(List.of(certificate, authority));
        });
  }

  /**
   * Issues a certificate for the key of a request whose sender proved to hold it; the names it asks
   * for do not count.
   *
   * @throws PkiException if the proof does not hold, and as {@link #issue}
   */
  public Issued issueFor(Path request, CertificateSubject subject, Duration lifetime) {
    return issue(subject, EcKeys.ofRequest(Pem.request(request)), lifetime);
  }

  /** A certificate with a key pair made here. */
  public record WithKey(Issued issued, PrivateKey key) {
    /** The key as a PEM file (PKCS#8). */
    public byte[] keyToPem() {
      return Pem.of(key);
    }
  }

  /** Issues a certificate for a key pair that is made here and kept nowhere. */
  public WithKey issueWithKey(CertificateSubject subject, Duration lifetime) {
    KeyPair keys = EcKeys.generate();
    return new WithKey(issue(subject, keys.getPublic(), lifetime), keys.getPrivate());
  }

  /**
   * Revokes a certificate and publishes a new list. Again for a revoked one, only the list is new.
   *
   * @throws PkiException if the CA issued none with this serial number
   */
  public X509CRL revoke(BigInteger serial, RevocationReason reason, Duration listLifetime) {
    return folder.alone(
        () -> {
          if (folder.issued(serial).isEmpty()) {
            throw new PkiException(
                "serial: " + serial.toString(16) + " is none of this CA; 'pki list' shows them");
          }
          List<Revocation> revoked = new ArrayList<>(folder.revoked());
          if (revoked.stream().noneMatch(one -> one.serial().equals(serial))) {
            revoked.add(new Revocation(serial, now(), reason));
            folder.keepRevoked(revoked);
          }
          return writeList(revoked, listLifetime);
        });
  }

  /** The serial number of the first certificate in a file. */
  public static BigInteger serialOf(Path certificate) {
    return Pem.certificate(certificate).getSerialNumber();
  }

  /** Publishes the revocation list anew, before the last one ends. */
  public X509CRL renewList(Duration listLifetime) {
    return folder.alone(() -> writeList(folder.revoked(), listLifetime));
  }

  /** Where the newest revocation list stands. */
  public Path list() {
    return folder.revocationList();
  }

  /** What was issued, with what became of it. */
  public List<Standing> issued() {
    List<Revocation> revoked = folder.revoked();
    return folder.issued().stream().map(certificate -> standing(certificate, revoked)).toList();
  }

  /** What became of a certificate; empty if the CA issued none like it. */
  public Optional<Standing> standing(X509Certificate certificate) {
    return folder
        .issued(certificate.getSerialNumber())
        .filter(certificate::equals)
        .map(issued -> standing(issued, folder.revoked()));
  }

  private static Standing standing(X509Certificate certificate, List<Revocation> revoked) {
    return new Standing(
        certificate,
        revoked.stream()
            .filter(one -> one.serial().equals(certificate.getSerialNumber()))
            .map(Revocation::reason)
            .findFirst());
  }

  /**
   * Makes sure that the CA can sign.
   *
   * @throws PkiException if there is none, or its key can not be read or used
   */
  public void requireUsable() {
    var unused = signer(folder.authority());
  }

  private X509CRL writeList(List<Revocation> revoked, Duration lifetime) {
    X509Certificate authority = folder.authority();
    BigInteger number =
        folder.list().map(last -> Signer.numberOf(last).add(BigInteger.ONE)).orElse(BigInteger.ONE);
    Instant now = now();
    X509CRL list = signer(authority).list(revoked, number, now, now.plus(lifetime));
    folder.keepList(list);
    return list;
  }

  private Signer signer(X509Certificate authority) {
    PrivateKey key = folder.authorityKey();
    try {
      return new Signer(authority, key);
    } catch (GeneralSecurityException e) {
      throw new PkiException("the CA's key can not be used", e);
    }
  }

  private BigInteger newSerial() {
    return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
  }

  /** X.509 knows whole seconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
