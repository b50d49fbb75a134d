// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.vectors.Vectors;

/** Certification requests, held against those that OpenSSL made of the same key and names. */
class CertificationRequestTest {
  static List<Vectors.Row> vectors() {
    return Vectors.rows("org/mooring/asn/enrolment/certification-requests.json", "requests");
  }

  private static CertificateName name(Vectors.Row row) {
    return row.get("kind").equals("node-id")
        ? new CertificateName.OfNode(new NodeId(row.get("name")))
        : new CertificateName.OfDomain(new Fqdn(row.get("name")));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void whatIsSignedIsWhatOpenSslSigns(Vectors.Row row) {
    byte[] info =
        CertificationRequest.info(
            HexFormat.of().parseHex(row.get("publicKey")), name(row), row.get("challenge"));

    assertThat(HexFormat.of().formatHex(info)).isEqualTo(row.get("info"));
  }

  @Test
  void theKeySignsIt() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    CertificateName name = new CertificateName.OfDomain(new Fqdn("asn-1.sp.example.org"));
    byte[] info = CertificationRequest.info(keys.getPublic().getEncoded(), name, "bound");

    byte[] request =
        CertificationRequest.write(keys.getPrivate(), keys.getPublic().getEncoded(), name, "bound");

    int infoAt = request[1] == (byte) 0x81 ? 3 : request[1] == (byte) 0x82 ? 4 : 2;
    assertThat(Arrays.copyOfRange(request, infoAt, infoAt + info.length)).isEqualTo(info);
    // SEQUENCE of 12 octets with the algorithm, then the tag, length and unused bits of BIT STRING
    int signatureAt = infoAt + info.length + 12 + 3;
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(keys.getPublic());
    signature.update(info);
    assertThat(signature.verify(Arrays.copyOfRange(request, signatureAt, request.length))).isTrue();
  }
}
