// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.Rung;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.in.GatewayServer;
import org.mooring.in.GatewaySettings;
import org.mooring.in.ServeSettings;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.scenario.RunningServer.Enrolee;

/** An MN-CSE on free ports in front of a server, and clients that are associated with it. */
public final class RunningGateway implements AutoCloseable {
  private static final int AUDITED = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RunningServer in;
  private final Enrolee own;
  private final Path dataDir;
  private final InstantSource clock;
  private final DtlsEndpointFactory endpoints = DtlsEndpointFactory.create(RunningServer.TIMERS);
  private GatewayServer server;

  private RunningGateway(RunningServer in, Enrolee own, Path dataDir, InstantSource clock) {
    this.in = in;
    this.own = own;
    this.dataDir = dataDir;
    this.clock = clock;
    this.server = started(0, Optional.of(credential(own)));
  }

  /**
   * Enrols it and starts it.
   *
   * @param csi its CSE-ID, SP-relative
   */
  public static RunningGateway started(
      RunningServer in, String csi, Path dataDir, InstantSource clock) {
    Enrolee own = in.enrolled(csi.substring(1), Attributes.builder().put("csi", csi).build());
    return new RunningGateway(in, own, dataDir, clock);
  }

  private GatewayServer started(int port, Optional<FactoryCredential> credential) {
    return GatewayServer.start(
        new GatewaySettings(
            dataDir,
            port,
            0,
            0,
            "cse-mn",
            List.of(),
            Duration.ofDays(365),
            credential,
            RunningServer.TIMERS,
            ServeSettings.DEFAULT_MAX_BODY_BYTES),
        clock);
  }

  /** What a node of the provider's comes with. */
  public FactoryCredential credential(Enrolee enrolee) {
    return new BootstrapCredential(
        enrolee.id(), enrolee.key(), RunningServer.MEF, "127.0.0.1", in.coaps().getPort());
  }

  /** Stops it; with {@link #goOn} it is there again. */
  public void stop() {
    server.close();
  }

  /** Starts it again with what it has, on another port. */
  public void goOn() {
    server = started(0, Optional.empty());
  }

  /** As the provider's server has it enrolled. */
  public Enrolee enrolee() {
    return own;
  }

  public GatewayServer server() {
    return server;
  }

  public Attributes status() {
    return NodeClient.await(server.admin().status());
  }

  /** Waits until it has told its registrar of so many CSEs. */
  public void awaitAnnounced(long count) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> status().whole("announced").orElse(-1) == count);
  }

  /** What its audit log has of a kind, the newest first. */
  public List<Attributes> audited(String action) {
    return NodeClient.await(server.admin().audit(AUDITED)).stream()
        .filter(entry -> entry.text("action").filter(action::equals).isPresent())
        .toList();
  }

  /**
   * An association of an AE that is enrolled to register with it.
   *
   * @param id what it comes to the MAF with
   * @param aei a stem of the provider's
   */
  public SecureEndpoint associatedAe(KeyIdentifier id, String aei, String app) {
    SecretKeyBytes km = SecretKeyBytes.random();
    Attributes order =
        Attributes.builder()
            .put("kmId", id.toString())
            .put("km", KeyText.hex(km))
            .put("aei", aei)
            .put("app", app)
            .put("registrar", own.csi().value())
            .build();
    NodeClient.await(in.in().admin().addEnrolee(EnroleeOrder.read(order)));
    PskCredential credential = new PskCredential(id, km);
    try (SecureEndpoint maf = in.open(RunningServer.MAF, credential)) {
      assertThat(NodeClient.send(maf, NodeClient.clientRegistration(RunningServer.MAF)).status())
          .isEqualTo(ResponseStatusCode.CREATED);
    }
    return associated(credential);
  }

  /**
   * An association of an instance of an application on its own node: one of the AEs whose stems it
   * assigns.
   *
   * @param token that lets instances associate with this CSE
   */
  public SecureEndpoint associatedInstance(ApplicationToken token, String instance) {
    HeldKey km =
        FileVault.in(dataDir.resolve("node")).read().orElseThrow().key(Rung.MAF).orElseThrow();
    try (NodeClient node = in.client(own)) {
      PskCredential ka =
          new ApplicationHost(node, new PskCredential(km.id(), km.key()))
              .associated(token, instance);
      node.register(node.atMaf(ka), RunningServer.MAF);
      return associated(ka);
    }
  }

  /** An association of a client of the MAF, by a key that it registers there for this CSE. */
  public SecureEndpoint associated(PskCredential km) {
    Attributes forThis =
        Attributes.builder()
            .put("et", M2mTimestamp.NEVER)
            .put("suid", KeyUsage.DISTRIBUTED_FOR_ASSOCIATION.suid())
            .put("tgis", List.of(own.absoluteCsi().value()))
            .put("lbl", List.of("Credential-ID:11-other@maf.sp.example.org"))
            .build();
    try (SecureEndpoint maf = in.open(RunningServer.MAF, km)) {
      assertThat(
              NodeClient.send(maf, NodeClient.keyRegistration(RunningServer.MAF, forThis)).status())
          .isEqualTo(ResponseStatusCode.CREATED);
      ExportedKey kc = NodeClient.session(maf).export(ExporterLabel.CONNECTION);
      return open(new PskCredential(kc.id().at(RunningServer.MAF), kc.key()));
    }
  }

  /** An endpoint toward its coaps port. */
  public SecureEndpoint open(PskCredential credential) {
    InetSocketAddress at =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.ports().coaps());
    return endpoints.open(at, fqdn(), credential);
  }

  public Fqdn fqdn() {
    return own.absoluteCsi().fqdn(RunningServer.SP);
  }

  @Override
  public void close() {
    endpoints.close();
    server.close();
  }
}
