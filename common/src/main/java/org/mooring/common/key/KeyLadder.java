// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.GroupDevice;
import org.mooring.common.identifier.RelativeKeyId;

/**
 * Every derivation of the key hierarchy.
 *
 * <pre>
 * Kpm or certificate ── MEF session, exporter BOOTSTRAP  ─→ KeId ‖ Ke
 * Ke  ── usage 21, MAF-FQDN ─→ Km      Ke ── usage 22, FQDN of the CSE ─→ Kpsa
 * Km  ── MAF session, exporter CONNECTION ─→ KcId ‖ Kc
 * Group key ── group name, device id ─→ Kpm
 * Ks (USIM) ── TS 33.220 annex B, FQDN of the MEF, MAF or CSE ─→ Ks_NAF, as Km or Kpsa
 * Token secret ── App-ID, App-Inst-ID ─→ A      Km ── A, KaRel ─→ Ka
 * </pre>
 */
public final class KeyLadder {
  /** Octets to ask of the exporter: identifier, then key. */
  public static final int EXPORTED_LENGTH = RelativeKeyId.OCTETS + SecretKeyBytes.DERIVED_LENGTH;

  private static final byte[] USAGE_CONSTRAINED_LABEL =
      "oneM2M Enrolment Key to Usage-Constrained Symmetric Key derivation"
          .getBytes(StandardCharsets.US_ASCII);

