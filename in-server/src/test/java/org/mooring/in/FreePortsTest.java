// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.SpId;
import org.mooring.in.bsf.Agreement;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.mef.MethodPolicy;
import org.mooring.in.mef.ReEnrolment;
import org.mooring.in.provider.CoapMode;
import org.mooring.in.provider.ServerRole;
import org.mooring.in.provider.ServiceProvider;

/** A port that is taken is told before a folder is made. */
class FreePortsTest {
  @TempDir private Path folder;

  @Test
  void namesTheCoapsPortThatIsTaken() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(0))) {
      refuses(settings(taken.getLocalPort(), 0, 0), "--coaps-port " + taken.getLocalPort());
    }
  }

  @Test
  void namesTheCoapPortThatIsTaken() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
      refuses(settings(0, taken.getLocalPort(), 0), "--coap-port " + taken.getLocalPort());
    }
  }

  @Test
  void namesTheHttpPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refuses(settings(0, 0, taken.getLocalPort()), "--http-port " + taken.getLocalPort());
    }
  }

  private void refuses(ServeSettings settings, String option) {
    assertThatThrownBy(() -> InServer.start(settings, InstantSource.system()).close())
        .hasMessage(option + ": in use; choose another, or 0 for any free one");
    assertThat(settings.dataDir()).doesNotExist();
  }

  @Test
  void namesTheUbPortThatIsTakenForEitherProtocol() throws IOException {
    try (ServerSocket http = new ServerSocket(0, 1);
        DatagramSocket coap = new DatagramSocket(new InetSocketAddress(0))) {
      for (int taken : new int[] {http.getLocalPort(), coap.getLocalPort()}) {
        refuses(settings(0, 0, 0, OptionalInt.of(taken)), "--ub-port " + taken);
      }
    }
  }

  @Test
  void namesTheZnPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1)) {
      ZnSettings zn =
          new ZnSettings(
              Optional.empty(),
              Optional.empty(),
              Optional.of(
                  new ZnSettings.Service(
                      taken.getLocalPort(), List.of(Agreement.parse("in.a.example=a.example")))));
      refuses(settings(0, 0, 0, OptionalInt.empty(), zn), "--zn-port " + taken.getLocalPort());
    }
  }

  private ServeSettings settings(int coaps, int coap, int http) {
    return settings(coaps, coap, http, OptionalInt.empty());
  }

  private ServeSettings settings(int coaps, int coap, int http, OptionalInt ub) {
    return settings(coaps, coap, http, ub, ZnSettings.NONE);
  }

  private ServeSettings settings(int coaps, int coap, int http, OptionalInt ub, ZnSettings zn) {
    ServiceProvider provider =
        new ServiceProvider(
            SpId.parse("//sp.example.org"),
            new Fqdn("mef.sp.example.org"),
            new Fqdn("maf.sp.example.org"),
            new CseId("/id-in"),
            "cse-in",
            List.of(),
            new ServiceProvider.Lifetimes(
                Duration.ofDays(365), Duration.ofDays(90), Duration.ofDays(7)));
    return new ServeSettings(
        folder.resolve("data"),
        coaps,
        coap,
        http,
        CoapMode.DISCOVERY,
        provider,
        ReEnrolment.ALWAYS,
        "",
        EndpointTimers.DEFAULT,
        ServeSettings.DEFAULT_MAX_BODY_BYTES,
        false,
        Optional.empty(),
        ub,
        MethodPolicy.DEFAULT,
        Set.of(ServerRole.values()),
        zn,
        CseEndpoint.DEFAULT_ANNOUNCED_AES,
        Optional.empty());
  }
}
