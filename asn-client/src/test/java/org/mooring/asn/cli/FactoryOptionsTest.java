// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.asn.vault.BootstrapCertificate;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.FactoryCredentials;
import org.mooring.asn.vault.FactoryCredentials.Verdict;
import org.mooring.asn.vault.MefCredential;
import org.mooring.asn.vault.PreProvisionedKeyPair;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.SampleState;
import org.mooring.asn.vault.UsimCredential;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentMethod;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** What the options make of the credentials in the vault. */
class FactoryOptionsTest {
  private static final Fqdn MEF = new Fqdn("mef.sp.example.org");
  private static final String AT_MEF = "--mef=coaps://127.0.0.1:5684";
  private static final String KPM_ID = "--kpm-id=kpm@mef.sp.example.org";
  private static final String KPM = "--kpm=utf8:0123456789abcdef";
  private static final List<String> USIM =
      List.of(
          "--impi=001@ims.example.org",
          "--usim=utf8:0123456789abcdef0123456789abcdef",
          "--ub=coap://127.0.0.1:8090");

  @TempDir Path folder;

  /** Has the options and nothing else. */
  @Command(name = "probe")
  private static final class Probe {
    @Mixin private final FactoryOptions factory = new FactoryOptions();
  }

  private static String file(String name) {
    try {
      return Path.of(Objects.requireNonNull(SampleState.class.getResource(name)).toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> certificate() {
    return List.of(
        "--certificate=" + file("node.crt"),
        "--certificate-key=" + file("node.key"),
        "--trust=" + file("ca.crt"));
  }

  private static FactoryCredentials over(Optional<FactoryCredentials> kept, List<String> options) {
    Probe probe = new Probe();
    new CommandLine(probe).parseArgs(options.toArray(String[]::new));
    return probe.factory.over(kept);
  }

  private static FactoryCredentials fresh(List<String> options) {
    return over(Optional.empty(), options);
  }

  private static FactoryCredentials over(FactoryCredentials kept, String... options) {
    return over(Optional.of(kept), List.of(options));
  }

  @SafeVarargs
  private static List<String> all(List<String>... options) {
    return Arrays.stream(options).flatMap(List::stream).toList();
  }

  private static List<EnrolmentMethod> methods(FactoryCredentials credentials) {
    return credentials.ofKind(MefCredential.class).stream().map(MefCredential::method).toList();
  }

  private static BootstrapCredential kpm(String host) {
    return new BootstrapCredential(
        KeyIdentifier.parse("kpm@mef.sp.example.org"), SecretKeyBytes.random(), MEF, host, 5684);
  }

  private static final FactoryCredentials HELD =
      FactoryCredentials.of(List.of(SampleState.certificate(), kpm("127.0.0.1")));

  @Test
  void severalKindsAreForTheMefThatTheKpmIdNames() {
    FactoryCredentials given = fresh(all(List.of(KPM_ID, KPM, AT_MEF), USIM, certificate()));

    assertThat(methods(given))
        .containsExactly(EnrolmentMethod.CERTIFICATE, EnrolmentMethod.GBA, EnrolmentMethod.PSK);
    assertThat(given.ofKind(MefCredential.class))
        .allSatisfy(one -> assertThat(one.mef()).isEqualTo(MEF));
    assertThat(given.inUse()).isInstanceOf(BootstrapCertificate.class);
  }

  @Test
  void theOrderIsThatOfPreferAndWhatItLeavesOutIsForgotten() {
    List<String> options = all(List.of(KPM_ID, KPM, AT_MEF), USIM, certificate());

    assertThat(methods(fresh(all(options, List.of("--prefer=gba,psk,certificate")))))
        .containsExactly(EnrolmentMethod.GBA, EnrolmentMethod.PSK, EnrolmentMethod.CERTIFICATE);
    assertThat(methods(fresh(all(options, List.of("--prefer=psk,rpk,certificate")))))
        .containsExactly(EnrolmentMethod.PSK, EnrolmentMethod.CERTIFICATE);
    assertThat(methods(over(HELD, "--prefer=psk"))).containsExactly(EnrolmentMethod.PSK);
  }

  @Test
  void theHostIsNotTakenForANameWhereTheKpmIdHasOne() {
    FactoryCredentials given = fresh(List.of("--mef=coaps://[::1]:5684", KPM_ID, KPM));

    assertThat(given.ofKind(MefCredential.class).get(0).mef()).isEqualTo(MEF);
  }

  @Test
  void anotherNameOfTheMefNeedsACredentialForIt() {
    assertThatThrownBy(() -> over(HELD, "--mef-fqdn=mef.other.example"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("--mef-fqdn: give a credential for that MEF with it");
  }

  @Test
  void anOrderThatLeavesNothingOrIsNoneIsWrongUsage() {
    for (String order : List.of("pks", "psk,psk", "psk,", "")) {
      assertThatThrownBy(() -> over(HELD, "--prefer=" + order))
          .isInstanceOf(ParameterException.class)
          .hasMessage(
              "--prefer: write certificate, rpk, gba and psk between commas, each once,"
                  + " the preferred one first");
    }
    assertThatThrownBy(() -> over(HELD, "--prefer=gba,rpk"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("--prefer: name a method that the node has a credential for");
  }

  @Test
  void withoutOptionsTheVaultStaysAsItIs() {
    FactoryCredentials learnt = HELD.passedOver(Verdict.REFUSED, "alert");

    assertThat(over(learnt)).isEqualTo(learnt);
    assertThat(over(learnt, "--mef=coaps://elsewhere.example.org").all())
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.host()).isEqualTo("elsewhere.example.org"));
  }

  @Test
  void theSameOptionsAgainChangeNothing() {
    List<String> options =
        all(List.of(KPM_ID, KPM, AT_MEF, "--prefer=psk,certificate"), certificate());
    FactoryCredentials learnt = fresh(options).passedOver(Verdict.BARRED, "4107");

    assertThat(over(Optional.of(learnt), options)).isEqualTo(learnt);
  }

  @Test
  void oneThatIsGivenTakesThePlaceOfThatOfItsMethod() {
    FactoryCredentials reordered =
        over(HELD.passedOver(Verdict.REFUSED, "alert"), "--prefer=psk,certificate");

    FactoryCredentials given = over(reordered, KPM_ID, KPM);

    assertThat(methods(given)).containsExactly(EnrolmentMethod.PSK, EnrolmentMethod.CERTIFICATE);
    assertThat(given.all().get(0).secret())
        .contains(SecretKeyBytes.copyOf("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
    assertThat(given.members().get(0).verdict()).isEqualTo(Verdict.OPEN);
    assertThat(given.members().get(1).verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void oneOfAnotherMethodJoinsInTheDefaultOrder() {
    FactoryCredentials held = FactoryCredentials.of(kpm("127.0.0.1"));

    FactoryCredentials given = over(Optional.of(held), certificate());

    assertThat(methods(given)).containsExactly(EnrolmentMethod.CERTIFICATE, EnrolmentMethod.PSK);
    assertThat(given.inUse()).isEqualTo(held.inUse());
    assertThat(given.begun().inUse()).isInstanceOf(BootstrapCertificate.class);
  }

  @Test
  void aKpmIdWithoutTheMefsNameIsForTheMefInTheVault() {
    FactoryCredentials held = FactoryCredentials.of(SampleState.certificate());

    FactoryCredentials given = over(held, "--kpm-id=pump7", KPM, AT_MEF);

    assertThat(given.ids()).contains(KeyIdentifier.parse("pump7@mef.sp.example.org")).hasSize(2);
  }

  @Test
  void onesForAnotherMefTakeThePlaceOfAll() {
    FactoryCredentials given =
        over(HELD, "--kpm-id=kpm@mef.next.example.org", KPM, "--mef=coaps://next.example.org");

    assertThat(given.all())
        .singleElement()
        .extracting(FactoryCredential::host)
        .isEqualTo("next.example.org");
  }

  @Test
  void aFactoryFileMayStandBesideOtherKinds() throws IOException {
    Path usim =
        Files.writeString(
            folder.resolve("usim.json"),
            "{\"impi\":\"001@ims.example.org\",\"usimK\":\"utf8:0123456789abcdef\","
                + "\"usimOpc\":\"utf8:0123456789abcdef\",\"mef\":\"mef.sp.example.org\"}");
    List<String> withFile = List.of(AT_MEF, "--factory-file=" + usim, "--ub=coap://127.0.0.1:8090");

    FactoryCredentials given = fresh(all(withFile, certificate(), List.of(KPM_ID, KPM)));

    assertThat(methods(given))
        .containsExactly(EnrolmentMethod.CERTIFICATE, EnrolmentMethod.GBA, EnrolmentMethod.PSK);
    assertThat(fresh(withFile).ofKind(UsimCredential.class))
        .singleElement()
        .extracting(MefCredential::mef)
        .isEqualTo(MEF);
  }

  @Test
  void aUsimBootstrapsAtTheMefOrAtAnOperatorsBsf() {
    Fqdn operators = new Fqdn("bsf.operator.example");
    List<String> atMef = all(List.of(AT_MEF, "--mef-fqdn=" + MEF), USIM);
    FactoryCredentials held = fresh(all(atMef, List.of("--bsf=" + operators)));

    assertThat(bsf(fresh(atMef))).isEqualTo(MEF);
    assertThat(bsf(held)).isEqualTo(operators);
    assertThat(bsf(over(Optional.of(held), List.of("--ub=coap://127.0.0.1:8091"))))
        .isEqualTo(operators);
    assertThat(bsf(over(Optional.of(held), List.of("--bsf=" + MEF)))).isEqualTo(MEF);
  }

  private static Fqdn bsf(FactoryCredentials given) {
    return given.ofKind(UsimCredential.class).get(0).bsf();
  }

  @Test
  void aKeyThatSparesTheMefStandsAlone() throws IOException {
    Path km =
        Files.writeString(
            folder.resolve("km.json"),
            "{\"kmId\":\"km@maf.sp.example.org\",\"km\":\"utf8:0123456789abcdef\",\"ccfg\":"
                + new String(
                    ContentCodec.writeAttributes(
                        Serialization.JSON,
                        SampleState.full().configuration().orElseThrow().toAttributes()),
                    StandardCharsets.UTF_8)
                + "}");
    List<String> options = List.of(AT_MEF, "--factory-file=" + km);

    assertThat(over(Optional.of(HELD), options).all()).hasSize(1);
    assertThatThrownBy(() -> fresh(all(options, certificate())))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith("--factory-file: its key spares the node the MEF");
  }

  @Test
  void aFileWithoutAKeyHasAKeyPairSpareTheMef() throws IOException {
    ClientConfiguration told = SampleState.full().configuration().orElseThrow();
    String file = "--factory-file=" + filed("told.json", told);

    assertThat(fresh(all(List.of(file), certificate())).all())
        .singleElement()
        .isInstanceOfSatisfying(
            PreProvisionedKeyPair.class,
            pair -> {
              assertThat(pair.rung()).isEqualTo(Rung.MAF);
              assertThat(pair.id().issuer()).isEqualTo(told.maf());
              assertThat(pair.host()).isEqualTo("in.example.org");
            });
    for (List<String> more :
        List.of(List.<String>of(), all(certificate(), USIM), all(certificate(), List.of(KPM)))) {
      assertThatThrownBy(() -> fresh(all(List.of(file), more)))
          .isInstanceOf(ParameterException.class)
          .hasMessage(
              "--factory-file: it holds no key; give --certificate or --raw-key alone with it");
    }
  }

  @Test
  void aFileForAnApplicationWithoutACseIsWrongUsage() throws IOException {
    Attributes told = SampleState.full().configuration().orElseThrow().toAttributes();
    Attributes.Builder application = Attributes.builder();
    told.asMap().entrySet().stream()
        .filter(member -> !member.getKey().equals("csi"))
        .forEach(member -> application.put(member.getKey(), member.getValue()));
    application.put("aei", "/Sthermometer");
    ClientConfiguration configuration = ClientConfiguration.from(application.build()).orElseThrow();

    Path file = filed("application.json", configuration);

    assertThatThrownBy(() -> fresh(all(List.of("--factory-file=" + file), certificate())))
        .isInstanceOf(ParameterException.class)
        .hasMessage("--factory-file: give ccfg, the configuration of a node with a CSE");
  }

  private Path filed(String name, ClientConfiguration told) throws IOException {
    return Files.write(
        folder.resolve(name),
        ContentCodec.writeAttributes(
            Serialization.JSON, Attributes.builder().put("ccfg", told.toAttributes()).build()));
  }

  @Test
  void oneTrustServesTheCertificateAndTheRawKeyUnlessThatHasAMefKeyOfItsOwn() throws IOException {
    String pem = Files.readString(Path.of(file("node.key"))) + publicKey();
    String rawKey = "--raw-key=" + Files.writeString(folder.resolve("raw.pem"), pem);
    List<String> both =
        all(certificate(), List.of(AT_MEF, "--mef-fqdn=mef.sp.example.org", rawKey));

    assertThat(methods(fresh(both)))
        .containsExactly(EnrolmentMethod.CERTIFICATE, EnrolmentMethod.RPK);
    assertThat(
            methods(
                fresh(
                    all(
                        both,
                        List.of(
                            "--mef-public-key=ni:///sha-256;NuGr_TXosonYjZcSamGXin3q2tNrlXWXNIEeJp56cVo")))))
        .containsExactly(EnrolmentMethod.CERTIFICATE, EnrolmentMethod.RPK);
  }

  private static String publicKey() {
    byte[] encoded = SampleState.rawKey().publicKey().getEncoded();
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(encoded)
        + "\n-----END PUBLIC KEY-----\n";
  }

  @Test
  void aFactoryTextIsReadFromStandardInputToItsEnd() {
    InputStream before = System.in;
    String text = "mooring:1?kpmid=kpm@mef.sp.example.org&kpm=MDEyMzQ1Njc4OWFiY2RlZg";
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      List<String> options = new ArrayList<>(List.of(AT_MEF, "--factory-text=-"));
      options.addAll(certificate());

      FactoryCredentials given = fresh(options);

      assertThat(given.ofKind(BootstrapCredential.class))
          .singleElement()
          .isEqualTo(
              new BootstrapCredential(
                  KeyIdentifier.parse("kpm@mef.sp.example.org"),
                  SecretKeyBytes.copyOf("0123456789abcdef".getBytes(StandardCharsets.UTF_8)),
                  MEF,
                  "127.0.0.1",
                  5684));
      assertThat(given.all()).hasSize(2);
    } finally {
      System.setIn(before);
    }
  }
}
