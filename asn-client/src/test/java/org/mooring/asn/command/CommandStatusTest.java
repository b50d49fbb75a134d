// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.asn.command.CommandBench.certificate;
import static org.mooring.asn.command.CommandBench.device;
import static org.mooring.asn.command.CommandBench.object;
import static org.mooring.asn.command.CommandBench.onPath;
import static org.mooring.asn.command.CommandBench.profile;

import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.asn.command.ManagedObject.AuthenticationProfile;
import org.mooring.asn.command.ManagedObject.Kind;
import org.mooring.common.command.CertificateProtocol;
import org.mooring.common.command.CertificateSubject;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandClass;
import org.mooring.common.command.CommandDescription;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.command.ManagementProtocol;
import org.mooring.common.command.ObjectType;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;

/** Which status a client reports on what (TS-0003 clauses 8.3.9.5 to 8.3.9.9). */
class CommandStatusTest {
  private static final String MEF = "coaps://mef.sp.example.org/";

  /**
   * A command and what becomes of it.
   *
   * @param why the case in words
   */
  private record Case(
      String why, CommandBench bench, CommandDescription command, CommandStatus status) {
    @Override
    public String toString() {
      return status + ": " + why;
    }
  }

  private static Case of(
      CommandStatus status, String why, CommandBench bench, CommandArguments arguments) {
    return new Case(why, bench, CommandDescription.of(arguments, "/asn-1"), status);
  }

  private static Case malformed(CommandClass commandClass) {
    return new Case(
        "cmdArgs of " + commandClass,
        bare().with(Workers.that(Outcome.DONE).settings()),
        new CommandDescription(commandClass.code(), Attributes.NONE, ""),
        CommandStatus.BAD_ARGUMENTS);
  }

  private static CommandBench bare() {
    return onPath(EnrolmentPath.MAF);
  }

  private static CommandBench able(Workers workers) {
    return bare().with(workers.settings());
  }

  static Stream<Case> cases() {
    return Stream.of(classes(), certificates(), devices(), objects(), profiles())
        .flatMap(cases -> cases);
  }

  private static Stream<Case> classes() {
    return Stream.concat(
        Arrays.stream(CommandClass.values()).map(CommandStatusTest::malformed),
        Stream.of(
            new Case(
                "a class of a later release",
                bare(),
                new CommandDescription(4, Attributes.NONE, ""),
                CommandStatus.CLASS_NOT_SUPPORTED),
            of(
                CommandStatus.CLASS_NOT_SUPPORTED,
                "a node without a certificate provisioner",
                bare(),
                certificate()),
            of(
                CommandStatus.CLASS_NOT_SUPPORTED,
                "a node without device management",
                bare(),
                device())));
  }

  /** Clause 8.3.9.7. */
  private static Stream<Case> certificates() {
    Workers done = Workers.that(Outcome.DONE);
    return Stream.of(
        of(CommandStatus.OK, "its CSE-ID", able(done), certificate()),
        of(
            CommandStatus.OK,
            "its absolute CSE-ID",
            able(done),
            certificate(MEF, CertificateSubject.CSE, "//sp.example.org/asn-1")),
        of(
            CommandStatus.OK,
            "its Node-ID",
            able(done),
            certificate(MEF, CertificateSubject.NODE, "urn:uuid:1")),
        of(
            CommandStatus.OK,
            "an AE of its own",
            able(done),
            certificate(MEF, CertificateSubject.AE, "//sp.example.org/asn-1/Capp")),
        of(
            CommandStatus.UNACCEPTABLE_ARGUMENTS,
            "a protocol it does not speak",
            able(done),
            new CommandArguments.CertProv(
                CertificateProtocol.SCEP, URI.create(MEF), CertificateSubject.CSE, "/asn-1")),
        of(
            CommandStatus.UNACCEPTABLE_ARGUMENTS,
            "a URI that is not at the MEF",
            able(done),
            certificate("coaps://evil.example.org/", CertificateSubject.CSE, "/asn-1")),
        of(
            CommandStatus.UNACCEPTABLE_ARGUMENTS,
            "another's CSE-ID",
            able(done),
            certificate(MEF, CertificateSubject.CSE, "/asn-2")),
        of(
            CommandStatus.UNACCEPTABLE_ARGUMENTS,
            "an AE-ID where a CSE-ID is announced",
            able(done),
            certificate(MEF, CertificateSubject.CSE, "Capp")),
        of(
            CommandStatus.UNACCEPTABLE_ARGUMENTS,
            "another's Node-ID",
            able(done),
            certificate(MEF, CertificateSubject.NODE, "urn:uuid:2")),
        of(
            CommandStatus.UNACCEPTABLE_ARGUMENTS,
            "an AE that is not here",
            able(done),
            certificate(MEF, CertificateSubject.AE, "/asn-1/Cother")),
        of(
            CommandStatus.CERT_PROV_SERVER_ERROR,
            "the server failed",
            able(Workers.that(Outcome.SERVER_FAILED)),
            certificate()),
        of(
            CommandStatus.CERT_PROV_SERVER_ERROR,
            "the server did not answer",
            able(Workers.thatFailWith(new NoAnswerException("EST"))),
            certificate()),
        of(
            CommandStatus.CERT_PROV_CLIENT_ERROR,
            "the node failed",
            able(Workers.that(Outcome.CLIENT_FAILED)),
            certificate()),
        of(
            CommandStatus.CERT_PROV_CLIENT_ERROR,
            "the node failed unforeseen",
            able(Workers.thatThrow(new IllegalStateException("disk full"))),
            certificate()));
  }

