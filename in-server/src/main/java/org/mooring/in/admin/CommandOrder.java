// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mooring.common.command.CertificateProtocol;
import org.mooring.common.command.CertificateSubject;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandClass;
import org.mooring.common.command.ManagementProtocol;
import org.mooring.common.command.ObjectType;
import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.mef.Enrolee;

/**
 * A command that an operator gives to a node. Members are strings: {@code class} says which of the
 * others go with it.
 */
public final class CommandOrder {
  private static final Set<CommandClass> GIVEN =
      EnumSet.complementOf(EnumSet.of(CommandClass.NO_MORE_COMMANDS));

  private final Attributes members;

  private CommandOrder(Attributes members) {
    this.members = members;
  }

  /**
   * Reads an order.
   *
   * @throws AdminException naming the member that is unknown, missing or malformed
   */
  public static CommandOrder read(Attributes members) {
    CommandOrder order = new CommandOrder(members);
    Set<String> known = order.fields();
    for (String name : members.names()) {
      if (!known.contains(name)) {
        throw AdminException.malformed(
            "command",
            "leave out members other than " + String.join(", ", known.stream().sorted().toList()));
      }
    }
    var unused = order.expires();
    return order;
  }

  /** The order as the API takes it. */
  public Attributes toAttributes() {
    return members;
  }

  /** From when on the command is not issued; never where nothing is said. */
  public Instant expires() {
    if (!members.has("expires")) {
      return M2mTimestamp.NEVER;
    }
    try {
      return Instant.parse(text("expires"));
    } catch (DateTimeException e) {
      throw AdminException.malformed("expires", "write a time such as 2030-01-31T00:00:00Z");
    }
  }

  /**
   * What the command says, to the node in question.
   *
   * @throws AdminException naming the member that does not fit
   */
  CommandArguments arguments(Enrolee node) {
    return switch (commandClass()) {
      case CERT_PROV ->
          new CommandArguments.CertProv(
              choice("protocol", CertificateProtocol.class),
              uri(),
              subjectType(node),
              subject(node));
      case DEV_CFG ->
          new CommandArguments.DevCfg(choice("protocol", ManagementProtocol.class), uri());
      case MO_NODE ->
          new CommandArguments.MoNode(text("objectPath"), objectType(), specificArguments());
      case NO_MORE_COMMANDS -> throw unknownClass();
    };
  }

  private Set<String> fields() {
    return switch (commandClass()) {
      case CERT_PROV -> Set.of("class", "expires", "protocol", "uri", "subjectType", "subject");
      case DEV_CFG -> Set.of("class", "expires", "protocol", "uri");
      case MO_NODE -> Set.of("class", "expires", "objectPath", "objectType", "suid");
      case NO_MORE_COMMANDS -> throw unknownClass();
    };
  }

  private CommandClass commandClass() {
    String given = text("class").toLowerCase(Locale.ROOT);
    return GIVEN.stream()
        .filter(known -> written(known).equals(given))
        .findFirst()
        .orElseThrow(CommandOrder::unknownClass);
  }

  private static AdminException unknownClass() {
    return AdminException.malformed("class", "write cert-prov, dev-cfg or mo-node");
  }

  private CertificateSubject subjectType(Enrolee node) {
    return members.has("subjectType")
        ? choice("subjectType", CertificateSubject.class)
        : node.entity() instanceof AeId ? CertificateSubject.AE : CertificateSubject.CSE;
  }

  /** The node's own identifier where none is given; which AE is meant has to be said. */
  private String subject(Enrolee node) {
    String given = members.has("subject") ? text("subject") : "";
    return switch (subjectType(node)) {
      case NODE -> given.isEmpty() ? node.nodeId().value() : given;
      case CSE -> {
        if (given.isEmpty() && node.entity() instanceof AeId) {
          throw AdminException.malformed("subject", "give the CSE-ID");
        }
        yield given.isEmpty() ? node.entity().value() : given;
      }
      case AE -> {
        String id = given.isEmpty() ? node.entity().value() : given;
        if (!AeId.isValid(id)) {
          throw AdminException.malformed("subject", "give the AE-ID");
        }
        yield id;
      }
    };
  }

  private ObjectType objectType() {
    String given = text("objectType");
    return Arrays.stream(ObjectType.values())
        .filter(type -> type.text().equalsIgnoreCase(given))
        .findFirst()
        .orElseThrow(
            () ->
                AdminException.malformed(
                    "objectType",
                    "write "
                        + Arrays.stream(ObjectType.values())
                            .map(ObjectType::text)
                            .collect(Collectors.joining(", "))));
  }

  /** SUID with an [authenticationProfile], nothing with another object. */
  private Attributes specificArguments() {
    boolean isProfile = objectType() == ObjectType.AUTHENTICATION_PROFILE;
    if (isProfile != members.has("suid")) {
      throw AdminException.malformed("suid", "give it with an authenticationProfile alone");
    }
    if (!isProfile) {
      return Attributes.NONE;
    }
    String suid = text("suid");
    if (!suid.matches("[1-4][0-5]")) {
      throw AdminException.malformed(
          "suid", "write the two digits of a security usage, such as 21");
    }
    return Attributes.builder().put(TrustResourceNames.USAGE, Integer.parseInt(suid)).build();
  }

  private URI uri() {
    try {
      URI uri = new URI(text("uri"));
      if (uri.isAbsolute() && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Refused below like a URI without a host.
    }
    throw AdminException.malformed("uri", "write scheme://host[:port]/path");
  }

  private <E extends Enum<E>> E choice(String name, Class<E> type) {
    String given = text(name);
    return Arrays.stream(type.getEnumConstants())
        .filter(known -> written(known).equals(given.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                AdminException.malformed(
                    name,
                    "write "
                        + Arrays.stream(type.getEnumConstants())
                            .map(CommandOrder::written)
                            .collect(Collectors.joining(", "))));
  }

  /** {@code CERT_PROV} is {@code cert-prov}. */
  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String text(String name) {
    Optional<String> given = members.text(name).filter(text -> !text.isEmpty());
    return given.orElseThrow(() -> AdminException.malformed(name, "give a text"));
  }
}
