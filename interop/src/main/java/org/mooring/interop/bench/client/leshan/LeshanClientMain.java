// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.client.leshan;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.leshan.client.LeshanClient;
import org.eclipse.leshan.client.LeshanClientBuilder;
import org.eclipse.leshan.client.californium.endpoint.CaliforniumClientEndpointsProvider;
import org.eclipse.leshan.client.californium.endpoint.coaps.CoapsClientProtocolProvider;
import org.eclipse.leshan.client.object.Device;
import org.eclipse.leshan.client.object.Security;
import org.eclipse.leshan.client.object.Server;
import org.eclipse.leshan.client.observer.LwM2mClientObserverAdapter;
import org.eclipse.leshan.client.resource.ObjectsInitializer;
import org.eclipse.leshan.client.servers.LwM2mServer;
import org.eclipse.leshan.core.LwM2mId;
import org.eclipse.leshan.core.request.RegisterRequest;
import org.eclipse.leshan.core.request.UpdateRequest;

/**
 * Leshan's client as a node: {@code bootstrap|known URI ENDPOINT IDENTITY HEXKEY}. With {@code
 * bootstrap} the server is a bootstrap server, with {@code known} one that an earlier bootstrap
 * told of. Prints {@code registered} and {@code updated} when it is, and goes on until it is
 * stopped.
 */
public final class LeshanClientMain {
  private static final int SHORT_SERVER_ID = 123;
  private static final long LIFETIME_SECONDS = 300;

  private LeshanClientMain() {}

  public static void main(String[] arguments) {
    String uri = arguments[1];
    byte[] identity = arguments[3].getBytes(StandardCharsets.UTF_8);
    byte[] key = HexFormat.of().parseHex(arguments[4]);

    ObjectsInitializer objects = new ObjectsInitializer();
    if (arguments[0].equals("bootstrap")) {
      objects.setInstancesForObject(LwM2mId.SECURITY, Security.pskBootstrap(uri, identity, key));
      objects.setClassForObject(LwM2mId.SERVER, Server.class);
    } else {
      objects.setInstancesForObject(
          LwM2mId.SECURITY, Security.psk(uri, SHORT_SERVER_ID, identity, key));
      objects.setInstancesForObject(LwM2mId.SERVER, new Server(SHORT_SERVER_ID, LIFETIME_SECONDS));
    }
    objects.setInstancesForObject(LwM2mId.DEVICE, new Device("Mooring", "bench", "1"));

    LeshanClientBuilder builder = new LeshanClientBuilder(arguments[2]);
    builder.setObjects(objects.createAll());
    builder.setEndpointsProviders(endpoints());
    LeshanClient client = builder.build();
    client.addObserver(new Progress(client, System.out));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> client.destroy(false)));
    client.start();
  }

  /** CoAP over DTLS with the one suite that the benchmarks use. */
  private static CaliforniumClientEndpointsProvider endpoints() {
    CaliforniumClientEndpointsProvider.Builder provider =
        new CaliforniumClientEndpointsProvider.Builder(new CoapsClientProtocolProvider());
    Configuration configuration = provider.createDefaultConfiguration();
    configuration.setAsList(DtlsConfig.DTLS_CIPHER_SUITES, CipherSuite.TLS_PSK_WITH_AES_128_CCM_8);
    return provider.setConfiguration(configuration).build();
  }

  /** Tells on standard output how far the client is. */
  private static final class Progress extends LwM2mClientObserverAdapter {
    private final LeshanClient client;
    private final PrintStream out;

    Progress(LeshanClient client, PrintStream out) {
      this.client = client;
      this.out = out;
    }

    @Override
    public void onRegistrationSuccess(
        LwM2mServer server, RegisterRequest request, String registrationId) {
      out.println("registered");
      client.triggerRegistrationUpdate(server);
    }

    @Override
    public void onUpdateSuccess(LwM2mServer server, UpdateRequest request) {
      out.println("updated");
    }
  }
}
