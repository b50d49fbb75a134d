// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.Refusing;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.WireClient;

/**
 * A node with sessions at MEF and MAF whose requests are refused: the codes, no trace, and the next
 * one is served.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TrustSessions {
  final RunningServer server;
  final Refusing refusing;
  final NodeClient node;
  final NodeClient other;
  PskCredential km;
  WireClient mef;
  WireClient maf;

  TrustSessions(@TempDir Path dataDir) {
    server = givenServer(dataDir).withEnrolee("node").withEnrolee("other").started();
    refusing = new Refusing(server);
    node = server.node("node");
    other = server.node("other");
  }

  @BeforeAll
  void aNodeStandsAtMefAndMaf() {
    km = node.authenticated(node.enrolled(KeyUsage.PROVISIONED_FOR_MAF));
    mef = server.wire(MEF, node.enrolee().credential());
    maf = server.wire(MAF, km);
  }

  @AfterEach
  void theServerServesTheNextNode() {
    server.serves();
  }

  @AfterAll
  void tearDown() {
    mef.close();
    maf.close();
    node.close();
    other.close();
    server.close();
  }

  Stream<Arguments> functions() {
    return Stream.of(Arguments.of(MEF), Arguments.of(MAF));
  }

  final WireClient at(Fqdn function) {
    return function.equals(MEF) ? mef : maf;
  }

  static KeyUsage usageOf(Fqdn function) {
    return function.equals(MEF)
        ? KeyUsage.PROVISIONED_FOR_MAF
        : KeyUsage.DISTRIBUTED_FOR_ASSOCIATION;
  }

  static String targetOf(Fqdn function) {
    return function.equals(MEF) ? MAF.value() : RunningServer.IN_CSE.value();
  }

  static Attributes withSuid(int suid) {
    return Attributes.builder().put("et", M2mTimestamp.NEVER).put("suid", suid).build();
  }
}
