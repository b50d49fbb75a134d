// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.leshan.core.SecurityMode;
import org.eclipse.leshan.core.endpoint.Protocol;
import org.eclipse.leshan.server.LeshanServer;
import org.eclipse.leshan.server.LeshanServerBuilder;
import org.eclipse.leshan.server.bootstrap.BootstrapConfig;
import org.eclipse.leshan.server.bootstrap.InMemoryBootstrapConfigStore;
import org.eclipse.leshan.server.bootstrap.InvalidConfigurationException;
import org.eclipse.leshan.server.bootstrap.LeshanBootstrapServer;
import org.eclipse.leshan.server.bootstrap.LeshanBootstrapServerBuilder;
import org.eclipse.leshan.server.californium.bootstrap.endpoint.CaliforniumBootstrapServerEndpointsProvider;
import org.eclipse.leshan.server.californium.bootstrap.endpoint.coaps.CoapsBootstrapServerProtocolProvider;
import org.eclipse.leshan.server.californium.endpoint.CaliforniumServerEndpointsProvider;
import org.eclipse.leshan.server.californium.endpoint.coaps.CoapsServerProtocolProvider;
import org.eclipse.leshan.server.security.BootstrapSecurityStoreAdapter;
import org.eclipse.leshan.server.security.InMemorySecurityStore;
import org.eclipse.leshan.server.security.NonUniqueSecurityInfoException;
import org.eclipse.leshan.server.security.SecurityInfo;
import org.mooring.common.dtls.SecureServerSettings;

/**
 * Leshan's bootstrap server and its LwM2M server in one process, which know their clients
 * beforehand. Its own stores in memory, its own defaults but for what Mooring has too: the cipher
 * suite and connection ids.
 */
public final class LeshanServers implements AutoCloseable {
  private static final int SHORT_SERVER_ID = 123;
  private static final int CONNECTION_ID_OCTETS = 6;
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final LeshanBootstrapServer bootstrap;
  private final LeshanServer management;
  private final int bootstrapPort;

  private LeshanServers(
      LeshanBootstrapServer bootstrap, LeshanServer management, int bootstrapPort) {
    this.bootstrap = bootstrap;
    this.management = management;
    this.bootstrapPort = bootstrapPort;
  }

  /**
   * Serves until the process is ended; the port of the bootstrap server is the only line of output.
   *
   * @param arguments how many clients there are
   */
  public static void main(String[] arguments) throws InterruptedException {
    LeshanServers servers = start(Integer.parseInt(arguments[0]), port -> port);
    System.out.println(servers.bootstrapPort());
    Thread.currentThread().join();
  }

  /**
   * Starts both on free ports of loopback.
   *
   * @param clients that may come, {@link LeshanNode}s from number 0
   * @param announced gives the port at which clients shall find the LwM2M server, from its own
   */
  public static LeshanServers start(int clients, IntUnaryOperator announced) {
    InMemorySecurityStore managementKeys = new InMemorySecurityStore();
    InMemorySecurityStore bootstrapKeys = new InMemorySecurityStore();
    InMemoryBootstrapConfigStore configurations = new InMemoryBootstrapConfigStore();
    CaliforniumServerEndpointsProvider managementPort = managementPort();
    LeshanServer management =
        new LeshanServerBuilder()
            .setEndpointsProviders(managementPort)
            .setSecurityStore(managementKeys)
            .build();
    management.start();
    String uri = "coaps://127.0.0.1:" + announced.applyAsInt(port(managementPort.getCoapServer()));
    for (int number = 0; number < clients; number++) {
      register(new LeshanNode(number), uri, bootstrapKeys, managementKeys, configurations);
    }
    CaliforniumBootstrapServerEndpointsProvider bootstrapPort = bootstrapPortProvider();
    LeshanBootstrapServer bootstrap =
        new LeshanBootstrapServerBuilder()
            .setEndpointsProviders(bootstrapPort)
            .setSecurityStore(new BootstrapSecurityStoreAdapter(bootstrapKeys))
            .setConfigStore(configurations)
            .build();
    bootstrap.start();
    return new LeshanServers(bootstrap, management, port(bootstrapPort.getCoapServer()));
  }

  private static CaliforniumServerEndpointsProvider managementPort() {
    return new CaliforniumServerEndpointsProvider.Builder(new CoapsServerProtocolProvider())
        .setConfiguration(LeshanServers::likeMooring)
        .addEndpoint(ANY_PORT, Protocol.COAPS)
        .build();
  }

  private static CaliforniumBootstrapServerEndpointsProvider bootstrapPortProvider() {
    return new CaliforniumBootstrapServerEndpointsProvider.Builder(
            new CoapsBootstrapServerProtocolProvider())
        .setConfiguration(LeshanServers::likeMooring)
        .addEndpoint(ANY_PORT, Protocol.COAPS)
        .build();
  }

  private static void likeMooring(Configuration configuration) {
    configuration.set(
        DtlsConfig.DTLS_CIPHER_SUITES, List.of(CipherSuite.TLS_PSK_WITH_AES_128_CCM_8));
    configuration.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, CONNECTION_ID_OCTETS);
    configuration.set(DtlsConfig.DTLS_RECEIVE_BUFFER_SIZE, SecureServerSettings.RECEIVE_BUFFER);
  }

  private static int port(CoapServer server) {
    return server.getEndpoints().get(0).getAddress().getPort();
  }

  private static void register(
      LeshanNode node,
      String managementUri,
      InMemorySecurityStore bootstrapKeys,
      InMemorySecurityStore managementKeys,
      InMemoryBootstrapConfigStore configurations) {
    try {
      bootstrapKeys.add(
          SecurityInfo.newPreSharedKeyInfo(
              node.name(), node.bootstrapIdentity(), LeshanNode.key()));
      managementKeys.add(
          SecurityInfo.newPreSharedKeyInfo(
              node.name(), node.managementIdentity(), LeshanNode.key()));
      configurations.add(node.name(), configuration(node, managementUri));
    } catch (NonUniqueSecurityInfoException | InvalidConfigurationException e) {
      throw new IllegalStateException(node.name() + " can not be added", e);
    }
  }

  /** The least that bootstraps: the credential of one server and its server object. */
  private static BootstrapConfig configuration(LeshanNode node, String managementUri) {
    BootstrapConfig.ServerSecurity security = new BootstrapConfig.ServerSecurity();
    security.uri = managementUri;
    security.serverId = SHORT_SERVER_ID;
    security.securityMode = SecurityMode.PSK;
    security.publicKeyOrId = node.managementIdentity().getBytes(StandardCharsets.UTF_8);
    security.secretKey = LeshanNode.key();
    BootstrapConfig.ServerConfig server = new BootstrapConfig.ServerConfig();
    server.shortId = SHORT_SERVER_ID;
    BootstrapConfig configuration = new BootstrapConfig();
    configuration.security.put(1, security);
    configuration.servers.put(0, server);
    return configuration;
  }

  /** Where clients begin. */
  public int bootstrapPort() {
    return bootstrapPort;
  }

  @Override
  public void close() {
    bootstrap.destroy();
    management.destroy();
  }
}