  private static final byte[] GROUP_DEVICE_LABEL =
      "mooring group device v1".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] APPLICATION_INSTANCE_LABEL =
      "mooring app instance v1".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] APPLICATION_KEY_LABEL =
      "mooring application key v1".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] APPLICATION_PROOF_LABEL =
      "mooring app proof v1".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] SEPARATOR = {0};

  /** FC of the key derivation function for GBA (TS 33.220 annex B.3). */
  private static final byte GBA_FUNCTION_CODE = 0x01;

  private static final byte[] GBA_ME = "gba-me".getBytes(StandardCharsets.US_ASCII);

  private KeyLadder() {}

  /** The exporter's labels (TS-0003 clause 10.3.1); no context value goes with them. */
  public enum ExporterLabel {
    /** In a MEF session: KeId and Ke. */
    BOOTSTRAP("EXPORTER-oneM2M-Bootstrap"),
    /** In a MAF session: KcId and Kc. */
    CONNECTION("EXPORTER-oneM2M-Connection");

    private final String text;

    ExporterLabel(String text) {
      this.text = text;
    }

    /** The label as RFC 5705 takes it, ASCII without a terminator. */
    public String text() {
      return text;
    }
  }

  /**
   * Splits exported key material (TS-0003 clause 10.3.1): octets 0 to 15 are the identifier, 16 to
   * 47 the key.
   *
   * @param material {@link #EXPORTED_LENGTH} octets, wiped here
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static ExportedKey split(byte[] material) {
    if (material.length != EXPORTED_LENGTH) {
      throw new IllegalArgumentException("exported material: give 48 octets");
    }
    byte[] key = Arrays.copyOfRange(material, RelativeKeyId.OCTETS, EXPORTED_LENGTH);
    try {
      RelativeKeyId id = RelativeKeyId.of(Arrays.copyOf(material, RelativeKeyId.OCTETS));
      return new ExportedKey(id, SecretKeyBytes.copyOf(key));
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(material, (byte) 0);
    }
  }

  /**
   * The usage-constrained key (TS-0003 clause 10.3.7): {@code HMAC-SHA-256(Ke, label ‖ SUID ‖
   * UTF8(NFKC(target)))}. With usage 21 and a MAF-FQDN it is Km, with usage 22 and the FQDN of a
   * CSE it is Kpsa.
   *
   * @return 32 octets
   */
  public static SecretKeyBytes usageConstrained(
      SecretKeyBytes enrolmentKey, KeyUsage usage, Fqdn target) {
    // A domain name is ASCII, and so its own NFKC and UTF-8.
    return hmac(
        enrolmentKey,
        USAGE_CONSTRAINED_LABEL,
        usage.octets(),
        target.value().getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The Kpm of a device of a group. No standard has such a derivation; this one is ours:
   *
   * <pre>
   * Kpm = HMAC-SHA-256(group key, "mooring group device v1" ‖ 0x00 ‖ group name ‖ 0x00 ‖ device id)
   * </pre>
   *
   * <p>All three texts are ASCII and none holds a zero octet, so that no two devices share an
   * input. Whoever has one Kpm learns nothing of the group key or of another device's.
   *
   * @param groupKey at least 16 octets, or each derived key is as weak
   * @return 32 octets
   */
  public static SecretKeyBytes groupDevice(SecretKeyBytes groupKey, GroupDevice device) {
    return hmac(
        groupKey,
        GROUP_DEVICE_LABEL,
        SEPARATOR,
        device.group().value().getBytes(StandardCharsets.US_ASCII),
        SEPARATOR,
        device.device().value().getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * A, what the application registry has of an instance's key. No standard has a derivation of
   * application keys; these are ours:
   *
   * <pre>
   * A = HMAC-SHA-256(token secret, "mooring app instance v1" ‖ 0x00 ‖ App-ID ‖ 0x00 ‖ App-Inst-ID)
   * </pre>
   *
   * <p>Both identifiers are ASCII and neither holds a zero octet, so that no two instances share an
   * input.
   *
   * @return 32 octets, worth nothing without Km
   */
  public static SecretKeyBytes applicationInstance(
      SecretKeyBytes tokenSecret, AppId application, AppInstanceId instance) {
    return hmac(
        tokenSecret,
        APPLICATION_INSTANCE_LABEL,
        SEPARATOR,
        ascii(application.value()),
        SEPARATOR,
        ascii(instance.value()));
  }

  /**
   * Ka, the key of one application instance on one node:
   *
   * <pre>
   * Ka = HMAC-SHA-256(Km, "mooring application key v1" ‖ 0x00 ‖ A ‖ KaRel)
   * </pre>
   *
   * <p>KaRel, 16 random octets, is what stands before the {@code @} of KaId in hex, so that a key
   * that follows a revoked one is another.
   *
   * @param masterKey Km of the node that runs the instance
   * @param instanceKey A, 32 octets
   * @return 32 octets
   */
  public static SecretKeyBytes applicationKey(
      SecretKeyBytes masterKey, SecretKeyBytes instanceKey, RelativeKeyId relative) {
    byte[] a = instanceKey.toByteArray();
    try {
      return hmac(
          masterKey,
          APPLICATION_KEY_LABEL,
          SEPARATOR,
          a,
          HexFormat.of().parseHex(relative.value()));
    } finally {
      Arrays.fill(a, (byte) 0);
    }
  }

  /**
   * The proof that an application has its token's secret, for one instance and one session:
   *
   * <pre>
   * prf = HMAC-SHA-256(token secret, "mooring app proof v1" ‖ 0x00 ‖ channel binding ‖ App-ID ‖ 0x00
   *   ‖ App-Inst-ID)
   * </pre>
   */
  public static ApplicationProof applicationProof(
      SecretKeyBytes tokenSecret,
      ChannelBinding session,
      AppId application,
      AppInstanceId instance) {
    return ApplicationProof.of(
        mac(
            tokenSecret,
            APPLICATION_PROOF_LABEL,
            SEPARATOR,
            session.octets(),
            ascii(application.value()),
            SEPARATOR,
            ascii(instance.value())));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The NAF-specific key of GBA_ME (TS 33.220 annex B.3): {@code Ks_NAF = HMAC-SHA-256(Ks, 01 ‖
   * "gba-me" ‖ L0 ‖ RAND ‖ L1 ‖ IMPI ‖ L2 ‖ NAF_Id ‖ L3)}, each L the length in octets of what
   * stands before it, in two octets. It is Km or Kpsa as it stands (TS-0003 clause 8.3.2.3).
   *
   * @param sessionKey Ks
   * @param rand the challenge of the bootstrapping, 16 octets
   * @param impi the subscription's identity
   * @param nafId FQDN and Ua security protocol identifier (TS 33.220 clause 4.5.3)
   * @return 32 octets
   */
  public static SecretKeyBytes nafSpecific(
      SecretKeyBytes sessionKey, byte[] rand, String impi, byte[] nafId) {
    byte[] user = impi.getBytes(StandardCharsets.UTF_8);
    return hmac(
        sessionKey,
        new byte[] {GBA_FUNCTION_CODE},
        GBA_ME,
        lengthOf(GBA_ME),
        rand,
        lengthOf(rand),
        user,
        lengthOf(user),
        nafId,
        lengthOf(nafId));
  }

  private static byte[] lengthOf(byte[] parameter) {
    return new byte[] {(byte) (parameter.length >> Byte.SIZE), (byte) parameter.length};
  }

  private static SecretKeyBytes hmac(SecretKeyBytes key, byte[]... message) {
    byte[] derived = mac(key, message);
    try {
      return SecretKeyBytes.copyOf(derived);
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }

  private static byte[] mac(SecretKeyBytes key, byte[]... message) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(key.toSecretKey("HmacSHA256"));
      for (byte[] part : message) {
        hmac.update(part);
      }
      return hmac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is missing from this Java runtime", e);
    }
  }
}