  /** Clause 8.3.9.8. */
  private static Stream<Case> devices() {
    Workers done = Workers.that(Outcome.DONE);
    return Stream.of(
        of(CommandStatus.OK, "configured", able(done), device()),
        of(
            CommandStatus.UNACCEPTABLE_ARGUMENTS,
            "a protocol it does not speak",
            able(done),
            new CommandArguments.DevCfg(ManagementProtocol.TR_069, URI.create(MEF))),
        of(
            CommandStatus.UNACCEPTABLE_ARGUMENTS,
            "a URI that is not at the MEF",
            able(done),
            device("coaps://evil.example.org/")),
        of(
            CommandStatus.DEV_CFG_SERVER_ERROR,
            "the server let no session be opened",
            able(
                Workers.thatFailWith(
                    new HandshakeFailedException(
                        HandshakeFailedException.Stage.LAST_FLIGHT, "dm"))),
            device()),
        of(
            CommandStatus.DEV_CFG_CLIENT_ERROR,
            "the node failed",
            able(Workers.that(Outcome.CLIENT_FAILED)),
            device()));
  }

  /** Clauses 8.3.9.9.1, 8.3.9.9.7 and 8.3.9.9.8. */
  private static Stream<Case> objects() {
    return Stream.of(
        of(
            CommandStatus.OK,
            "registers with the MAF",
            bare(),
            object("MAFClientRegCfg", ObjectType.MAF_CLIENT_REG_CFG)),
        of(
            CommandStatus.MO_NODE_PROCESSING_FAILED,
            "the MAF refuses",
            bare().renewalsFailWith(new NoAnswerException("MAF")),
            object("MAFClientRegCfg", ObjectType.MAF_CLIENT_REG_CFG)),
        of(
            CommandStatus.MO_NODE_NOT_FOUND,
            "no such object",
            bare(),
            object("nowhere", ObjectType.MAF_CLIENT_REG_CFG)),
        of(
            CommandStatus.MO_NODE_NOT_FOUND,
            "no MAF on path direct",
            onPath(EnrolmentPath.DIRECT),
            object("MAFClientRegCfg", ObjectType.MAF_CLIENT_REG_CFG)),
        of(
            CommandStatus.MO_NODE_NOT_FOUND,
            "no certificate on a node with a Kpm",
            bare(),
            object("trustAnchorCred/00", ObjectType.TRUST_ANCHOR_CRED)),
        of(
            CommandStatus.MO_NODE_TYPE_CONFLICT,
            "an object of another type",
            bare(),
            object("MAFClientRegCfg", ObjectType.TRUST_ANCHOR_CRED)),
        of(
            CommandStatus.MO_NODE_TYPE_CONFLICT,
            "an object that is not processed",
            bare(),
            profile("registration", 32)),
        of(
            CommandStatus.MO_NODE_PROCESSING_FAILED,
            "a trust anchor that is not here and can not be fetched",
            bare().withObject("anchor", new ManagedObject.TrustAnchorCred("00")),
            object("anchor", ObjectType.TRUST_ANCHOR_CRED)));
  }

