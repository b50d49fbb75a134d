// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.asn.command.CommandBench.object;
import static org.mooring.asn.command.CommandBench.onPath;
import static org.mooring.asn.command.CommandBench.profile;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.asn.command.ManagedObject.AuthenticationProfile;
import org.mooring.asn.command.ManagedObject.Kind;
import org.mooring.asn.vault.BootstrapCertificate;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.command.ObjectType;
import org.mooring.common.resource.EnrolmentPath;

/** MO_NODE on a node with a certificate; the fingerprints are those that OpenSSL tells. */
class CertificateObjectsTest {
  private static final String CA =
      "fef35cee231f356f9d65f95ddc02a99ee0401bf6211ecdcdd999d484d10fab74";
  private static final String OWN =
      "cb29753dd6b80777fccbeb1ccec9e8327a99b1a834f1f110d4ec38ff2bcb9bc5";

  private final CommandBench bench = onPath(EnrolmentPath.MAF).withFactory(given());

  private static BootstrapCertificate given() {
    return new BootstrapCertificate(
        CertificateKeys.encode(CertificateFiles.privateKey(file("node.key"))),
        CertificateFiles.certificates(file("node.crt")),
        CertificateFiles.certificates(file("ca.crt")),
        CommandBench.MEF,
        "127.0.0.1",
        5684);
  }

  private static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(BootstrapCertificate.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Clause 8.3.9.9.7. */
  @ParameterizedTest
  @CsvSource({CA + ",OK", OWN + ",MO_NODE_NOT_FOUND"})
  void aTrustAnchorIsWhatTheNodeTrusts(String fingerprint, CommandStatus status) {
    bench.mef.add(object("trustAnchorCred/" + fingerprint, ObjectType.TRUST_ANCHOR_CRED));
    bench.run();
    assertThat(bench.mef.outcomes()).containsExactly(status);
  }

  /** Clause 8.3.9.9.6. */
  @ParameterizedTest
  @CsvSource({OWN + ",OK", CA + ",MO_NODE_PROCESSING_FAILED"})
  void aProfileWithACertificateNeedsTheNodesOwn(String fingerprint, CommandStatus status) {
    bench
        .withObject(
            "p",
            new AuthenticationProfile(
                42,
                Kind.REGISTRATION,
                Set.of(Kind.TRUST_ANCHOR_CRED),
                "",
                false,
                Set.of(ProfileConsistency.MANDATORY_CERTIFICATE_SUITE),
                fingerprint))
        .mef
        .add(profile("p", 42));
    bench.run();
    assertThat(bench.mef.outcomes()).containsExactly(status);
  }
}
