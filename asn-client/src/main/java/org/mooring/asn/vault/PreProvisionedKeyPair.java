// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Instant;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;

/**
 * A certificate or raw public key that the node shows to the MAF (TS-0003 clause 8.8.2.2), or on
 * path {@code direct} to the registrar (clause 8.2.2.2).
 *
 * @param shown as it would be shown to a MEF, made out for that function
 * @param configuration what the node has to know besides; its path says which function it is
 */
public record PreProvisionedKeyPair(MefCredential shown, ClientConfiguration configuration)
    implements PreProvisioned {

  /**
   * @throws IllegalArgumentException if it is no key pair, or made out for another function
   */
  public PreProvisionedKeyPair {
    boolean isKeyPair = shown instanceof BootstrapCertificate || shown instanceof BootstrapRawKey;
    if (!isKeyPair || !shown.mef().equals(function(configuration))) {
      throw new IllegalArgumentException(
          "key pair: give a certificate or raw public key for the MAF or the registrar");
    }
  }

  /** The function that a node on the configuration's path goes to first, if it spares the MEF. */
  public static Fqdn function(ClientConfiguration configuration) {
    return configuration.path() == EnrolmentPath.MAF
        ? configuration.maf()
        : configuration.registrarFqdn();
  }

  @Override
  public KeyIdentifier id() {
    return shown.id();
  }

  @Override
  public Optional<SecretKeyBytes> secret() {
    return shown.secret();
  }

  /** That of the certificate; a public key without one ends at the server alone. */
  @Override
  public Instant expires() {
    return shown instanceof BootstrapCertificate certificate
        ? certificate.chain().get(0).getNotAfter().toInstant()
        : M2mTimestamp.NEVER;
  }

  @Override
  public String host() {
    return shown.host();
  }

  @Override
  public int port() {
    return shown.port();
  }

  /** The rung of a node on the configuration's path that spares the MEF. */
  public static Rung rung(ClientConfiguration configuration) {
    return configuration.path() == EnrolmentPath.MAF ? Rung.MAF : Rung.ASSOCIATION;
  }

  @Override
  public Rung rung() {
    return rung(configuration);
  }

  @Override
  public PreProvisionedKeyPair reachedAt(String otherHost, int otherPort) {
    return new PreProvisionedKeyPair(shown.reachedAt(otherHost, otherPort), configuration);
  }
}
