// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1RelativeOID;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.Test;

/** otherNames as Bouncy Castle writes them, and as the JDK hands them over. */
class OtherNameTest {
  private static final String TYPE = CertificateName.OfNode.NAME_TYPE;

  private static byte[] name(String type, ASN1Encodable value) {
    try {
      return new DERSequence(
              new ASN1Encodable[] {
                new ASN1ObjectIdentifier(type), new DERTaggedObject(true, 0, value)
              })
          .getEncoded("DER");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Property(tries = 200)
  void theTextComesBack(@ForAll @StringLength(max = 400) String text) {
    String sent = new String(text.getBytes(UTF_8), UTF_8);

    assertThat(OtherName.text(name(TYPE, new DERUTF8String(sent)), TYPE)).contains(sent);
  }

  @Test
  void aValueThatIsTaggedTwiceIsReadToo() {
    byte[] twice = name(TYPE, new DERTaggedObject(true, 0, new DERUTF8String("urn:uuid:1")));

    assertThat(OtherName.text(twice, TYPE)).contains("urn:uuid:1");
  }

  @Test
  void otherTypesAndOtherValuesAreNone() {
    assertThat(OtherName.text(name("1.3.6.1.5.5.7.8.4", new DERUTF8String("x")), TYPE)).isEmpty();
    assertThat(OtherName.text(name("2.25.1", new DERUTF8String("x")), TYPE)).isEmpty();
    assertThat(OtherName.text(name(TYPE, new DERIA5String("x")), TYPE)).isEmpty();
  }

  @Test
  void whatIsCutShortIsNone() {
    byte[] whole = name(TYPE, new DERUTF8String("urn:uuid:1"));

    for (int length = 0; length < whole.length; length++) {
      assertThat(OtherName.text(Arrays.copyOf(whole, length), TYPE)).isEmpty();
    }
  }

  @Test
  void anM2mDeviceIdIsReadAcrossTypeAndValue() {
    byte[] name = name("0.2.481.1", new ASN1RelativeOID("100.3030.10011"));

    assertThat(OtherName.hardwareId(name)).contains("0.2.481.1.100.3030.10011");
  }

  @Test
  void aHardwareModuleNameIsTypeAndSerialNumber() {
    byte[] name =
        name(
            OtherName.HARDWARE_MODULE_NAME,
            new DERSequence(
                new ASN1Encodable[] {
                  new ASN1ObjectIdentifier("1.3.6.1.4.1.32473.7"),
                  new DEROctetString(new byte[] {0, (byte) 0xC0, (byte) 0xFF, (byte) 0xEE})
                }));

    assertThat(OtherName.hardwareId(name)).contains("1.3.6.1.4.1.32473.7:00c0ffee");
    for (int length = 0; length < name.length; length++) {
      assertThat(OtherName.hardwareId(Arrays.copyOf(name, length))).isEmpty();
    }
  }

  @Test
  void aTextIsNoHardwareId() {
    assertThat(OtherName.hardwareId(name(TYPE, new DERUTF8String("urn:uuid:1")))).isEmpty();
  }
}
