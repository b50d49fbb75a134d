// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.identifier.KeyIdentifier;

/** The text of a QR code. */
class FactoryTextTest {
  private static final KeyIdentifier ID = KeyIdentifier.parse("a+b/c=@mef.sp.example.org");
  private static final String SECRET = "c2VjcmV0LXNlY3JldC0xMg";

  @Test
  void hasTheFormThatIsDocumented() {
    SecretKeyBytes key = SecretKeyBytes.copyOf(new byte[] {(byte) 0xfb, (byte) 0xff});

    assertThat(new FactoryText(ID, key, Optional.of("coaps://[::1]:5684")).text())
        .isEqualTo(
            "mooring:1?kpmid=a%2Bb%2Fc%3D%40mef.sp.example.org&kpm=-_8"
                + "&mef=coaps%3A%2F%2F%5B%3A%3A1%5D%3A5684");
    assertThat(new FactoryText(ID, key, Optional.empty()).text()).doesNotContain("mef=");
  }

  @Property(tries = 100)
  void isReadAsItWasWritten(@ForAll @Size(min = 1, max = 64) byte[] octets) {
    FactoryText given =
        new FactoryText(
            ID, SecretKeyBytes.copyOf(octets), Optional.of("coaps://in.example.org:5684"));

    assertThat(FactoryText.parse("\n" + given.text() + "\n")).isEqualTo(given);
  }

  @Test
  void takesEveryOrderAndWhatItDoesNotKnow() {
    FactoryText read =
        FactoryText.parse("mooring:1?later=1&kpm=" + SECRET + "&kpmid=a+b/c=@MEF.sp.example.org");

    assertThat(read.kpmId()).isEqualTo(ID);
    assertThat(read.mef()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mooring:2?kpmid=a@b.org&kpm=SECRET,give the text of a QR code",
    "SECRET,give the text of a QR code",
    "mooring:1?kpm=SECRET,give kpmid",
    "mooring:1?kpmid=a@b.org,give kpm",
    "mooring:1?kpmid=a@b.org&kpm=SECRET!,kpm: write",
    "mooring:1?kpmid=a@b.org&kpm=,kpm: write",
    "mooring:1?kpmid=SECRET&kpm=AA,kpmid: write",
    "mooring:1?kpmid=a@b.org&kpm=SECRET&kpm=AA,once",
    "mooring:1?kpmid=a@b.org&SECRET,name=value",
    "mooring:1?kpmid=a@b.org&kpm=%zzSECRET,two hex digits",
  })
  void namesWhatIsWrongAndNeverTheKey(String text, String remedy) {
    assertThatThrownBy(() -> FactoryText.parse(text.replace("SECRET", SECRET)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("factory text: ")
        .hasMessageContaining(remedy)
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void showsNoKey() {
    assertThat(FactoryText.parse("mooring:1?kpmid=a@b.org&kpm=" + SECRET))
        .hasToString("FactoryText[a@b.org]");
  }
}
