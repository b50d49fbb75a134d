// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.command.ClientCommand;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandDescription;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.command.ObjectType;
import org.mooring.common.dtls.ServerTrust;
import org.mooring.common.gba.Impi;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;

/** A state with something in every place. */
public final class SampleState {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final SecretKeyBytes KPM = SecretKeyBytes.random();
  static final SecretKeyBytes KE = SecretKeyBytes.random();
  static final SecretKeyBytes TENTATIVE_KC = SecretKeyBytes.random();

  private SampleState() {}

  public static NodeState factory() {
    return NodeState.factory(
        new BootstrapCredential(
            KeyIdentifier.parse("kpm@mef.sp.example.org"),
            KPM,
            new Fqdn("mef.sp.example.org"),
            "127.0.0.1",
            5684));
  }

  static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(SampleState.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A certificate for the MEF that the Kpm is for. */
  public static BootstrapCertificate certificate() {
    return new BootstrapCertificate(
        CertificateKeys.encode(CertificateFiles.privateKey(file("node.key"))),
        CertificateFiles.certificates(file("node.crt")),
        CertificateFiles.certificates(file("ca.crt")),
        new Fqdn("mef.sp.example.org"),
        "127.0.0.1",
        5684);
  }

  /** The same key pair without its certificate. */
  public static BootstrapRawKey rawKey() {
    return new BootstrapRawKey(
        certificate().key(),
        certificate().chain().get(0).getPublicKey(),
        new ServerTrust.Authorities(certificate().trusted()),
        new Fqdn("mef.sp.example.org"),
        "127.0.0.1",
        5684);
  }

  /** A key pair for the function that a node on the configuration's path goes to first. */
  public static PreProvisionedKeyPair keyPair(MefCredential from, ClientConfiguration told) {
    return new PreProvisionedKeyPair(
        from.at(PreProvisionedKeyPair.function(told), from.host(), from.port()).orElseThrow(),
        told);
  }

  /** A subscription that bootstraps over Ub. */
  public static UsimCredential usim(String ub) {
    return new UsimCredential(
        Impi.parse("001@ims.example.org"),
        SecretKeyBytes.random(),
        new Fqdn("mef.sp.example.org"),
        UbAddress.parse(ub),
        "127.0.0.1",
        5684);
  }

  /** An enrolled node with an AE. */
  public static NodeState full() {
    Lease lease = Lease.granted(NOW, NOW.plus(Duration.ofDays(3)), 0.5);
    KeyIdentifier keId = KeyIdentifier.parse("00112233445566778899AABBCCDDEEFF@mef.sp.example.org");
    KeyIdentifier kmId = KeyIdentifier.parse("km@maf.sp.example.org");
    return factory().toBuilder()
        .configuration(
            new ClientConfiguration(
                new NodeId("urn:uuid:1"),
                new CseId("/asn-0123456789ab"),
                new CseId("//sp.example.org/id-in"),
                new Fqdn("id-in.sp.example.org"),
                List.of("coaps://in.example.org:5684"),
                new Fqdn("mef.sp.example.org"),
                new Fqdn("maf.sp.example.org"),
                List.of(),
                EnrolmentPath.MAF))
        .key(Rung.ENROLMENT, new HeldKey(keId, KE, KeyIdentifier.parse("kpm@x.org"), lease))
        .key(Rung.ASSOCIATION, new HeldKey(kmId, KE, keId, lease))
        .keys(
            held ->
                held.withTentative(
                    Rung.ASSOCIATION, new TentativeKey(kmId, TENTATIVE_KC, keId, "rqi-1", true)))
        .failures(Rung.MAF, 2)
        .registration(Function.MEF, new Registration("ri-1", lease))
        .registration(Function.CSE, new Registration("ri-2", lease))
        .pendingRequest("remoteCSE", "rqi-2")
        .leftBehind(KeyIdentifier.parse("kpm@mef.former.example.org"))
        .application("Cdemo", Attributes.builder().put("ri", "Cdemo").put("rn", "demo").build())
        .subscription(Attributes.builder().put("standing", "LINKED").build())
        .clockOffset(Duration.ofSeconds(-5))
        .commands(new CommandProgress(executing(), "1", NOW))
        .trouble(new Trouble("bootstrap", "no answer", 3, NOW))
        .build();
  }

  private static CommandPhase executing() {
    Attributes arguments =
        new CommandArguments.MoNode("x", ObjectType.TRUST_ANCHOR_CRED, Attributes.NONE)
            .toAttributes();
    return new CommandPhase.Executing(
        new ClientCommand(
            "2", new CommandDescription(3, arguments, "/asn-1"), CommandStatus.REISSUED));
  }
}
