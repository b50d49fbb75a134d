// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A node's key pair on secp256r1 without a certificate, in PEM files.
 *
 * @param pair both keys, as the node takes them
 * @param publicKey the public one alone
 */
public record RawKey(Path pair, Path publicKey) {
  private static final int LINE = 64;

  /**
   * Where one stands.
   *
   * @param name its files' without {@code .pem} and {@code .pub}
   */
  public static RawKey at(Path name) {
    return new RawKey(
        name.resolveSibling(name.getFileName() + ".pem"),
        name.resolveSibling(name.getFileName() + ".pub"));
  }

  /**
   * Makes one.
   *
   * @param name its files' without {@code .pem} and {@code .pub}
   */
  public static RawKey generate(Path name) {
    RawKey made = at(name);
    KeyPair keys = newPair();
    String publicKey = pem("PUBLIC KEY", keys.getPublic().getEncoded());
    try {
      Files.writeString(made.publicKey, publicKey);
      Files.writeString(made.pair, pem("PRIVATE KEY", keys.getPrivate().getEncoded()) + publicKey);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": can not be written", e);
    }
  }

  private static KeyPair newPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("elliptic curves are missing from this Java runtime", e);
    }
  }

  private static String pem(String kind, byte[] octets) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(octets));
  }

  /**
   * The options of {@code run} that name it, at the default MEF.
   *
   * @param trust those by which the MEF is known
   */
  public List<String> options(String... trust) {
    List<String> options =
        new ArrayList<>(List.of("--raw-key", pair.toString(), "--mef-fqdn", "mef.sp.example.org"));
    options.addAll(List.of(trust));
    return options;
  }
}
