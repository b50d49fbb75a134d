// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.curves;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.dtls.CertificateCredential;
import org.mooring.common.dtls.CertificateIdentity;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.pki.CertificateAuthority;
import org.mooring.in.pki.CertificateSubject;

/** Nodes with certificates, and the CA that issued these and the MEF's. */
final class CertificateNodes {
  static final Fqdn MEF = new Fqdn("mef.sp.example.org");

  private static final Fqdn DOMAIN = new Fqdn("sp.example.org");
  private static final Duration LIFETIME = Duration.ofDays(7);

  private final Path folder;
  private final List<CseId> names;
  private final List<CertificateCredential> credentials;

  private CertificateNodes(
      Path folder, List<CseId> names, List<CertificateCredential> credentials) {
    this.folder = folder;
    this.names = List.copyOf(names);
    this.credentials = List.copyOf(credentials);
  }

  /**
   * Makes a CA and has it issue all certificates.
   *
   * @param folder new, for the CA and the MEF's files
   */
  static CertificateNodes create(Path folder, int count) throws IOException {
    CertificateAuthority authority = CertificateAuthority.in(folder, InstantSource.system());
    var unused = authority.init(DOMAIN, "CA of the benchmark", LIFETIME, LIFETIME);
    CertificateAuthority.WithKey mef =
        authority.issueWithKey(new CertificateSubject.Function(MEF), LIFETIME);
    Files.write(folder.resolve("mef.crt"), mef.issued().toPem());
    Files.write(folder.resolve("mef.key"), mef.keyToPem());
    List<CseId> names = IntStream.range(0, count).mapToObj(i -> new CseId("/node-" + i)).toList();
    List<CertificateCredential> credentials = new ArrayList<>();
    for (CseId name : names) {
      credentials.add(credential(authority, name));
    }
    return new CertificateNodes(folder, names, credentials);
  }

  private static CertificateCredential credential(CertificateAuthority authority, CseId name) {
    CertificateAuthority.WithKey made =
        authority.issueWithKey(new CertificateSubject.Cse(name, new SpId(DOMAIN)), LIFETIME);
    String id = new CertificateName.OfDomain(name.fqdn(new SpId(DOMAIN))).relativeId();
    return new CertificateCredential(
        new KeyIdentifier(id, MEF),
        new CertificateIdentity(made.key(), made.issued().chain()),
        List.of(authority.certificate()));
  }

  /** What each shows and proves. */
  List<CertificateCredential> credentials() {
    return credentials;
  }

  /** What has a server enrol them. */
  List<Attributes> orders() {
    return names.stream()
        .map(
            name ->
                Attributes.builder()
                    .put("method", "certificate")
                    .put("certificate", "cse-id")
                    .put("csi", name.value())
                    .build())
        .toList();
  }

  /** The options of a server that shows the MEF's certificate and checks those of the nodes. */
  List<String> serverOptions() {
    return List.of(
        "--certificate",
        file("mef.crt"),
        "--certificate-key",
        file("mef.key"),
        "--trust",
        file("ca.crt"),
        "--crl",
        file("crl.pem"));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
