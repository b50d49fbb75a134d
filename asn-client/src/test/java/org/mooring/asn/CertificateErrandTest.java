// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mooring.asn.enrolment.BadAnswerException;
import org.mooring.asn.enrolment.CertificateSubjectType;
import org.mooring.asn.enrolment.EstRefusedException;
import org.mooring.asn.vault.CertificateKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.CertsOnly;
import org.mooring.common.certificate.EstMedia;
import org.mooring.common.dtls.BareRequest;
import org.mooring.common.dtls.BareResponse;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.resource.EnrolmentPath;

/** A visit to a MEF that has no certificate for the node, in one way or another. */
class CertificateErrandTest extends NodeLife {
  private final FakeProvider provider = provider(EnrolmentPath.MAF);
  private final List<BareRequest> posted = new CopyOnWriteArrayList<>();
  private StateKeeper keeper;

  @BeforeEach
  void bootstrap() throws Exception {
    MemoryVault vault = new MemoryVault();
    Node node = start(provider, vault);
    NodeState state = registered(node);
    node.close();
    keeper = new StateKeeper(vault, state);
  }

  private static byte[] certificate(String name) {
    Path folder = Path.of("src/test/resources/org/mooring/asn/vault");
    return CertsOnly.write(CertificateFiles.certificates(folder.resolve(name)));
  }

  /** A MEF with a CA that answers an enrolment this way. */
  private void answering(CompletionStage<BareResponse> enrolment) {
    provider.est =
        request -> {
          String operation = request.path().get(request.path().size() - 1);
          if (operation.equals(EstMedia.CA_CERTIFICATES)) {
            return CompletableFuture.completedFuture(
                BareResponse.of(205, EstMedia.CERTS_ONLY, certificate("ca.crt")));
          }
          if (request.method() == BareRequest.Method.GET) {
            return CompletableFuture.completedFuture(
                BareResponse.error(404, "no wishes", Duration.ZERO));
          }
          posted.add(request);
          return enrolment;
        };
  }

  private Throwable failure() {
    try (CertificateErrand errand =
        new CertificateErrand(provider, keeper, () -> FakeProvider.NOW, Runnable::run)) {
      errand
          .run(CertificateSubjectType.CSE_ID.nameIn(provider.configuration()))
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      return Objects.requireNonNull(e.getCause());
    }
    throw new AssertionError("the errand did not fail");
  }

  private Optional<CertificateKey> requested() {
    return keeper.state().certificates().requested();
  }

  @Test
  void whereNoEstIsNoKeyIsMade() {
    assertThat(failure())
        .isInstanceOfSatisfying(
            EstRefusedException.class, refused -> assertThat(refused.coapCode()).isEqualTo(404));
    assertThat(requested()).isEmpty();
  }

  @Test
  void aRefusalTellsWhyAndWhenToComeBack() {
    answering(
        CompletableFuture.completedFuture(BareResponse.error(429, "wait", Duration.ofMinutes(5))));

    assertThat(failure())
        .isInstanceOfSatisfying(
            EstRefusedException.class,
            refused -> {
              assertThat(refused).hasMessage("4.29 wait");
              assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(5));
            });
  }

  @Test
  void aCertificateForAnotherKeyIsNotTaken() {
    answering(
        CompletableFuture.completedFuture(
            BareResponse.of(204, EstMedia.CERTS_ONLY, certificate("node.crt"))));

    assertThat(failure())
        .isInstanceOf(BadAnswerException.class)
        .hasMessageContaining("no certificate for the key that was sent");
    assertThat(keeper.state().certificates().newest()).isEmpty();
  }

  @Test
  void whatIsNoCertificateIsNotTaken() {
    answering(
        CompletableFuture.completedFuture(
            BareResponse.of(204, EstMedia.CERTS_ONLY, new byte[] {0x30, 0x00})));

    assertThat(failure()).isInstanceOf(BadAnswerException.class);
  }

  @Test
  void afterALostAnswerTheSameKeyIsAskedForAgain() {
    answering(CompletableFuture.failedFuture(new NoAnswerException("lost")));

    assertThat(failure()).isInstanceOf(NoAnswerException.class);
    CertificateKey first = requested().orElseThrow();
    assertThat(failure()).isInstanceOf(NoAnswerException.class);

    assertThat(requested()).containsSame(first);
    assertThat(posted)
        .hasSize(2)
        .allSatisfy(
            request -> {
              assertThat(request.path()).isEqualTo(List.of(".well-known", "est", "sen"));
              assertThat(request.contentFormat()).hasValue(EstMedia.PKCS10);
              assertThat(request.content()).containsSequence(first.publicKey());
            });
  }
}
