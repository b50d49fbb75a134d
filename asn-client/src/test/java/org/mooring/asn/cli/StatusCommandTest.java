// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mooring.asn.vault.CommandProgress;
import org.mooring.asn.vault.FactoryCredentials;
import org.mooring.asn.vault.FactoryCredentials.Verdict;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.SampleState;

/** What {@code status} tells of a node's dealings with its MEF. */
class StatusCommandTest extends CommandLineBench {
  @Test
  void statusTellsOfEachCredentialWhatItMetAtTheMef() throws IOException {
    FactoryCredentials learnt =
        FactoryCredentials.of(List.of(SampleState.certificate(), SampleState.full().factory()))
            .passedOver(Verdict.REFUSED, "handshake with mef.sp.example.org");
    FileVault.in(Path.of(vault())).write(SampleState.full().toBuilder().factory(learnt).build());

    execute("status", "--vault", vault(), "--json");
    assertThat(out.toString())
        .contains(
            "\"credentials\":[{\"method\":\"certificate\",\"id\":\"32-",
            "\"inUse\":false,\"verdict\":\"refused\",\"lastRefusal\":\"handshake with mef.sp.example.org\"}",
            "{\"method\":\"psk\",\"id\":\"kpm@mef.sp.example.org\",\"inUse\":true,\"verdict\":\"open\"}]");

    execute("status", "--vault", vault());
    assertThat(out.toString())
        .contains("psk  id kpm@mef.sp.example.org  inUse yes  verdict open")
        .contains("inUse no  verdict refused  lastRefusal handshake with mef.sp.example.org");
  }

  @Test
  void statusNamesTheCertificateThatOpensTheMaf() throws IOException {
    FileVault.in(Path.of(vault()))
        .write(
            NodeState.factory(
                SampleState.keyPair(
                    SampleState.certificate(), SampleState.full().configuration().orElseThrow())));

    execute("status", "--vault", vault(), "--json");

    assertThat(out.toString())
        .contains("\"state\":\"AUTHENTICATED\"")
        .contains(
            "\"keys\":[{\"name\":\"certificate\","
                + "\"id\":\"32-a951f91dc462bc5b25b1c30dba88c869@maf.sp.example.org\",");
  }

  @Test
  void statusTellsHowFarTheMefsCommandsAre() throws IOException {
    FileVault file = FileVault.in(Path.of(vault()));
    file.write(SampleState.full());

    execute("status", "--vault", vault(), "--json");
    assertThat(out.toString())
        .contains(
            "\"commands\":{\"phase\":\"executing\",\"command\":\"2\",\"lastReported\":\"1\","
                + "\"nextVisit\":\"2026-03-01T12:00:00Z\"}");

    file.write(SampleState.full().toBuilder().commands(CommandProgress.NONE).build());
    execute("status", "--vault", vault(), "--json");
    assertThat(out.toString()).contains("\"commands\":null");
  }

  @Test
  void aRefusalIsToldAfterTheEnrolmentToo() throws IOException {
    FactoryCredentials enrolled =
        FactoryCredentials.of(List.of(SampleState.certificate(), SampleState.full().factory()))
            .passedOver(Verdict.REFUSED, "alert UNKNOWN_CA")
            .enrolledWith(SampleState.full().factory().id());
    FileVault.in(Path.of(vault())).write(SampleState.full().toBuilder().factory(enrolled).build());

    execute("status", "--vault", vault());

    assertThat(out.toString()).contains("inUse no  verdict open  lastRefusal alert UNKNOWN_CA");
  }
}
