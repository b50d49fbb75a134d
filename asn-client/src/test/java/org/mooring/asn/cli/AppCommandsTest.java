// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mooring.asn.vault.AppInstances;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.SampleApplications;
import org.mooring.asn.vault.SampleState;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.KeyIdentifier;

/** {@code app add|list|key|remove}. */
class AppCommandsTest extends CommandLineBench {
  private static final KeyIdentifier KM = KeyIdentifier.parse("km@maf.sp.example.org");

  private final ApplicationToken token = SampleApplications.token();

  private FileVault file() {
    return FileVault.in(Path.of(vault()));
  }

  private NodeState state() {
    return file().read().orElseThrow();
  }

  private String tokenFile() throws IOException {
    return Files.writeString(folder.resolve("meter.jws"), SampleApplications.compact(token) + "\n")
        .toString();
  }

  private void holdAssociated() {
    file()
        .write(
            SampleState.full().toBuilder()
                .appInstances(AppInstances.NONE.with(SampleApplications.associated("C1", KM)))
                .build());
  }

  @Test
  void anInstanceIsInTheVaultAtOnceWhereNoNodeRuns() throws IOException {
    file().write(SampleState.full());

    assertThat(execute("app", "add", "--vault", vault(), tokenFile(), "--instance", "C1", "--json"))
        .isZero();

    assertThat(out.toString())
        .contains("{\"instance\":\"C1\",\"app\":\"Nmeter\",\"token\":\"" + token.id() + "\"")
        .contains("\"state\":\"waiting\"");
    assertThat(state().appInstances().find(new AppInstanceId("C1"))).isPresent();
    assertThat(file().applicationOrders().waiting()).isEmpty();
  }

  @Test
  void aRunningNodeIsLeftAnOrderThatTheListShowsAlready() throws IOException {
    file().write(SampleState.full());
    try (FileVault.Lock running = file().lock()) {
      assertThat(execute("app", "add", "--vault", vault(), tokenFile(), "--instance", "C1"))
          .isZero();
      out.getBuffer().setLength(0);
      assertThat(execute("app", "list", "--vault", vault())).isZero();
    }

    assertThat(out.toString()).contains("installed\n  C1  app Nmeter").contains("state waiting");
    assertThat(state().appInstances().all()).isEmpty();
    assertThat(file().applicationOrders().waiting()).hasSize(1);
  }

  @Test
  void theListTellsWhichInstancesShareTheirAssociations() throws IOException {
    file().write(SampleState.full());
    Path shared =
        Files.writeString(
            folder.resolve("shared.jws"),
            SampleApplications.compact(SampleApplications.sharing(CredentialShare.APP)));
    for (String id : List.of("C1", "C2")) {
      execute("app", "add", "--vault", vault(), shared.toString(), "--instance", id);
    }
    execute("app", "add", "--vault", vault(), tokenFile(), "--instance", "C3");
    out.getBuffer().setLength(0);

    assertThat(execute("app", "list", "--vault", vault(), "--json")).isZero();

    assertThat(out.toString())
        .containsOnlyOnce("\"sharesWith\":[\"C2\"]")
        .containsOnlyOnce("\"sharesWith\":[\"C1\"]")
        .doesNotContain("C3\"]");
  }

  @Test
  void aNodeThatWasNeverStartedTakesAnApplicationToo() throws IOException {
    assertThat(execute("app", "add", "--vault", vault(), tokenFile())).isZero();

    assertThat(out.toString()).containsPattern("instance {8}C[0-9a-f]{24}\n");
    assertThat(file().read()).isEmpty();
    assertThat(file().applicationOrders().waiting()).hasSize(1);
  }

  @Test
  void theTokenMayComeFromStandardInput() throws IOException {
    InputStream before = System.in;
    System.setIn(
        new ByteArrayInputStream(
            SampleApplications.compact(token).getBytes(StandardCharsets.US_ASCII)));
    try {
      assertThat(execute("app", "add", "--vault", vault(), "-", "--instance", "C1")).isZero();
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void whatIsNoTokenAndWhatIsNoInstanceIsRefusedWithoutATraceOfIt() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken"), "eyJ.secret.x");

    assertThat(execute("app", "add", "--vault", vault(), broken.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no application token").doesNotContain("secret");

    assertThat(execute("app", "add", "--vault", vault(), tokenFile(), "--instance", "meter"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--instance: write 'C' and at least one more");

    assertThat(execute("app", "add", "--vault", vault(), folder.resolve("none").toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("none: can not be read");
    assertThat(Path.of(vault())).doesNotExist();
  }

  @Test
  void theListTellsWhyAnInstanceIsNotAssociated() throws IOException {
    file().write(SampleState.factory());
    execute("app", "add", "--vault", vault(), tokenFile(), "--instance", "C1");
    out.getBuffer().setLength(0);

    execute("app", "list", "--vault", vault(), "--json");

    assertThat(out.toString())
        .contains("\"state\":\"waiting\",\"reason\":\"the node is not enrolled yet\"");
  }

  @Test
  void theKeyGoesIntoANewFileForItsOwnerAlone() throws IOException {
    holdAssociated();
    Path target = folder.resolve("ka");

    assertThat(
            execute("app", "key", "--vault", vault(), "C1", "--out", target.toString(), "--json"))
        .isZero();

    byte[] ka =
        state()
            .appInstances()
            .find(new AppInstanceId("C1"))
            .orElseThrow()
            .key()
            .orElseThrow()
            .key()
            .toByteArray();
    assertThat(target).hasContent(HexFormat.of().formatHex(ka));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
    assertThat(out.toString())
        .contains("\"aeId\":\"/asn-0123456789ab/C1\"", "\"maf\":\"maf.sp.example.org\"")
        .doesNotContain(HexFormat.of().formatHex(ka));

    assertThat(execute("app", "key", "--vault", vault(), "C1", "--out", target.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("exists; name a new file");
  }

  @Test
  void anInstanceThatIsRemovedIsOnItsWayOutUntilTheMafKnows() throws IOException {
    holdAssociated();

    assertThat(execute("app", "remove", "--vault", vault(), "C1")).isZero();

    assertThat(out.toString()).isEqualToIgnoringNewLines("app: C1 is given up");
    execute("app", "list", "--vault", vault());
    assertThat(out.toString()).contains("state leaving");
    assertThat(
            execute(
                "app", "key", "--vault", vault(), "C1", "--out", folder.resolve("ka").toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("has no key that lives");
  }

  @Test
  void anUnknownInstanceIsNamed() throws IOException {
    file().write(SampleState.full());

    assertThat(execute("app", "remove", "--vault", vault(), "C9")).isEqualTo(1);

    assertThat(err.toString()).contains("no instance C9 is installed");
  }

  @Test
  void statusAndResetKnowApplications() throws IOException {
    holdAssociated();

    execute("status", "--vault", vault(), "--json");
    assertThat(out.toString())
        .contains("\"installed\":[{\"instance\":\"C1\",\"app\":\"Nmeter\"")
        .contains("\"state\":\"associated\"");

    execute("reset", "--vault", vault(), "--yes");
    assertThat(state().appInstances().all()).isEmpty();
  }
}
