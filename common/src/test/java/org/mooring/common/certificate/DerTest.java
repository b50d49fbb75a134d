// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.Test;

/** DER held against Bouncy Castle's. */
class DerTest {
  @Property(tries = 300)
  void objectIdentifiersAreWrittenAndReadAsBouncyCastleDoes(
      @ForAll @IntRange(max = 2) int first,
      @ForAll @IntRange(max = 39) int second,
      @ForAll @Size(max = 6) List<@IntRange(min = 0) Integer> more,
      @ForAll byte[] large)
      throws IOException {
    StringBuilder dotted = new StringBuilder(first + "." + second);
    more.forEach(arc -> dotted.append('.').append(arc));
    dotted.append('.').append(new BigInteger(1, large));

    byte[] written = DerWriter.objectIdentifier(dotted.toString());

    assertThat(written).isEqualTo(new ASN1ObjectIdentifier(dotted.toString()).getEncoded("DER"));
    assertThat(DerReader.of(written).objectIdentifier()).isEqualTo(dotted.toString());
  }

  @Property(tries = 100)
  void stringsOfAnyLengthAreWrittenAsBouncyCastleDoes(
      @ForAll @Size(max = 70_000) byte[] octets, @ForAll String text) throws IOException {
    String sent = new String(text.getBytes(UTF_8), UTF_8);

    assertThat(DerWriter.octetString(octets)).isEqualTo(new DEROctetString(octets).getEncoded());
    assertThat(DerWriter.bitString(octets)).isEqualTo(new DERBitString(octets).getEncoded("DER"));
    assertThat(DerWriter.utf8String(sent)).isEqualTo(new DERUTF8String(sent).getEncoded());
  }

  @Test
  void elementsAreReadOneAfterTheOther() throws IOException {
    byte[] pair =
        new DERSequence(
                new ASN1Encodable[] {
                  new DERUTF8String("passed over"), new ASN1ObjectIdentifier("1.2.3")
                })
            .getEncoded();

    DerReader content = DerReader.of(pair).sequence();
    content.skip();

    assertThat(content.objectIdentifier()).isEqualTo("1.2.3");
    assertThat(content.hasNext()).isFalse();
    assertThatThrownBy(content::skip).isInstanceOf(IllegalArgumentException.class);
  }
}
