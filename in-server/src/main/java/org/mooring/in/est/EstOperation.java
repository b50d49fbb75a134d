// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.est;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mooring.common.certificate.EstMedia;

/** The operations that are offered, each under the root and the well-known path. */
public enum EstOperation {
  /** The CAs that the node is to trust from now on. */
  CA_CERTIFICATES(EstMedia.CA_CERTIFICATES, EstMedia.CERTS_ONLY, EstMedia.CERTIFICATE),
  /** What the CA wants in requests. */
  ATTRIBUTES(EstMedia.ATTRIBUTES, EstMedia.CSR_ATTRIBUTES),
  /** A certificate for a node that was authenticated by any bootstrap credential. */
  SIMPLE_ENROL(EstMedia.SIMPLE_ENROL, EstMedia.CERTS_ONLY, EstMedia.CERTIFICATE),
  /** The next certificate for a node that was authenticated by the present one. */
  SIMPLE_RE_ENROL(EstMedia.SIMPLE_RE_ENROL, EstMedia.CERTS_ONLY, EstMedia.CERTIFICATE);

  private static final String ROOT = "est";

  private final String path;
  private final List<Integer> answers;

  EstOperation(String path, Integer... answers) {
    this.path = path;
    this.answers = List.of(answers);
  }

  /** Whether a path lies under one of the two roots. */
  public static boolean isBelowRoot(List<String> path) {
    return startsWith(path, List.of(ROOT)) || startsWith(path, EstMedia.WELL_KNOWN);
  }

  /** The operation on a path. */
  public static Optional<EstOperation> at(List<String> path) {
    int root = startsWith(path, EstMedia.WELL_KNOWN) ? EstMedia.WELL_KNOWN.size() : 1;
    if (!isBelowRoot(path) || path.size() != root + 1) {
      return Optional.empty();
    }
    return Arrays.stream(values()).filter(one -> one.path.equals(path.get(root))).findFirst();
  }

  private static boolean startsWith(List<String> path, List<String> root) {
    return path.size() >= root.size() && path.subList(0, root.size()).equals(root);
  }

  /** The links of all in resource discovery (RFC 9148 clause 4.1). */
  public static List<String> links() {
    return Stream.of(values()).map(EstOperation::link).toList();
  }

  private String link() {
    StringBuilder formats = new StringBuilder();
    answers.forEach(format -> formats.append(formats.isEmpty() ? "" : " ").append(format));
    return "</" + ROOT + "/" + path + ">;rt=\"ace.est." + path + "\";ct=\"" + formats + "\"";
  }

  /** Its last segment, as the standard has it. */
  public String path() {
    return path;
  }

  /** Whether it brings a request (POST) and not only asks (GET). */
  public boolean isEnrolment() {
    return this == SIMPLE_ENROL || this == SIMPLE_RE_ENROL;
  }

  /** The Content-Formats of its answer, the preferred first. */
  public List<Integer> answers() {
    return answers;
  }
}
