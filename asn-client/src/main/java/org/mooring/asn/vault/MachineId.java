// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.mooring.common.key.SecretKeyBytes;

/**
 * The sealing key computed of the machine's id and a salt: a folder copied to another machine does
 * not open there. Every user of the machine knows the id, so this is no protection in the sense of
 * TS-0003 clause 6.3.1.
 */
final class MachineId extends SecureEnvironment {
  static final String SALT = "vault.salt";

  /** Where a Linux machine tells its id, in the order of machine-id(5). */
  static final List<Path> FILES =
      List.of(Path.of("/etc/machine-id"), Path.of("/var/lib/dbus/machine-id"));

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  private final Path folder;
  private final List<Path> files;

  /**
   * @param files the first with an id counts
   */
  MachineId(Path folder, List<Path> files) {
    super(SealedBy.MACHINE_ID);
    this.folder = folder;
    this.files = List.copyOf(files);
  }

  @Override
  Seal create() {
    String id = read();
    return sealed(new VaultDirectory(folder).secretMade(SALT), id);
  }

  @Override
  Seal open(byte[] parameters) {
    String id = read();
    return sealed(new VaultDirectory(folder).secret(SALT), id);
  }

  private Seal sealed(SecretKeyBytes salt, String id) {
    try {
      return new Seal(sealedBy(), SealingKeys.ofMachine(salt, id));
    } finally {
      salt.destroy();
    }
  }

  private String read() {
    for (Path file : files) {
      try {
        String text = Files.readString(file).strip();
        if (ID.matcher(text).matches()) {
          return text;
        }
      } catch (IOException e) {
        // The next one may tell it.
      }
    }
    throw new VaultException(
        "vault: this machine has no id in " + files + "; give a --vault-key file:PATH instead");
  }
}
