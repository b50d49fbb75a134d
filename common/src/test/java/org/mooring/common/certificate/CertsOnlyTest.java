// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** certs-only objects that {@code openssl crl2pkcs7} wrote, and our own. */
class CertsOnlyTest {
  private static byte[] file(String name) {
    try (InputStream content =
        Objects.requireNonNull(CertsOnlyTest.class.getResourceAsStream(name))) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatOpenSslWroteIsRead() {
    assertThat(CertsOnly.read(file("one.p7"))).hasSize(1);
    assertThat(CertsOnly.read(file("two.p7"))).hasSize(2);
  }

  @Test
  void whatIsWrittenComesBack() {
    List<X509Certificate> two = CertsOnly.read(file("two.p7"));

    assertThat(CertsOnly.read(CertsOnly.write(two))).containsExactlyInAnyOrderElementsOf(two);
  }

  @Test
  void oneGoesBareToo() {
    List<X509Certificate> two = CertsOnly.read(file("two.p7"));

    assertThat(CertsOnly.single(two.subList(0, 1))).startsWith(0x30, 0x82);
    assertThatThrownBy(() -> CertsOnly.single(two)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsCutShortOrEmptyIsRefused() {
    byte[] whole = file("one.p7");

    for (int length = 0; length < whole.length; length += 13) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> CertsOnly.read(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> CertsOnly.read(CertsOnly.write(List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
