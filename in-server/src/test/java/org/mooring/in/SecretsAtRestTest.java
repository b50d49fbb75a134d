// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.keyRegistration;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.admin.AppAdmin;
import org.mooring.in.app.NewToken;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.UbNode;
import org.mooring.in.scenario.WireClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * No key of a run is in the log, whatever the root level is raised to, nor in any file of the data
 * folder. Client and server run in this one process, so both write to the log that is searched.
 */
class SecretsAtRestTest {
  private static final String SHIPPED = "/logback.xml";
  private static final int FEWEST_EVENTS = 200;

  /** As many as base64 writes without padding, and no coincidence. */
  private static final int TELLING_OCTETS = 9;

  private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Capture log = new Capture();

  /** Keeps what is logged as text, arguments and stack traces included. */
  private static final class Capture extends AppenderBase<ILoggingEvent> {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      String trace =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + trace);
    }
  }

  @BeforeEach
  void configureAsShippedAndRaiseTheRootToTrace() throws Exception {
    configureAsShipped();
    ch.qos.logback.classic.Logger root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.setLevel(Level.TRACE);
    // Handshakes at their most talkative; of CoAP, what the file caps stays capped.
    logging.getLogger("org.eclipse.californium.scandium").setLevel(Level.TRACE);
    logging.getLogger("org.eclipse.californium").setLevel(Level.TRACE);
    log.setContext(logging);
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void configureAgain() throws Exception {
    configureAsShipped();
  }

  private void configureAsShipped() throws Exception {
    logging.reset();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(logging);
    configurator.doConfigure(Objects.requireNonNull(SecretsAtRestTest.class.getResource(SHIPPED)));
  }

  @Test
  void noKeyOfARunIsInTheLogOrInAnyFileOfTheDataFolder(@TempDir Path dataDir) throws Exception {
    Map<String, SecretKeyBytes> secrets = new LinkedHashMap<>();
    String kcId;
    try (RunningServer server = givenServer(dataDir).withEnrolee("node").withUb().started();
        NodeClient node = server.node("node")) {
      NodeClient.Ladder ladder = node.climbed();
      secrets.put("Kpm", ladder.kpm().key());
      secrets.put("Ke", node.exportedKeys().get(0));
      secrets.put("Km", ladder.km().key());
      secrets.put("Kc", ladder.kc().key());
      kcId = ladder.kc().identity().relative();
      SecureEndpoint cse = node.atCse(ladder.kc());
      assertThat(send(cse, node.registration(node.remoteCse()).build()).status())
          .isEqualTo(ResponseStatusCode.CREATED);
      secrets.put("kv", handedInAndUsed(node, ladder.km()));
      secrets.put("Kpm by HTTP", addedOverHttp(server, dataDir));
      secrets.put("token secret", tokenSecret(server));
      putUsim(secrets, server.withUsim("00101-secret"));
      provokeFailures(server, node, ladder);
      assertNoneIn(dataDir, secrets, kcId);
    }
    assertNoneIn(dataDir, secrets, kcId);
    assertNoneInLog(secrets);
  }

  /** A subscription, and what a bootstrapping with it gave. */
  private static void putUsim(Map<String, SecretKeyBytes> secrets, UbNode usim) {
    for (UbNode.Carrier carrier : UbNode.Carrier.values()) {
      UbNode.Bootstrapped done = usim.bootstrapped(carrier);
      secrets.put("Ks over " + carrier, done.sessionKey());
      secrets.put("Ks_NAF over " + carrier, done.toward(MEF).key());
      try (NodeClient node = usim.client()) {
        node.register(node.at(MEF, done.toward(MEF)), MEF);
      }
    }
    secrets.put("K", usim.key().k());
    secrets.put("OPc", usim.key().opc());
  }

  /** A key with a value of the client's making, opened a session with and asked for. */
  private static SecretKeyBytes handedInAndUsed(NodeClient node, PskCredential km) {
    SecretKeyBytes kv = SecretKeyBytes.random();
    SecureEndpoint maf = node.atMaf(km);
    ResponsePrimitive answer =
        send(
            maf,
            keyRegistration(
                MAF,
                Attributes.builder()
                    .put("kv", kv.toByteArray())
                    .put("et", M2mTimestamp.NEVER)
                    .put("suid", KeyUsage.DISTRIBUTED_FOR_ASSOCIATION.suid())
                    .put("tgis", List.of(RunningServer.IN_CSE.value()))
                    .build()));
    assertThat(answer.status()).isEqualTo(ResponseStatusCode.CREATED);
    String id = attributes(answer).text(TrustResourceNames.RESOURCE_ID).orElseThrow();
    NodeClient.session(node.atCse(new PskCredential(KeyIdentifier.parse(id + "@" + MAF), kv)));
    ResponsePrimitive refused =
        send(maf, request(Operation.RETRIEVE, TrustResourceNames.below(MAF, id)).build());
    assertThat(refused.status()).isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    return kv;
  }

  private static SecretKeyBytes addedOverHttp(RunningServer server, Path dataDir)
      throws IOException, InterruptedException {
    SecretKeyBytes kpm = SecretKeyBytes.random();
    HttpRequest addition =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.in().ports().http() + "/v1/enrolees"))
            .header(
                "Authorization",
                "Bearer " + Files.readString(dataDir.resolve("admin.token")).trim())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"kpmId\":\"http@mef.sp.example.org\",\"kpm\":\"" + KeyText.hex(kpm) + "\"}"))
            .build();
    HttpResponse<String> added =
        HttpClient.newHttpClient().send(addition, HttpResponse.BodyHandlers.ofString());
    assertThat(added.statusCode()).isEqualTo(201);
    return kpm;
  }

  private static SecretKeyBytes tokenSecret(RunningServer server) {
    AppAdmin apps = server.in().admin().apps().orElseThrow();
    AppId app = new AppId("Nmeter");
    NewToken wanted =
        new NewToken(
            app,
            Optional.empty(),
            M2mTimestamp.NEVER.minusSeconds(1),
            List.of(new AllowedNode("/node")),
            ApprovedServices.NONE,
            new InstanceCaps(1, 1));
    Attributes issued =
        apps.register(app)
            .thenCompose(registered -> apps.issueToken(wanted))
            .toCompletableFuture()
            .join();
    return ApplicationToken.read(issued.text("token").orElseThrow()).secret();
  }

  /** What fails is logged at more length: a key cut short, a key in a place of its own. */
  private static void provokeFailures(
      RunningServer server, NodeClient node, NodeClient.Ladder ladder) {
    try (WireClient maf = server.wire(MAF, ladder.km())) {
      Attributes withKeyTwice =
          Attributes.builder()
              .put("et", M2mTimestamp.NEVER)
              .put("suid", KeyUsage.DISTRIBUTED_FOR_ASSOCIATION.suid())
              .put("tgis", List.of(node.enrolee().absoluteCsi().value()))
              .put("kv", ladder.kc().key().toByteArray())
              .build();
      assertThat(maf.send(keyRegistration(MAF, withKeyTwice)).statusCode()).isEqualTo(4103);
      Attributes misplaced =
          withKeyTwice.toBuilder().put("x", KeyText.hex(ladder.kc().key())).build();
      assertThat(maf.send(keyRegistration(MAF, misplaced)).statusCode()).isEqualTo(4000);
    }
  }

  private void assertNoneInLog(Map<String, SecretKeyBytes> secrets) {
    assertThat(log.lines).hasSizeGreaterThan(FEWEST_EVENTS);
    assertThat(log.lines).anyMatch(line -> line.startsWith("org.eclipse.californium.scandium"));
    secrets.forEach(
        (name, key) ->
            forms(key)
                .forEach(
                    (form, text) ->
                        assertThat(
                                log.lines.stream()
                                    .filter(line -> line.contains(text))
                                    .map(line -> line.substring(0, line.indexOf(' ')))
                                    .distinct())
                            .as("loggers that print %s as %s", name, form)
                            .isEmpty()));
  }

  /** Every file, raw and as text; that one identifier is found shows that the search finds. */
  private static void assertNoneIn(
      Path dataDir, Map<String, SecretKeyBytes> secrets, String identifier) throws IOException {
    Map<Path, String> files = contents(dataDir);
    assertThat(files.values()).anyMatch(content -> content.contains(identifier));
    files.forEach(
        (file, content) ->
            secrets.forEach(
                (name, key) ->
                    forms(key)
                        .forEach(
                            (form, text) ->
                                assertThat(content.contains(text))
                                    .as("%s has %s as %s", file.getFileName(), name, form)
                                    .isFalse())));
  }

  private static Map<Path, String> contents(Path dataDir) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(dataDir)) {
      files = found.filter(Files::isRegularFile).collect(Collectors.toCollection(ArrayList::new));
    }
    Map<Path, String> contents = new LinkedHashMap<>();
    for (Path file : files) {
      contents.put(file, new String(Files.readAllBytes(file), ISO_8859_1));
    }
    return contents;
  }

  /** The first octets of a key as they may show, as text in which each char is an octet. */
  private static Map<String, String> forms(SecretKeyBytes key) {
    byte[] octets = Arrays.copyOf(key.toByteArray(), TELLING_OCTETS);
    return Map.of(
        "octets", new String(octets, ISO_8859_1),
        "hex", HexFormat.of().formatHex(octets),
        "upper case hex", HexFormat.of().withUpperCase().formatHex(octets),
        "upper case hex with spaces", HexFormat.ofDelimiter(" ").withUpperCase().formatHex(octets),
        "base64", Base64.getEncoder().encodeToString(octets),
        "URL base64", Base64.getUrlEncoder().encodeToString(octets),
        "list of numbers", Arrays.toString(octets).replaceAll("[\\[\\]]", ""));
  }
}
