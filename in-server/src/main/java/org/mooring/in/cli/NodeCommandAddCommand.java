// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.admin.AdminException;
import org.mooring.in.admin.CommandOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a command at the end of a node's queue. */
@Command(
    name = "add",
    description = {
      "Puts a command at the end of a node's queue.",
      "There are four classes of commands:",
      "cert-prov: the node gets a certificate from the MEF at --uri with --protocol est or scep, for"
          + " its CSE-ID, or for --subject-type node or ae.",
      "dev-cfg: the node has the device management server at --uri configure it, with --protocol"
          + " oma-dm-1-3, oma-dm-2-0, lwm2m or tr-069.",
      "mo-node: the node processes the object at --object-path. Mooring's nodes have the objects"
          + " MAFClientRegCfg (registers with the MAF anew), MAFClientRegCfg/authenticationProfile"
          + " (--suid 21: a new Ke and Km), registration/authenticationProfile (--suid 32: a new Kc;"
          + " on path direct --suid 22: a new Ke and Kpsa) and trustAnchorCred/FINGERPRINT (has that"
          + " certificate).",
      "The fourth class, NO_MORE_COMMANDS, is what the MEF says by itself once the queue is empty.",
      "The URI's host has to be the MEF's FQDN. A node that has no means for a class reports"
          + " CLASS_NOT_SUPPORTED."
    })
final class NodeCommandAddCommand extends AdminCommand {
  private final InstantSource clock = InstantSource.system();

  @Parameters(paramLabel = "ID", description = "any identifier that the node has from the factory")
  private @Nullable KeyIdentifier id;

  @Option(
      names = "--class",
      required = true,
      paramLabel = "cert-prov|dev-cfg|mo-node",
      description = "what the node is to do")
  private String commandClass = "";

  @Option(names = "--protocol", paramLabel = "NAME", description = "of cert-prov or dev-cfg")
  private @Nullable String protocol;

  @Option(
      names = "--uri",
      paramLabel = "URI",
      description = "base of the certificate protocol, or the device management server; at the MEF")
  private @Nullable String uri;

  @Option(
      names = "--subject-type",
      paramLabel = "node|cse|ae",
      description = "whom the certificate is for (default: cse)")
  private @Nullable String subjectType;

  @Option(
      names = "--subject",
      paramLabel = "ID",
      description = "its Node-ID, CSE-ID or AE-ID (default: the node's own; an AE's is needed)")
  private @Nullable String subject;

  @Option(names = "--object-path", paramLabel = "PATH", description = "where the object stands")
  private @Nullable String objectPath;

  @Option(
      names = "--object-type",
      paramLabel = "TYPE",
      description = "authenticationProfile, trustAnchorCred or MAFClientRegCfg")
  private @Nullable String objectType;

  @Option(
      names = "--suid",
      paramLabel = "NN",
      description = "the security usage of an authenticationProfile")
  private @Nullable String suid;

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description =
          "from when on it is not issued: a time, a date or a span such as 2d (default: never)")
  private @Nullable String expires;

  @Override
  Attributes ask(AdminClient client) {
    return client.post(NodeCommands.path(Objects.requireNonNull(id)), order().toAttributes());
  }

  private CommandOrder order() {
    Map<String, @Nullable String> given = new LinkedHashMap<>();
    given.put("class", commandClass);
    given.put("protocol", protocol);
    given.put("uri", uri);
    given.put("subjectType", subjectType);
    given.put("subject", subject);
    given.put("objectPath", objectPath);
    given.put("objectType", objectType);
    given.put("suid", suid);
    try {
      Attributes.Builder members = Attributes.builder();
      given.forEach((name, text) -> putGiven(members, name, text));
      if (expires != null) {
        members.put("expires", TimeText.time(expires, clock.instant()).toString());
      }
      return CommandOrder.read(members.build());
    } catch (AdminException | IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  private static void putGiven(Attributes.Builder members, String name, @Nullable String text) {
    if (text != null) {
      members.put(name, text);
    }
  }
}
