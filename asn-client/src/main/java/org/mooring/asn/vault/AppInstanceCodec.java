// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.mooring.asn.vault.NodeStateCodec.instant;
import static org.mooring.asn.vault.NodeStateCodec.key;
import static org.mooring.asn.vault.NodeStateCodec.object;
import static org.mooring.asn.vault.NodeStateCodec.putKey;
import static org.mooring.asn.vault.NodeStateCodec.text;
import static org.mooring.asn.vault.NodeStateCodec.whole;

import org.jspecify.annotations.Nullable;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.application.TokenValidity;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.primitive.Attributes;

/** An instance of an application in the vault: its members in one object, by its App-Inst-ID. */
final class AppInstanceCodec {
  private AppInstanceCodec() {}

  static Attributes write(AppInstances instances) {
    Attributes.Builder all = Attributes.builder();
    instances.all().forEach(one -> all.put(one.id().value(), write(one)));
    return all.build();
  }

  static AppInstances read(Attributes all) {
    AppInstances read = AppInstances.NONE;
    for (String id : all.names()) {
      read = read.with(read(id, object(all, id)));
    }
    return read;
  }

  static Attributes write(AppInstance instance) {
    HeldToken token = instance.token();
    Attributes.Builder secret =
        Attributes.builder()
            .put("id", token.id().toString())
            .put("application", token.application().value())
            .put("maf", token.maf().value())
            .put("from", token.validity().from().toEpochMilli())
            .put("until", token.validity().until().toEpochMilli())
            .put("share", token.share().text());
    putKey(secret, token.secret());
    Attributes.Builder members =
        Attributes.builder()
            .put("token", secret.build())
            .put("asked", instance.isAsked())
            .put("leaving", instance.isLeaving());
    instance
        .keyWithToken()
        .ifPresent(
            held ->
                members
                    .put("key", NodeStateCodec.heldKey(held.ka()))
                    .put("keyToken", held.token().toString()));
    instance.setback().ifPresent(why -> members.put("setback", setback(why)));
    return members.build();
  }

  static AppInstance read(String id, Attributes members) {
    return new AppInstance(
        new AppInstanceId(id),
        token(object(members, "token")),
        heldKey(members),
        readSetback(members),
        members.flag("asked").orElseThrow(),
        members.flag("leaving").orElseThrow());
  }

  private static HeldToken token(Attributes members) {
    return new HeldToken(
        TokenId.parse(text(members, "id")),
        new AppId(text(members, "application")),
        new Fqdn(text(members, "maf")),
        key(members),
        new TokenValidity(instant(members, "from"), instant(members, "until")),
        // A vault of an earlier version has none.
        members.text("share").flatMap(CredentialShare::of).orElse(CredentialShare.NONE));
  }

  private static AppInstance.@Nullable InstanceKey heldKey(Attributes members) {
    return members
        .members("key")
        .map(NodeStateCodec::readHeldKey)
        .map(ka -> new AppInstance.InstanceKey(ka, TokenId.parse(text(members, "keyToken"))))
        .orElse(null);
  }

  private static Attributes setback(AppSetback why) {
    return Attributes.builder()
        .put("reason", why.reason())
        .put("attempts", why.attempts())
        .put("nextTry", why.nextTry().toEpochMilli())
        .build();
  }

  private static @Nullable AppSetback readSetback(Attributes members) {
    return members
        .members("setback")
        .map(
            why ->
                new AppSetback(
                    text(why, "reason"),
                    Math.toIntExact(whole(why, "attempts")),
                    instant(why, "nextTry")))
        .orElse(null);
  }
}
