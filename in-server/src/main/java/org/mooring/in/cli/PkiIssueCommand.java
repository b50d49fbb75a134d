// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.certificate.HardwareId;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.pki.CertificateAuthority;
import org.mooring.in.pki.CertificateAuthority.Issued;
import org.mooring.in.pki.CertificateSubject;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Issues a certificate. */
@Command(
    name = "issue",
    description = {
      "Issues a certificate for a function, a CSE, an AE, a node or a device, with the CA's behind it.",
      "The key pair is made here unless a request (PKCS#10) brings a key; what the request asks for"
          + " beside it does not count."
    })
final class PkiIssueCommand extends PkiFolderCommand {
  @ArgGroup(multiplicity = "1")
  private @Nullable Subject subject;

  /** One of them. */
  static final class Subject {
    @Option(
        names = "--function",
        paramLabel = "FQDN",
        description =
            "a MEF, a MAF or the IN-CSE: an FQDN certificate, for serve; repeat it where one server"
                + " is several")
    private List<Fqdn> functions = List.of();

    @Option(
        names = "--cse-id",
        paramLabel = "/NAME",
        description = "a CSE: a CSE-ID certificate with its public domain name")
    private @Nullable CseId cseId;

    @Option(
        names = "--ae-id",
        paramLabel = "/S…",
        description = "an AE: an AE-ID certificate with its absolute AE-ID as a URI")
    private @Nullable String aeId;

    @Option(
        names = "--node-id",
        paramLabel = "ID",
        description = "a node: a Node-ID certificate with its M2M-Node-ID")
    private @Nullable String nodeId;

    @Option(
        names = "--device-id",
        paramLabel = "OID|OID:HEX",
        description =
            "a device: a device certificate with its M2M Device ID, whose last three arcs are"
                + " manufacturer, model and serial number, or with a hardwareModuleName (RFC 4108)")
    private @Nullable String deviceId;

    CertificateSubject read(Fqdn domain) {
      if (!functions.isEmpty()) {
        return new CertificateSubject.Function(functions);
      }
      if (cseId != null) {
        return new CertificateSubject.Cse(cseId, new SpId(domain));
      }
      if (aeId != null) {
        return application(aeId, new SpId(domain));
      }
      if (deviceId != null) {
        return device(deviceId);
      }
      try {
        return new CertificateSubject.Node(new NodeId(Objects.requireNonNull(nodeId)));
      } catch (IdentifierSyntaxException e) {
        throw new UsageError("--node-id: " + e.getMessage());
      }
    }

    private static CertificateSubject application(String id, SpId sp) {
      AeId aeId;
      try {
        aeId = new AeId(id);
      } catch (IdentifierSyntaxException e) {
        throw new UsageError("--ae-id: " + e.getMessage());
      }
      if (aeId.isStem() && aeId.isAssignedByCse()) {
        throw new UsageError("--ae-id: write /CSE/" + id + ", with the CSE that assigned it");
      }
      return new CertificateSubject.Ae(aeId, sp);
    }

    private static CertificateSubject device(String id) {
      try {
        return new CertificateSubject.Device(new HardwareId(id));
      } catch (IllegalArgumentException e) {
        throw new UsageError("--device-id: " + e.getMessage());
      }
    }
  }

  @Option(names = "--csr", paramLabel = "FILE", description = "a request (PKCS#10) with the key")
  private @Nullable Path request;

  @Option(
      names = "--out",
      paramLabel = "NAME",
      required = true,
      description = "writes NAME.crt, and NAME.key where the key is made here")
  private Path out = Path.of("certificate");

  @Option(
      names = "--valid",
      paramLabel = "SPAN",
      defaultValue = "365d",
      description = "lifetime, at most the CA's (default: ${DEFAULT-VALUE})")
  private Duration lifetime = Duration.ofDays(365);

  @Override
  Attributes work(CertificateAuthority authority) {
    Path certificate = file(".crt");
    Path key = file(".key");
    CertificateSubject wanted = Objects.requireNonNull(subject).read(authority.domain());
    if (request != null) {
      requireNew(certificate);
      Issued issued = authority.issueFor(request, wanted, lifetime);
      write(certificate, issued.toPem());
      return document(issued).build();
    }
    requireNew(certificate);
    requireNew(key);
    CertificateAuthority.WithKey made = authority.issueWithKey(wanted, lifetime);
    write(key, made.keyToPem());
    write(certificate, made.issued().toPem());
    return document(made.issued()).put("key", key.toString()).build();
  }

  private Attributes.Builder document(Issued issued) {
    return CertificateDocument.withKey(issued.certificate())
        .put("certificate", file(".crt").toString());
  }

  private Path file(String suffix) {
    return out.resolveSibling(out.getFileName() + suffix);
  }

  private static void requireNew(Path file) {
    if (Files.exists(file)) {
      throw new CommandFailure(file + ": is there already, give --out another name");
    }
  }

  private static void write(Path file, byte[] content) {
    try {
      PrivateFiles.createWhole(file, content);
    } catch (IOException e) {
      throw new CommandFailure(
          file + ": can not be written; 'pki list' shows what was issued, 'pki revoke' ends it");
    }
  }
}
