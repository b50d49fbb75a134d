// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/**
 * The updates of one name. Each depends on what it finds (RFC 2136 clause 2.4), so that a name that
 * somebody else made is neither overwritten nor taken away: beside its addresses, a name of ours
 * has one TXT record with the texts {@code mooring-cse} and the CSE-ID.
 */
final class NameUpdates {
  /** For how long others may remember a record, in seconds. */
  private static final long TTL = 300;

  private static final String MARK = "mooring-cse";

  /** Of records that an update depends on (RFC 2136 clause 2.4.2). */
  private static final long NO_TTL = 0;

  private final Name zone;
  private final Name name;
  private final CseId cse;

  NameUpdates(Fqdn zone, Fqdn name, CseId cse) {
    this.zone = name(zone.value());
    this.name = name(name.value());
    this.cse = cse;
  }

  static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text + " is no domain name", e);
    }
  }

  /** Makes the name, if nobody has it. */
  Update claim(List<InetAddress> addresses) {
    Update update = new Update(zone);
    update.absent(name);
    add(update, addresses);
    return update;
  }

  /** Changes nothing, if the name is ours and has exactly these addresses. */
  Update confirm(List<InetAddress> addresses) {
    Update update = ifOurs();
    List<Record> records = records(addresses, NO_TTL);
    records.forEach(update::present);
    for (int type : List.of(Type.A, Type.AAAA)) {
      if (records.stream().noneMatch(one -> one.getType() == type)) {
        update.absent(name, type);
      }
    }
    return update;
  }

  /** Gives the name these addresses in place of others, if it is ours. */
  Update replace(List<InetAddress> addresses) {
    Update update = remove();
    add(update, addresses);
    return update;
  }

  /** Takes the name away, if it is ours. */
  Update remove() {
    Update update = ifOurs();
    update.delete(name, Type.A);
    update.delete(name, Type.AAAA);
    update.delete(name, Type.TXT);
    return update;
  }

  private void add(Update update, List<InetAddress> addresses) {
    records(addresses, TTL).forEach(update::add);
    update.add(mark(TTL));
  }

  private Update ifOurs() {
    Update update = new Update(zone);
    update.present(mark(NO_TTL));
    return update;
  }

  private Record mark(long ttl) {
    return new TXTRecord(name, DClass.IN, ttl, List.of(MARK, cse.spRelative().value()));
  }

  private List<Record> records(List<InetAddress> addresses, long ttl) {
    return addresses.stream().map(address -> record(address, ttl)).toList();
  }

  private Record record(InetAddress address, long ttl) {
    return address instanceof Inet4Address
        ? new ARecord(name, DClass.IN, ttl, address)
        : new AAAARecord(name, DClass.IN, ttl, address);
  }
}
