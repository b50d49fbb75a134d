// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.TrustResourceNames;

/** cmdArgs: what a command of each class asks for (TS-0003 clauses 12.4.5 to 12.4.10). */
public sealed interface CommandArguments {
  CommandClass commandClass();

  /** cmdArgs with its one member. */
  Attributes toAttributes();

  /**
   * NO_MORE_COMMANDS (TS-0003 clause 8.3.9.6).
   *
   * @param retryDuration after which the client asks again, not negative
   */
  record NoMore(Duration retryDuration) implements CommandArguments {
    @Override
    public CommandClass commandClass() {
      return CommandClass.NO_MORE_COMMANDS;
    }

    @Override
    public Attributes toAttributes() {
      return member(
          TrustResourceNames.NO_MORE_ARGUMENTS,
          Attributes.builder()
              .put(TrustResourceNames.RETRY_DURATION, XsDuration.format(retryDuration)));
    }

    private static Optional<CommandArguments> from(Attributes members) {
      return members
          .text(TrustResourceNames.RETRY_DURATION)
          .flatMap(XsDuration::parse)
          .map(NoMore::new);
    }
  }

  /**
   * CERT_PROV (TS-0003 clause 8.3.9.7).
   *
   * @param uri the protocol's base, at the MEF
   * @param subject the Node-ID, CSE-ID or AE-ID that the certificate is for
   */
  record CertProv(
      CertificateProtocol protocol, URI uri, CertificateSubject subjectType, String subject)
      implements CommandArguments {
    @Override
    public CommandClass commandClass() {
      return CommandClass.CERT_PROV;
    }

    @Override
    public Attributes toAttributes() {
      return member(
          TrustResourceNames.CERTIFICATE_ARGUMENTS,
          Attributes.builder()
              .put(TrustResourceNames.CERTIFICATE_PROTOCOL, protocol.code())
              .put(TrustResourceNames.CERTIFICATE_URI, uri.toString())
              .put(TrustResourceNames.CERTIFICATE_SUBJECT_TYPE, subjectType.code())
              .put(TrustResourceNames.CERTIFICATE_SUBJECT_ID, subject));
    }

    private static Optional<CommandArguments> from(Attributes members) {
      var protocol =
          coded(members, TrustResourceNames.CERTIFICATE_PROTOCOL, CertificateProtocol.class);
      var uri =
          members.text(TrustResourceNames.CERTIFICATE_URI).flatMap(CommandArguments::absolute);
      var type =
          coded(members, TrustResourceNames.CERTIFICATE_SUBJECT_TYPE, CertificateSubject.class);
      var subject = members.text(TrustResourceNames.CERTIFICATE_SUBJECT_ID);
      if (protocol.isEmpty() || uri.isEmpty() || type.isEmpty() || subject.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(new CertProv(protocol.get(), uri.get(), type.get(), subject.get()));
    }
  }

  /**
   * DEV_CFG (TS-0003 clause 8.3.9.8).
   *
   * @param uri the device management server, at the MEF
   */
  record DevCfg(ManagementProtocol protocol, URI uri) implements CommandArguments {
    @Override
    public CommandClass commandClass() {
      return CommandClass.DEV_CFG;
    }

    @Override
    public Attributes toAttributes() {
      return member(
          TrustResourceNames.DEVICE_ARGUMENTS,
          Attributes.builder()
              .put(TrustResourceNames.DEVICE_CONFIG_URI, protocol.code() + ":" + uri));
    }

    private static Optional<CommandArguments> from(Attributes members) {
      String text = members.text(TrustResourceNames.DEVICE_CONFIG_URI).orElse("");
      int colon = text.indexOf(':');
      if (colon != 1 || !Character.isDigit(text.charAt(0))) {
        return Optional.empty();
      }
      var protocol = Coded.of(ManagementProtocol.class, Character.digit(text.charAt(0), 10));
      var uri = absolute(text.substring(colon + 1));
      return protocol.flatMap(known -> uri.map(where -> new DevCfg(known, where)));
    }
  }

  /**
   * MO_NODE (TS-0003 clause 8.3.9.9.1).
   *
   * @param specific objectTypeSpecificArgs as they came, parsed once the object is found; no
   *     members where absent
   */
  record MoNode(String objectPath, ObjectType objectType, Attributes specific)
      implements CommandArguments {
    @Override
    public CommandClass commandClass() {
      return CommandClass.MO_NODE;
    }

    @Override
    public Attributes toAttributes() {
      Attributes.Builder members =
          Attributes.builder()
              .put(TrustResourceNames.OBJECT_PATH, objectPath)
              .put(TrustResourceNames.OBJECT_TYPE, objectType.code());
      if (!specific.isEmpty()) {
        members.put(TrustResourceNames.OBJECT_SPECIFIC_ARGUMENTS, specific);
      }
      return member(TrustResourceNames.OBJECT_ARGUMENTS, members);
    }

    private static Optional<CommandArguments> from(Attributes members) {
      var path = members.text(TrustResourceNames.OBJECT_PATH).filter(text -> !text.isEmpty());
      var type = coded(members, TrustResourceNames.OBJECT_TYPE, ObjectType.class);
      Attributes specific =
          members.members(TrustResourceNames.OBJECT_SPECIFIC_ARGUMENTS).orElse(Attributes.NONE);
      return path.flatMap(where -> type.map(known -> new MoNode(where, known, specific)));
    }
  }

  /** The arguments of a class; empty where they can not be parsed. */
  static Optional<CommandArguments> parse(CommandClass commandClass, Attributes arguments) {
    return switch (commandClass) {
      case NO_MORE_COMMANDS ->
          arguments.members(TrustResourceNames.NO_MORE_ARGUMENTS).flatMap(NoMore::from);
      case CERT_PROV ->
          arguments.members(TrustResourceNames.CERTIFICATE_ARGUMENTS).flatMap(CertProv::from);
      case DEV_CFG -> arguments.members(TrustResourceNames.DEVICE_ARGUMENTS).flatMap(DevCfg::from);
      case MO_NODE -> arguments.members(TrustResourceNames.OBJECT_ARGUMENTS).flatMap(MoNode::from);
    };
  }

  /** Whether a URI's host is the MEF, as it has to be in CERT_PROV and DEV_CFG. */
  static boolean isAt(Fqdn mef, URI uri) {
    String host = uri.getHost();
    return host != null && Fqdn.isValid(host) && new Fqdn(host).equals(mef);
  }

  private static Optional<URI> absolute(String text) {
    try {
      URI uri = new URI(text);
      return uri.isAbsolute() ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static <E extends Enum<E> & Coded> Optional<E> coded(
      Attributes members, String name, Class<E> type) {
    return Coded.of(type, members.whole(name).orElse(-1));
  }

  private static Attributes member(String name, Attributes.Builder members) {
    return Attributes.builder().put(name, members.build()).build();
  }
}
