// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.GatewaySettings;
import org.mooring.in.ServeSettings;
import org.mooring.in.admin.DataFolder;
import org.mooring.in.admin.Ports;
import org.mooring.in.crypto.CryptoUnavailableException;
import org.mooring.in.provider.CoapMode;
import org.mooring.in.provider.ServiceProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs an IN server, or an MN-CSE, until it is told to end. */
@Command(
    name = "serve",
    sortOptions = false,
    description =
        "Runs MEF, MAF and IN-CSE, or with --cse-type mn an MN-CSE, until SIGTERM or Ctrl-C.")
final class ServeCommand implements Runnable {
  static final String OPEN_WARNING =
      "WARNING: coap-mode open: whoever reaches the plain coap port uses the IN-CSE without an"
          + " association. For test beds only.";

  private final ServerHost host;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServeOptions options = new ServeOptions();
  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(names = "--json", description = "print the ports and names as one JSON line")
  private boolean json;

  ServeCommand(ServerHost host) {
    this.host = host;
  }

  @Override
  public void run() {
    if (gateway.areFor(given())) {
      runGateway();
      return;
    }
    useCrypto();
    ServeSettings settings = options.toSettings();
    Ports ports = host.start(settings);
    var commandLine = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = commandLine.getOut();
    if (json) {
      Output.json(out, document(settings, ports));
    } else {
      printBanner(out, settings, ports);
    }
    out.flush();
    if (settings.coapMode() == CoapMode.OPEN) {
      commandLine.getErr().println(OPEN_WARNING);
      commandLine.getErr().flush();
    }
    host.awaitStop();
  }

  private Set<String> given() {
    return Objects.requireNonNull(spec).commandLine().getParseResult().matchedOptions().stream()
        .map(OptionSpec::longestName)
        .collect(Collectors.toSet());
  }

  private void runGateway() {
    GatewaySettings settings = options.toGatewaySettings(gateway);
    useCrypto();
    StartedGateway started = host.startGateway(settings);
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    ServiceProvider provider = started.provider();
    if (json) {
      Output.json(
          out,
          started.ports().toAttributes().toBuilder()
              .put("data", settings.dataDir().toString())
              .put("cse", provider.absoluteCse().value())
              .build());
    } else {
      out.println("Mooring MN-CSE of " + provider.sp().fqdn());
      out.printf(
          "  coaps  udp port %-6d MN-CSE %s (%s)%n",
          started.ports().coaps(), provider.cseFqdn(), provider.absoluteCse());
      out.println("  data   " + settings.dataDir().toAbsolutePath());
      out.printf(
          "Next, at the provider: in-server enrolee add --registrar %s --registrar-poa"
              + " coaps://HOST:%d%n",
          provider.cse(), started.ports().coaps());
    }
    out.flush();
    host.awaitStop();
  }

  private void useCrypto() {
    try {
      host.useCrypto(options.crypto());
    } catch (CryptoUnavailableException e) {
      throw new CommandFailure("--crypto: " + e.getMessage() + "; give auto or jdk");
    }
  }

  private static Attributes document(ServeSettings settings, Ports ports) {
    ServiceProvider provider = settings.provider();
    return ports.toAttributes().toBuilder()
        .put("data", settings.dataDir().toString())
        .put("coapMode", text(settings.coapMode()))
        .put("mef", provider.mef().value())
        .put("maf", provider.maf().value())
        .put("cse", provider.absoluteCse().value())
        .build();
  }

  private static void printBanner(PrintWriter out, ServeSettings settings, Ports ports) {
    ServiceProvider provider = settings.provider();
    out.println("Mooring IN server of " + provider.sp().fqdn());
    out.printf("  coaps  udp port %-6d MEF    %s%n", ports.coaps(), provider.mef());
    out.printf("  %-22s MAF    %s%n", "", provider.maf());
    out.printf("  %-22s IN-CSE %s (%s)%n", "", provider.cseFqdn(), provider.absoluteCse());
    out.printf("  coap   udp port %-6d 127.0.0.1, %s%n", ports.coap(), text(settings.coapMode()));
    out.printf(
        "  admin  tcp port %-6d 127.0.0.1, token in %s%n",
        ports.http(), new DataFolder(settings.dataDir()).tokenFile());
    if (ports.ub() > 0) {
      out.printf("  ub     port %-10d HTTP and CoAP, for nodes with a USIM%n", ports.ub());
    }
    if (ports.zn() > 0) {
      out.printf("  zn     tcp port %-6d Nbsp_GBA, for functions of others%n", ports.zn());
    }
    out.println("  data   " + settings.dataDir().toAbsolutePath());
    out.println("Next: in-server enrolee add --data " + settings.dataDir());
  }

  private static String text(CoapMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}
