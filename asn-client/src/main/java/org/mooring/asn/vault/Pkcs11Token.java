// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.spec.IvParameterSpec;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;
import org.mooring.common.key.SecretKeyBytes;

/**
 * A PKCS#11 token with its user logged in, and one AES key in it. It is used through the JDK's own
 * provider, which nothing else of this program loads.
 */
final class Pkcs11Token implements AutoCloseable {
  private static final String PROVIDER = "SunPKCS11";
  private static final String KEY_STORE = "PKCS11";
  private static final String AES = "AES";
  private static final int KEY_BITS = 256;

  /** CKM_AES_CBC of whole blocks: every token that has AES has it. */
  private static final String CIPHER = "AES/CBC/NoPadding";

  private static final int BLOCK_OCTETS = 16;
  private static final String CODE = "CKR_";
  private static final String PIN_CODE = "CKR_PIN_";

  private final Provider provider;
  private final KeyStore keys;
  private final String label;

  private Pkcs11Token(Provider provider, KeyStore keys, String label) {
    this.provider = provider;
    this.keys = keys;
    this.label = label;
  }

  /**
   * Logs in to the token.
   *
   * @param label the CKA_LABEL of the key
   * @throws PinRefusedException if the token refuses the PIN
   * @throws VaultException if the token is not there or can not be used
   */
  static Pkcs11Token open(TokenSettings settings, String label) {
    Provider provider = provider(settings, label);
    return new Pkcs11Token(provider, logIn(provider, settings), label);
  }

  private static Provider provider(TokenSettings settings, String label) {
    @Nullable Provider bare = Security.getProvider(PROVIDER);
    if (bare == null) {
      throw new VaultException(
          "vault: this Java runtime has no PKCS#11; use one with the module jdk.crypto.cryptoki");
    }
    if (!Files.isReadable(settings.library())) {
      throw new VaultException(
          "vault: " + settings.library() + " can not be read; give the token's --pkcs11-library");
    }
    try {
      return bare.configure(configuration(settings, label));
    } catch (IllegalArgumentException | ProviderException | UnsupportedOperationException e) {
      throw noToken(e);
    }
  }

  /**
   * In the words of SunPKCS11. The attributes are those of the key if it is made: it stays in the
   * token, which uses it but does not show it.
   */
  private static String configuration(TokenSettings settings, String label) {
    String slot =
        settings.slot() instanceof TokenSettings.Slot.Id id
            ? "slot = " + id.number()
            : "slotListIndex = 0";
    return """
        --name = mooring
        library = "%s"
        %s
        attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
          CKA_TOKEN = true
          CKA_PRIVATE = true
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
          CKA_ENCRYPT = true
          CKA_DECRYPT = false
          CKA_SIGN = false
          CKA_VERIFY = false
          CKA_WRAP = false
          CKA_UNWRAP = false
          CKA_LABEL = 0h%s
          CKA_ID = 0h%s
        }
        """
        .formatted(
            settings.library(),
            slot,
            HexFormat.of().formatHex(label.getBytes(StandardCharsets.US_ASCII)),
            TokenSettings.idFor(label));
  }

  private static KeyStore logIn(Provider provider, TokenSettings settings) {
    char[] pin = characters(settings.pin());
    try {
      KeyStore keys = KeyStore.getInstance(KEY_STORE, provider);
      keys.load(null, pin);
      return keys;
    } catch (GeneralSecurityException | ProviderException e) {
      throw noToken(e);
    } catch (IOException e) {
      throw refused(e);
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  private static char[] characters(SecretKeyBytes pin) {
    byte[] octets = pin.toByteArray();
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets));
    char[] characters = new char[decoded.remaining()];
    decoded.get(characters);
    Arrays.fill(octets, (byte) 0);
    Arrays.fill(decoded.array(), '\0');
    return characters;
  }

  private static VaultException refused(IOException e) {
    String code = code(e);
    return code.startsWith(PIN_CODE)
        ? new PinRefusedException(
            "vault: the token refuses the PIN ("
                + code
                + "); give the right --pkcs11-pin before the token locks itself",
            e)
        : noToken(e);
  }

  /**
   * What the token's key makes of a seed.
   *
   * @param seed a whole number of 16 octets
   * @return as many octets
   * @throws VaultException if the token has no such key, or one that it would give away
   */
  SecretKeyBytes answer(byte[] seed) {
    @Nullable Key key = find();
    if (key == null) {
      throw new VaultException(
          "vault: this token has no key "
              + label
              + "; put in the one that seals the vault, or give its --pkcs11-slot");
    }
    return encrypt(key, seed);
  }

  /** The same; the token makes the key if it has none of that label. */
  SecretKeyBytes answerOfKeyMade(byte[] seed) {
    @Nullable Key key = find();
    return encrypt(key == null ? make() : key, seed);
  }

  private @Nullable Key find() {
    try {
      return keys.getKey(label, null);
    } catch (GeneralSecurityException | ProviderException e) {
      throw noToken(e);
    }
  }

  private Key make() {
    try {
      KeyGenerator generator = KeyGenerator.getInstance(AES, provider);
      generator.init(KEY_BITS);
      return generator.generateKey();
    } catch (GeneralSecurityException | ProviderException e) {
      throw new VaultException(
          "vault: the token makes no AES key of 256 bits ("
              + code(e)
              + "); make one with its own tools and give its label as --pkcs11-key",
          e);
    }
  }

  private SecretKeyBytes encrypt(Key key, byte[] seed) {
    if (key.getEncoded() != null) {
      throw new VaultException(
          "vault: the token gives the key " + label + " away; use one that is sensitive");
    }
    try {
      Cipher cipher = Cipher.getInstance(CIPHER, provider);
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[BLOCK_OCTETS]));
      byte[] answer = cipher.doFinal(seed);
      try {
        return SecretKeyBytes.copyOf(answer);
      } finally {
        Arrays.fill(answer, (byte) 0);
      }
    } catch (GeneralSecurityException | ProviderException e) {
      throw new VaultException(
          "vault: the token does not encrypt with the key " + label + " (" + code(e) + ")", e);
    }
  }

  private static VaultException noToken(Exception e) {
    return new VaultException(
        "vault: no PKCS#11 token can be used ("
            + code(e)
            + "); put it in, and see to --pkcs11-library and --pkcs11-slot",
        e);
  }

  /** What the token's module said. */
  private static String code(Exception e) {
    @Nullable String code = null;
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (code == null || message.startsWith(CODE)) {
        code = message;
      }
    }
    return String.valueOf(code);
  }

  /** Logs out: the token's key can not be used any more. */
  @Override
  public void close() {
    try {
      ((AuthProvider) provider).logout();
    } catch (LoginException | ProviderException e) {
      throw noToken(e);
    }
  }
}
