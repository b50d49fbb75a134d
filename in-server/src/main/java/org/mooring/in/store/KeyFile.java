// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.key.SecretKeyBytes;

/** A key-encryption key of 32 raw octets in a file of its own, readable by its owner only. */
final class KeyFile {
  private static final int OCTETS = 32;

  private final Path file;

  KeyFile(Path file) {
    this.file = file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /**
   * @throws StoreException if it cannot be read, is open to others or has another length
   */
  SecretKey read() {
    try {
      if (PrivateFiles.isOpenToOthers(file)) {
        throw new StoreException(
            "the key file " + file + " is open to other users: change its mode to 0600");
      }
      byte[] octets = Files.readAllBytes(file);
      try {
        if (octets.length != OCTETS) {
          throw new StoreException("the key file " + file + " does not hold 32 octets");
        }
        return new SecretKeySpec(octets, "AES");
      } finally {
        Arrays.fill(octets, (byte) 0);
      }
    } catch (IOException e) {
      throw new StoreException("cannot read the key file " + file, e);
    }
  }

  /** Writes a new random key, whole and on disk when this returns. */
  SecretKey create() {
    byte[] octets = SecretKeyBytes.random().toByteArray();
    try {
      PrivateFiles.replace(file, octets);
      return new SecretKeySpec(octets, "AES");
    } catch (IOException e) {
      throw new StoreException("cannot create the key file " + file, e);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
