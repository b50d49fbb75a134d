// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mooring.common.file.PrivateFiles;

/**
 * The files of a CA, for their owner alone:
 *
 * <pre>
 * ca.crt  ca.key     its certificate and its private key (PKCS#8)
 * crl.pem            the newest revocation list
 * certificates/      what it issued, SERIAL.crt
 * revoked.csv        serial, time and reason of each revocation
 * </pre>
 */
final class PkiFolder {
  private static final String CERTIFICATE_SUFFIX = ".crt";

  private final Path path;

  PkiFolder(Path path) {
    this.path = path;
  }

  /** A certificate that ended before its time. */
  record Revocation(BigInteger serial, Instant at, RevocationReason reason) {}

  private Path caCertificate() {
    return path.resolve("ca.crt");
  }

  private Path caKey() {
    return path.resolve("ca.key");
  }

  Path revocationList() {
    return path.resolve("crl.pem");
  }

  private Path revocations() {
    return path.resolve("revoked.csv");
  }

  private Path certificates() {
    return path.resolve("certificates");
  }

  Path certificate(BigInteger serial) {
    return certificates().resolve(serial.toString(16) + CERTIFICATE_SUFFIX);
  }

  boolean hasAuthority() {
    return Files.exists(caCertificate());
  }

  /** Whether there is anything of a CA, so that a new one would destroy it. */
  boolean isTaken() {
    return hasAuthority() || Files.exists(caKey());
  }

  /** Runs something that reads and writes while no other process, and no other thread, does. */
  synchronized <T> T alone(Supplier<T> work) {
    try {
      PrivateFiles.createFolder(path);
      PrivateFiles.createFolder(certificates());
      try (FileChannel file =
              FileChannel.open(
                  path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = file.lock()) {
        return work.get();
      }
    } catch (IOException e) {
      throw new PkiException(path + ": can not be used (" + e.getMessage() + ")", e);
    }
  }

  /** The certificate comes last: with it there is a CA. */
  void keepAuthority(X509Certificate certificate, PrivateKey key) {
    write(caKey(), Pem.of(key));
    write(caCertificate(), Pem.of(certificate));
  }

  X509Certificate authority() {
    requireAuthority();
    return Pem.certificate(caCertificate());
  }

  PrivateKey authorityKey() {
    requireAuthority();
    try {
      if (PrivateFiles.isOpenToOthers(caKey())) {
        throw new PkiException(caKey() + ": is open to others; chmod 600 it");
      }
    } catch (IOException e) {
      throw new PkiException(caKey() + ": can not be read", e);
    }
    return Pem.key(caKey());
  }

  private void requireAuthority() {
    if (!hasAuthority()) {
      throw new PkiException(path + ": there is no CA here; 'pki init' makes one");
    }
  }

  void keep(X509Certificate issued) {
    write(certificate(issued.getSerialNumber()), Pem.of(issued));
  }

  /** The certificate that was issued with a serial number. */
  Optional<X509Certificate> issued(BigInteger serial) {
    requireAuthority();
    Path file = certificate(serial);
    return Files.exists(file) ? Optional.of(Pem.certificate(file)) : Optional.empty();
  }

  /** What was issued, in the order of serial numbers. */
  List<X509Certificate> issued() {
    requireAuthority();
    try (Stream<Path> files = Files.list(certificates())) {
      return files
          .filter(file -> file.toString().endsWith(CERTIFICATE_SUFFIX))
          .sorted()
          .map(Pem::certificate)
          .toList();
    } catch (IOException e) {
      throw new PkiException(certificates() + ": can not be read", e);
    }
  }

  List<Revocation> revoked() {
    if (!Files.exists(revocations())) {
      return List.of();
    }
    List<Revocation> revoked = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(revocations(), StandardCharsets.US_ASCII)) {
        String[] fields = line.split(",", -1);
        revoked.add(
            new Revocation(
                new BigInteger(fields[0], 16),
                Instant.parse(fields[1]),
                RevocationReason.of(fields[2]).orElseThrow()));
      }
    } catch (IOException | RuntimeException e) {
      throw new PkiException(revocations() + ": damaged; restore it from a copy", e);
    }
    return List.copyOf(revoked);
  }

  void keepRevoked(List<Revocation> revoked) {
    StringBuilder lines = new StringBuilder();
    for (Revocation one : revoked) {
      lines
          .append(one.serial().toString(16))
          .append(',')
          .append(one.at())
          .append(',')
          .append(one.reason().text())
          .append('\n');
    }
    write(revocations(), lines.toString().getBytes(StandardCharsets.US_ASCII));
  }

  Optional<X509CRL> list() {
    return Files.exists(revocationList())
        ? Optional.of(Pem.revocationList(revocationList()))
        : Optional.empty();
  }

  void keepList(X509CRL list) {
    write(revocationList(), Pem.of(list));
  }

  private static void write(Path file, byte[] content) {
    try {
      PrivateFiles.replace(file, content);
    } catch (IOException e) {
      throw new PkiException(file + ": can not be written", e);
    }
  }
}
