// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.subscription;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.KeyIdentifier;

/**
 * A Credential-ID {@code <type>-<value>} (TS-0003 clauses 10.4 and 12.3.2.1), such as {@code
 * 12-pump@sp.example.org}: the credential by which a security association was established.
 *
 * @param value two digits, a hyphen and 1 to 1024 characters without white space
 */
public record CredentialId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9]{2}-[^\\s\\p{Cntrl}]{1,1024}");
  private static final String LABEL = "Credential-ID:";
  private static final String TOWARD_MAF = "11";
  private static final String OF_ASSOCIATION = "12";

  /** Its name is the CSE's public domain name. */
  public static final String CSE_ID_CERTIFICATE = "32";

  /** Its name is the absolute AE-ID. */
  public static final String AE_ID_CERTIFICATE = "33";

  /** Its name is the M2M-Node-ID. */
  public static final String NODE_ID_CERTIFICATE = "34";

  /**
   * @throws IdentifierSyntaxException if it has another form
   */
  public CredentialId {
    if (!FORM.matcher(value).matches()) {
      throw new IdentifierSyntaxException("credential", "write TYPE-VALUE, such as 12-NAME@ISSUER");
    }
  }

  /** Of a key shared with the MAF, Km or Ka, whose association keys come from there. */
  public static CredentialId towardMaf(KeyIdentifier id) {
    return new CredentialId(TOWARD_MAF + "-" + id);
  }

  /** The key shared with the MAF; empty for a credential of another kind. */
  public Optional<KeyIdentifier> keyTowardMaf() {
    if (!value.startsWith(TOWARD_MAF + "-")) {
      return Optional.empty();
    }
    try {
      return Optional.of(KeyIdentifier.parse(value.substring(TOWARD_MAF.length() + 1)));
    } catch (IdentifierSyntaxException e) {
      return Optional.empty();
    }
  }

  /** Of a key shared with the CSE itself: a Kpsa, or what a MEF provisioned as one. */
  public static CredentialId ofAssociation(KeyIdentifier id) {
    return new CredentialId(OF_ASSOCIATION + "-" + id);
  }

  /**
   * Of a certificate or public key.
   *
   * @param type 30 to 34, of {@code sec:credIDTypeID}
   * @param name what the type says that it has
   */
  public static CredentialId ofShown(String type, String name) {
    return new CredentialId(type + "-" + name);
  }

  /**
   * The label by which one is told (TS-0001 clause 10.2.2.2 step 005).
   *
   * @param credential empty: of an AE without an association
   */
  public static String label(Optional<CredentialId> credential) {
    return LABEL + credential.map(CredentialId::value).orElse("");
  }

  /** Whether a label tells a Credential-ID, or that there is none. */
  public static boolean isLabel(String label) {
    return label.startsWith(LABEL);
  }

  /**
   * What labels tell; without such a label, or with nothing behind its colon, there is none.
   *
   * @throws IdentifierSyntaxException if two do, or one has another form
   */
  public static Optional<CredentialId> toldBy(List<String> labels) {
    List<String> told = labels.stream().filter(CredentialId::isLabel).toList();
    if (told.size() > 1) {
      throw new IdentifierSyntaxException("labels", "tell one Credential-ID");
    }
    return told.stream()
        .map(label -> label.substring(LABEL.length()))
        .filter(id -> !id.isEmpty())
        .findFirst()
        .map(CredentialId::new);
  }

  @Override
  public String toString() {
    return value;
  }
}
