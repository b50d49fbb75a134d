// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Update;

/**
 * A zone that a DNS server lets us change by dynamic updates (RFC 2136), signed on both sides
 * (TSIG, RFC 8945), over TCP. The updates and what each depends on stand in {@link NameUpdates}.
 */
public final class DynamicZone implements Zone {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final DnsSettings settings;
  private final TSIG key;

  public DynamicZone(DnsSettings settings) {
    this.settings = settings;
    byte[] secret = settings.key().secret().toByteArray();
    this.key =
        new TSIG(
            NameUpdates.name(settings.key().algorithm().text()),
            NameUpdates.name(settings.key().name().value()),
            secret);
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public boolean publish(Fqdn name, CseId cse, List<InetAddress> addresses)
      throws NameRefusedException, ZoneUnavailableException {
    NameUpdates updates = new NameUpdates(settings.zone(), name, cse);
    if (isDone(updates.confirm(addresses), name)) {
      return false;
    }
    if (isDone(updates.claim(addresses), name)) {
      return true;
    }
    if (isDone(updates.replace(addresses), name)) {
      return true;
    }
    throw new NameRefusedException(
        name
            + " is in the zone and not of this CSE: remove its records, or give the CSE another"
            + " CSE-ID");
  }

  @Override
  public boolean withdraw(Fqdn name, CseId cse)
      throws NameRefusedException, ZoneUnavailableException {
    return isDone(new NameUpdates(settings.zone(), name, cse).remove(), name);
  }

  /** Whether the update was made, or else did not hold what it depends on. */
  private boolean isDone(Update update, Fqdn name)
      throws NameRefusedException, ZoneUnavailableException {
    Message answer = answer(update);
    int code = answer.getRcode();
    requireVerified(answer, code);
    return switch (code) {
      case Rcode.NOERROR -> true;
      case Rcode.YXDOMAIN, Rcode.NXDOMAIN, Rcode.YXRRSET, Rcode.NXRRSET -> false;
      case Rcode.REFUSED ->
          throw new NameRefusedException(
              server() + " refuses " + name + ": let the key change its A, AAAA and TXT records");
      case Rcode.NOTAUTH, Rcode.NOTZONE ->
          throw new ZoneUnavailableException(
              server()
                  + " does not serve the zone "
                  + settings.zone()
                  + ": give its primary, and the zone with --dns-zone");
      default ->
          throw new ZoneUnavailableException(
              server() + " answers " + Rcode.string(code) + ": see its log");
    };
  }

  private Message answer(Update update) throws ZoneUnavailableException {
    InetSocketAddress address = new InetSocketAddress(settings.server(), settings.port());
    if (address.isUnresolved()) {
      throw new ZoneUnavailableException(settings.server() + " has no address: see --dns-server");
    }
    SimpleResolver resolver = new SimpleResolver(address);
    resolver.setTCP(true);
    resolver.setTimeout(PATIENCE);
    resolver.setTSIGKey(key);
    try {
      return resolver.send(update);
    } catch (IOException e) {
      throw new ZoneUnavailableException(server() + " gives no answer: see whether it runs");
    }
  }

  /** Nothing counts that is not signed, for anybody may have sent it. */
  private void requireVerified(Message answer, int code) throws ZoneUnavailableException {
    if (answer.isVerified()) {
      return;
    }
    TSIGRecord signature = answer.getTSIG();
    String remedy =
        switch (signature == null ? Rcode.NOERROR : signature.getError()) {
          case Rcode.BADKEY, Rcode.BADSIG ->
              "does not take the key " + settings.key().name() + ": see --dns-key";
          case Rcode.BADTIME -> "has another time: set the clocks";
          default -> "does not sign its answer (" + Rcode.string(code) + "): see --dns-key";
        };
    throw new ZoneUnavailableException(server() + " " + remedy);
  }

  private String server() {
    return settings.server() + ":" + settings.port();
  }
}
