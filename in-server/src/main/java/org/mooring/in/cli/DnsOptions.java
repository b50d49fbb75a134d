// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.Fqdn;
import org.mooring.in.dns.DnsSettings;
import org.mooring.in.dns.TsigKey;
import org.mooring.in.provider.ServiceProvider;
import picocli.CommandLine.Option;

/** The options of serve that have the public DNS know the provider's CSEs. */
final class DnsOptions {
  @Option(
      names = "--dns-server",
      paramLabel = "HOST[:PORT]",
      description = {
        "the DNS server that takes updates of the provider's zone: it is told the public domain"
            + " names of the CSEs that are registered, so that other providers' domains reach them"
            + " through this server (default: none)",
        "They lead to --public-host."
      })
  private @Nullable String server;

  @Option(
      names = "--dns-key",
      paramLabel = "NAME:ALGORITHM:KEY",
      description =
          "the key that it shares with this server (TSIG): hmac-sha256, -sha384 or -sha512, and"
              + " file:…, b64:… or hex:…; whoever lists processes sees all but file:")
  private @Nullable String key;

  @Option(names = "--dns-zone", paramLabel = "FQDN", description = "the zone (default: --sp-fqdn)")
  private @Nullable Fqdn zone;

  /**
   * The settings that the options give.
   *
   * @param publicHost the value of {@code --public-host}
   * @throws UsageError naming the option that does not fit
   */
  Optional<DnsSettings> toSettings(ServiceProvider provider, String publicHost) {
    if (server == null && key == null && zone == null) {
      return Optional.empty();
    }
    if (server == null || key == null) {
      throw new UsageError("--dns-server: give --dns-server and --dns-key");
    }
    if (publicHost.isEmpty()) {
      throw new UsageError("--dns-server: give --public-host, which the names are to lead to");
    }
    Fqdn own = zone == null ? provider.sp().fqdn() : zone;
    HostText at = HostText.parse(server);
    int port = at.port().orElse(DnsSettings.DEFAULT_PORT);
    if (at.host().isEmpty() || port < 1 || port > 65_535) {
      throw new UsageError("--dns-server: write HOST or HOST:PORT, a port from 1 to 65535");
    }
    return Optional.of(
        zoneOf(
            provider,
            new DnsSettings(at.host(), port, key(key), own, HostText.parse(publicHost).host())));
  }

  private static TsigKey key(String text) {
    try {
      return TsigKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageError("--dns-key: " + e.getMessage());
    }
  }

  private static DnsSettings zoneOf(ServiceProvider provider, DnsSettings settings) {
    try {
      return settings.requireZoneOf(provider);
    } catch (IllegalArgumentException e) {
      throw new UsageError("--dns-zone: " + GroupTexts.remedyOf(e));
    }
  }
}
