// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.certificate.OcspMode;
import org.mooring.in.pki.CertificateSubject;
import org.mooring.in.pki.PkiException;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.TestCa;

/** A server starts with a CA only if what that issues can be used. */
class CertificateProvisioningTest {
  private static final Duration LIFETIME = Duration.ofDays(90);

  @TempDir private Path folder;

  private void open(ServeSettings.Certificates own) {
    CertificateProvisioning.open(
            own.provisioning().orElseThrow(), own, RunningServer.MEF, InstantSource.system())
        .close();
  }

  @Test
  void theCaIsTrustedHereAndByNodesThatKnowItAlone() {
    assertThatCode(() -> open(TestCa.in(folder.resolve("pki")).serving(LIFETIME)))
        .doesNotThrowAnyException();
  }

  @Test
  void aCaThatIsNotTrustedHereIsRefused() {
    ServeSettings.Certificates own = TestCa.in(folder.resolve("pki")).serving(LIFETIME);
    TestCa other = TestCa.in(folder.resolve("other"));

    assertThatThrownBy(
            () ->
                open(
                    new ServeSettings.Certificates(
                        own.identity(),
                        List.of(other.certificate()),
                        own.lists(),
                        OcspMode.OFF,
                        own.provisioning())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--est-ca: give its ca.crt with --trust");
  }

  @Test
  void aMefOfAnotherCaIsRefused() {
    TestCa ca = TestCa.in(folder.resolve("pki"));
    TestCa other = TestCa.in(folder.resolve("other"));
    ServeSettings.Certificates own = ca.serving(LIFETIME);

    assertThatThrownBy(
            () ->
                open(
                    new ServeSettings.Certificates(
                        other.issue(new CertificateSubject.Function(RunningServer.MEF)),
                        List.of(ca.certificate(), other.certificate()),
                        own.lists(),
                        OcspMode.OFF,
                        own.provisioning())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--est-ca: give a --certificate of this CA");
  }

  @Test
  void aFolderWithoutACaIsRefused() {
    ServeSettings.Certificates own = TestCa.in(folder.resolve("pki")).serving(LIFETIME);

    assertThatThrownBy(
            () ->
                open(
                    new ServeSettings.Certificates(
                        own.identity(),
                        own.trusted(),
                        own.lists(),
                        OcspMode.OFF,
                        Optional.of(
                            new ServeSettings.Provisioning(folder.resolve("none"), LIFETIME)))))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("there is no CA here");
  }
}
