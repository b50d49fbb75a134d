// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revocation lists in a file, PEM or DER, read again when the file is replaced. While the new
 * one can not be read the old one counts, until it ends.
 */
public final class RevocationLists implements Supplier<Optional<Collection<X509CRL>>> {
  private static final Logger LOG = LoggerFactory.getLogger(RevocationLists.class);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private FileTime modified;
  private Collection<X509CRL> lists;
  private long looked = System.nanoTime();

  private RevocationLists(Path file, FileTime modified, Collection<X509CRL> lists) {
    this.file = file;
    this.modified = modified;
    this.lists = lists;
  }

  /**
   * Reads the file for the first time.
   *
   * @throws IllegalArgumentException if it has no revocation list
   */
  public static RevocationLists in(Path file) {
    try {
      FileTime modified = Files.getLastModifiedTime(file);
      return new RevocationLists(file, modified, read(file));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(file + ": give a file with a revocation list", e);
    }
  }

  @Override
  public synchronized Optional<Collection<X509CRL>> get() {
    long now = System.nanoTime();
    if (now - looked >= LOOK_AGAIN_NANOS) {
      looked = now;
      lookAgain();
    }
    return Optional.of(lists);
  }

  private void lookAgain() {
    try {
      FileTime newest = Files.getLastModifiedTime(file);
      if (!newest.equals(modified)) {
        lists = read(file);
        modified = newest;
        LOG.info("read the revocation list {} again", file);
      }
    } catch (IOException | GeneralSecurityException e) {
      LOG.warn("the revocation list {} can not be read; the one before counts", file, e);
    }
  }

  private static Collection<X509CRL> read(Path file) throws IOException, GeneralSecurityException {
    try (InputStream content = Files.newInputStream(file)) {
      Collection<? extends CRL> read =
          CertificateFactory.getInstance("X.509").generateCRLs(content);
      List<X509CRL> lists = read.stream().map(X509CRL.class::cast).toList();
      if (lists.isEmpty()) {
        throw new IOException("no revocation list");
      }
      return lists;
    }
  }
}
