// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.mooring.asn.vault.NodeStateCodec.constant;
import static org.mooring.asn.vault.NodeStateCodec.instant;
import static org.mooring.asn.vault.NodeStateCodec.key;
import static org.mooring.asn.vault.NodeStateCodec.name;
import static org.mooring.asn.vault.NodeStateCodec.object;
import static org.mooring.asn.vault.NodeStateCodec.putKey;
import static org.mooring.asn.vault.NodeStateCodec.rung;
import static org.mooring.asn.vault.NodeStateCodec.text;
import static org.mooring.asn.vault.NodeStateCodec.whole;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.mooring.asn.vault.FactoryCredentials.Member;
import org.mooring.asn.vault.FactoryCredentials.Verdict;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.dtls.ServerTrust;
import org.mooring.common.gba.Impi;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ClientConfiguration;

/**
 * The part of a node's state that its factory credentials are: a list of them, each with its
 * verdict and the reason unless nothing is known of it, and the place of the one in use.
 */
final class FactoryCodec {
  private static final String ALL = "all";
  private static final String IN_USE = "inUse";

  private FactoryCodec() {}

  static Attributes write(FactoryCredentials credentials) {
    List<AttributeValue> all = new ArrayList<>();
    for (Member member : credentials.members()) {
      Attributes.Builder members = write(member.credential());
      if (!member.isUntried()) {
        members.put("verdict", name(member.verdict())).put("reason", member.reason());
      }
      all.add(new AttributeValue.Members(members.build()));
    }
    return list(all, credentials.position());
  }

  /** The list of one that nothing is known of, in the form of {@link #write}. */
  static Attributes single(Attributes credential) {
    return list(List.of(new AttributeValue.Members(credential)), 0);
  }

  private static Attributes list(List<AttributeValue> all, int position) {
    return Attributes.builder()
        .put(ALL, new AttributeValue.Items(all))
        .put(IN_USE, position)
        .build();
  }

  /**
   * @throws RuntimeException if a member is missing or not of its form
   */
  static FactoryCredentials read(Attributes list) {
    var all = (AttributeValue.Items) list.get(ALL).orElseThrow();
    List<Member> members =
        all.values().stream()
            .map(item -> ((AttributeValue.Members) item).attributes())
            .map(FactoryCodec::member)
            .toList();
    return new FactoryCredentials(members, Math.toIntExact(whole(list, IN_USE)));
  }

  private static Member member(Attributes members) {
    FactoryCredential credential = credential(members);
    return members.has("verdict")
        ? new Member(
            credential, constant(Verdict.class, text(members, "verdict")), text(members, "reason"))
        : Member.open(credential);
  }

  /**
   * The rung tells the forms apart, and whether there is a certificate, a public key, Ub or an end.
   */
  private static Attributes.Builder write(FactoryCredential credential) {
    Attributes.Builder members =
        Attributes.builder()
            .put("rung", name(credential.rung()))
            .put("id", credential.id().toString());
    credential.secret().ifPresent(key -> putKey(members, key));
    if (credential instanceof MefCredential bootstrap) {
      members.put("mef", bootstrap.mef().value());
      put(members, bootstrap);
    } else if (credential instanceof PreProvisioned given) {
      members.put("configuration", given.configuration().toAttributes());
      if (given instanceof PreProvisionedKeyPair pair) {
        put(members, pair.shown());
      } else {
        members.put("expires", given.expires().toEpochMilli());
      }
    }
    return members.put("host", credential.host()).put("port", credential.port());
  }

  private static void put(Attributes.Builder members, MefCredential credential) {
    if (credential instanceof BootstrapCertificate certificate) {
      members
          .put("chain", CertificateOctets.of(certificate.chain()))
          .put("trusted", CertificateOctets.of(certificate.trusted()));
    } else if (credential instanceof BootstrapRawKey raw) {
      members.put("publicKey", raw.publicKey().getEncoded());
      putTrust(members, raw.server());
    } else if (credential instanceof UsimCredential usim) {
      members.put("ub", usim.ub().toString());
      if (!usim.bsf().equals(usim.mef())) {
        members.put("bsf", usim.bsf().value());
      }
      if (usim.chip() instanceof UsimChip.OnCard card) {
        members.put("reader", card.reader());
      }
    }
  }

  private static FactoryCredential credential(Attributes members) {
    Rung rung = rung(text(members, "rung"));
    if (rung == Rung.BOOTSTRAP) {
      return mefCredential(members, new Fqdn(text(members, "mef")));
    }
    ClientConfiguration configuration =
        ClientConfiguration.from(object(members, "configuration")).orElseThrow();
    if (!members.has("expires")) {
      return new PreProvisionedKeyPair(
          mefCredential(members, PreProvisionedKeyPair.function(configuration)), configuration);
    }
    return new PreProvisionedKey(
        id(members),
        key(members),
        rung,
        instant(members, "expires"),
        configuration,
        host(members),
        port(members));
  }

  private static MefCredential mefCredential(Attributes members, Fqdn mef) {
    String host = host(members);
    int port = port(members);
    if (members.has("ub")) {
      UbAddress ub = UbAddress.parse(text(members, "ub"));
      Fqdn bsf = members.has("bsf") ? new Fqdn(text(members, "bsf")) : mef;
      return new UsimCredential(new Impi(id(members)), chip(members), mef, bsf, ub, host, port);
    }
    if (members.has("chain")) {
      return new BootstrapCertificate(
          key(members),
          certificates(members, "chain"),
          certificates(members, "trusted"),
          mef,
          host,
          port);
    }
    if (members.has("publicKey")) {
      PublicKey publicKey = CertificateKeys.decodePublic(members.octets("publicKey").orElseThrow());
      return new BootstrapRawKey(key(members), publicKey, readTrust(members), mef, host, port);
    }
    return new BootstrapCredential(id(members), key(members), mef, host, port);
  }

  private static KeyIdentifier id(Attributes members) {
    return KeyIdentifier.parse(text(members, "id"));
  }

  private static String host(Attributes members) {
    return text(members, "host");
  }

  private static int port(Attributes members) {
    return Math.toIntExact(whole(members, "port"));
  }

  private static UsimChip chip(Attributes members) {
    return members.has("reader")
        ? new UsimChip.OnCard(text(members, "reader"))
        : new UsimChip.InSoftware(key(members));
  }

  private static List<X509Certificate> certificates(Attributes members, String name) {
    return CertificateOctets.read(members.octets(name).orElseThrow());
  }

  private static void putTrust(Attributes.Builder members, ServerTrust trust) {
    if (trust instanceof ServerTrust.PinnedKey pinned) {
      members.put("pinned", pinned.id().toString());
    } else {
      var authorities = (ServerTrust.Authorities) trust;
      members.put("trusted", CertificateOctets.of(authorities.certificates()));
    }
  }

  private static ServerTrust readTrust(Attributes members) {
    return members.has("pinned")
        ? new ServerTrust.PinnedKey(PublicKeyId.parse(text(members, "pinned")))
        : new ServerTrust.Authorities(certificates(members, "trusted"));
  }
}
