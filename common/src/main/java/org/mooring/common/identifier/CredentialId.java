// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/**
 * A Credential-ID {@code type-value} (TS-0003 clauses 10.4 and 12.3.2.1).
 *
 * @param type the credential's type, see {@link Type}
 * @param value the identifier of the credential in the form its type has
 */
public record CredentialId(Type type, String value) {
  /** sec:credIDTypeID (TS-0003 clause 12.3.2.1), as far as a PSK session can produce it. */
  public enum Type {
    /** A symmetric key shared with a MEF: KpmId. */
    MEF_KEY(10),
    /** A symmetric key shared with a MAF: KmId. */
    MAF_KEY(11),
    /** A symmetric key of a security association: KpsaId or the identifier of a Kc. */
    ASSOCIATION_KEY(12);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  @Override
  public String toString() {
    return type.code() + "-" + value;
  }
}