  /** Clauses 8.3.9.9.2 to 8.3.9.9.6. */
  private static Stream<Case> profiles() {
    String maf = "MAFClientRegCfg/authenticationProfile";
    String association = "registration/authenticationProfile";
    return Stream.of(
        of(CommandStatus.OK, "a new Ke for the MAF", bare(), profile(maf, 21)),
        of(CommandStatus.OK, "a new Kc", bare(), profile(association, 32)),
        of(
            CommandStatus.OK,
            "a new Ke for the CSE",
            onPath(EnrolmentPath.DIRECT),
            profile(association, 22)),
        of(
            CommandStatus.MO_NODE_BAD_ARGS,
            "no SUID",
            bare(),
            object(maf, ObjectType.AUTHENTICATION_PROFILE)),
        of(
            CommandStatus.MO_NODE_UNACCEPTABLE_ARGS,
            "another SUID than the object's",
            bare(),
            profile(maf, 32)),
        of(
            CommandStatus.MO_NODE_INCONSISTENT_CONFIG,
            "keys for the MAF below a registration",
            bare().withObject("p", keys(21, Kind.REGISTRATION, Kind.MEF_CLIENT_REG_CFG, "")),
            profile("p", 21)),
        of(
            CommandStatus.MO_NODE_PROCESSING_FAILED,
            "keys for ESPrim, which the node has not",
            bare().withObject("p", keys(23, Kind.DATA_COLLECTION, Kind.MEF_CLIENT_REG_CFG, "")),
            profile("p", 23)),
        of(
            CommandStatus.OK,
            "a pre-provisioned key that is here",
            bare()
                .withObject(
                    "p",
                    keys(
                        11,
                        Kind.MAF_CLIENT_REG_CFG,
                        Kind.MAF_CLIENT_REG_CFG,
                        "kpm@mef.sp.example.org")),
            profile("p", 11)),
        of(
            CommandStatus.MO_NODE_PROCESSING_FAILED,
            "a pre-provisioned key that is not here",
            bare()
                .withObject(
                    "p",
                    keys(12, Kind.REGISTRATION, Kind.REGISTRATION, "other@mef.sp.example.org")),
            profile("p", 12)),
        of(
            CommandStatus.MO_NODE_PROCESSING_FAILED,
            "a certificate that is not here",
            bare()
                .withObject(
                    "p",
                    new AuthenticationProfile(
                        42,
                        Kind.REGISTRATION,
                        Set.of(Kind.TRUST_ANCHOR_CRED),
                        "",
                        false,
                        Set.of(ProfileConsistency.MANDATORY_CERTIFICATE_SUITE),
                        "00")),
            profile("p", 42)),
        of(
            CommandStatus.MO_NODE_PROCESSING_FAILED,
            "the MEF refuses the key",
            bare().renewalsFailWith(new IllegalStateException("refused")),
            profile(maf, 21)));
  }

  private static AuthenticationProfile keys(int suid, Kind parent, Kind child, String symmKeyId) {
    return new AuthenticationProfile(
        suid,
        parent,
        Set.of(child),
        symmKeyId,
        true,
        Set.of(ProfileConsistency.MANDATORY_PSK_SUITE),
        "");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theClientReports(Case given) {
    given.bench().mef.add(given.command());

    given.bench().run();

    assertThat(given.bench().mef.outcomes()).containsExactly(given.status());
    assertThat(given.bench().reports)
        .extracting(CommandReport::outcome)
        .containsExactly(given.status());
  }

  @Test
  void aCommandReportedBeforeIsRepeated() {
    CommandBench bench = bare();
    bench.mef.add(profile("registration/authenticationProfile", 32));
    bench.run();
    bench.mef.forgetLastReport();

    bench.run();

    assertThat(bench.mef.log())
        .containsExactly(
            "RETRIEVE", "ISSUED 1", "1 OK", "RETRIEVE", "ISSUED 1", "1 REPEATED_CMD_ID");
    assertThat(bench.renewed).containsExactly("Kc");
  }

  @Test
  void everyStatusOfAClientIsReached() {
    Set<CommandStatus> reached = cases().map(Case::status).collect(Collectors.toSet());
    reached.add(CommandStatus.REPEATED_CMD_ID); // the test above
    assertThat(reached)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(CommandStatus.values()).filter(CommandStatus::isOfClient).toList());
  }
}
