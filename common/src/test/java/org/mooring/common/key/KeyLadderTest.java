// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.DeviceId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.GroupDevice;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.vectors.Vectors;

class KeyLadderTest {
  private static final HexFormat HEX = HexFormat.of();

  static List<Vectors.Row> exporter() {
    return Vectors.rows("key-ladder-vectors.json", "exporter");
  }

  static List<Vectors.Row> usageConstrained() {
    return Vectors.rows("key-ladder-vectors.json", "usageConstrained");
  }

  static List<Vectors.Row> groupDevice() {
    return Vectors.rows("key-ladder-vectors.json", "groupDevice");
  }

  static List<Vectors.Row> application() {
    return Vectors.rows("key-ladder-vectors.json", "application");
  }

  @ParameterizedTest
  @MethodSource("exporter")
  void exportedOctetsAreSplitIntoIdentifierAndKey(Vectors.Row row) throws Exception {
    ExporterLabel label = ExporterLabel.valueOf(row.get("label"));
    assertThat(label.text()).isEqualTo(row.get("text"));
    byte[] seed = concat(ascii(label.text()), hex(row, "client"), hex(row, "server"));

    byte[] material = pSha256(hex(row, "master"), seed, KeyLadder.EXPORTED_LENGTH);
    ExportedKey exported = KeyLadder.split(material);

    assertThat(exported.id().value()).isEqualTo(row.get("id"));
    assertThat(exported.key().toByteArray()).isEqualTo(hex(row, "key"));
    assertThat(material).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("usageConstrained")
  void aUsageConstrainedKeyIsWhatTheVectorSays(Vectors.Row row) {
    SecretKeyBytes enrolmentKey = SecretKeyBytes.copyOf(hex(row, "ke"));
    KeyUsage usage = KeyUsage.of(row.number("suid")).orElseThrow();

    SecretKeyBytes key =
        KeyLadder.usageConstrained(enrolmentKey, usage, new Fqdn(row.get("target")));

    assertThat(key.toByteArray()).isEqualTo(hex(row, "key"));
  }

  /** The vectors were made with Python's hmac and agree with OpenSSL's. */
  @ParameterizedTest
  @MethodSource("groupDevice")
  void aDeviceOfAGroupHasTheKeyThatTheVectorSays(Vectors.Row row) {
    GroupDevice device =
        new GroupDevice(new GroupName(row.get("group")), new DeviceId(row.get("device")));

    SecretKeyBytes key = KeyLadder.groupDevice(SecretKeyBytes.copyOf(hex(row, "groupKey")), device);

    assertThat(key.toByteArray()).isEqualTo(hex(row, "key"));
  }

  /** The vectors were made with Python's hmac and agree with OpenSSL's. */
  @ParameterizedTest
  @MethodSource("application")
  void anApplicationInstanceHasTheKeysAndTheProofThatTheVectorSays(Vectors.Row row) {
    SecretKeyBytes secret = SecretKeyBytes.copyOf(hex(row, "secret"));
    AppId app = new AppId(row.get("app"));
    AppInstanceId instance = new AppInstanceId(row.get("instance"));
    SecretKeyBytes km = SecretKeyBytes.copyOf(hex(row, "km"));

    SecretKeyBytes a = KeyLadder.applicationInstance(secret, app, instance);
    SecretKeyBytes ka = KeyLadder.applicationKey(km, a, new RelativeKeyId(row.get("kaRel")));
    ApplicationProof proof =
        KeyLadder.applicationProof(secret, ChannelBinding.of(hex(row, "binding")), app, instance);

    assertThat(a.toByteArray()).isEqualTo(hex(row, "a"));
    assertThat(ka.toByteArray()).isEqualTo(hex(row, "ka"));
    assertThat(proof.toByteArray()).isEqualTo(hex(row, "prf"));
    assertThat(proof)
        .isEqualTo(ApplicationProof.of(hex(row, "prf")))
        .isNotEqualTo(ApplicationProof.of(hex(row, "a")))
        .hasToString("ApplicationProof[32 octets]");
  }

  @Test
  void proofsAndChannelBindingsHaveOneLength() {
    for (int octets : new int[] {0, 31, 33}) {
      assertThatThrownBy(() -> ApplicationProof.of(new byte[octets]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ChannelBinding.of(new byte[octets]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void usageAndTargetBothSeparateKeys() {
    SecretKeyBytes ke = SecretKeyBytes.random();
    Fqdn maf = new Fqdn("maf.example.com");
    SecretKeyBytes km = KeyLadder.usageConstrained(ke, KeyUsage.PROVISIONED_FOR_MAF, maf);

    assertThat(KeyLadder.usageConstrained(ke, KeyUsage.PROVISIONED_FOR_ASSOCIATION, maf))
        .isNotEqualTo(km);
    assertThat(
            KeyLadder.usageConstrained(
                ke, KeyUsage.PROVISIONED_FOR_MAF, new Fqdn("maf2.example.com")))
        .isNotEqualTo(km);
    assertThat(
            KeyLadder.usageConstrained(
                ke, KeyUsage.PROVISIONED_FOR_MAF, new Fqdn("MAF.example.com")))
        .isEqualTo(km);
  }

  @Test
  void materialOfAnotherLengthIsNotSplit() {
    assertThatThrownBy(() -> KeyLadder.split(new byte[47]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> KeyLadder.split(new byte[49]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void usagesTellTheirFunctionAndTheirNumberOfTargets() {
    assertThat(KeyUsage.of(21)).hasValue(KeyUsage.PROVISIONED_FOR_MAF);
    assertThat(KeyUsage.of(20)).isEmpty();
    assertThat(KeyUsage.of(31)).isEmpty();
    assertThat(KeyUsage.PROVISIONED_FOR_ASSOCIATION.isOfMef()).isTrue();
    assertThat(KeyUsage.DISTRIBUTED_FOR_ASSOCIATION.isOfMef()).isFalse();
    assertThat(KeyUsage.DISTRIBUTED_FOR_ESPRIM.hasSingleTarget()).isTrue();
    assertThat(KeyUsage.DISTRIBUTED_FOR_ESDATA.hasSingleTarget()).isFalse();
  }

  /** P_SHA256 of RFC 5246 clause 5, written out to check the ladder against another hand. */
  private static byte[] pSha256(byte[] secret, byte[] seed, int length)
      throws GeneralSecurityException {
    Mac hmac = Mac.getInstance("HmacSHA256");
    hmac.init(new SecretKeySpec(secret, "HmacSHA256"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] a = seed;
    while (out.size() < length) {
      a = hmac.doFinal(a);
      out.writeBytes(hmac.doFinal(concat(a, seed)));
    }
    return Arrays.copyOf(out.toByteArray(), length);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hex(Vectors.Row row, String column) {
    return HEX.parseHex(row.get(column));
  }
}
