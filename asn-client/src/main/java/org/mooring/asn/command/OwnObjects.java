// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.util.Optional;
import java.util.Set;
import org.mooring.asn.command.ManagedObject.AuthenticationProfile;
import org.mooring.asn.command.ManagedObject.Kind;
import org.mooring.asn.vault.NodeState;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.resource.EnrolmentPath;

/**
 * What the MEF configured at bootstrapping, as a tree of objects. On path {@code maf}:
 *
 * <pre>
 * MAFClientRegCfg                          the registration with the MAF
 * MAFClientRegCfg/authenticationProfile    SUID 21: Ke, and Km from it
 * registration                             the registration with the registrar CSE
 * registration/authenticationProfile       SUID 32: Kc
 * trustAnchorCred/FINGERPRINT              each CA that the node came with
 * </pre>
 *
 * <p>On path {@code direct} the profile of the registration has SUID 22 (Ke, and Kpsa from it), and
 * there is no MAF.
 */
final class OwnObjects implements ManagedObjects {
  private static final String MAF = "MAFClientRegCfg";
  private static final String REGISTRATION = "registration";
  private static final String PROFILE = "/authenticationProfile";
  private static final String TRUST_ANCHOR = "trustAnchorCred/";

  @Override
  public Optional<ManagedObject> at(String objectPath, NodeState node) {
    boolean hasMaf = node.isOnPath(EnrolmentPath.MAF);
    if (objectPath.startsWith(TRUST_ANCHOR)) {
      String fingerprint = objectPath.substring(TRUST_ANCHOR.length());
      return KnownCertificates.trusts(node, fingerprint)
          ? Optional.of(new ManagedObject.TrustAnchorCred(fingerprint))
          : Optional.empty();
    }
    return switch (objectPath) {
      case MAF -> hasMaf ? Optional.of(new ManagedObject.MafClientRegCfg()) : Optional.empty();
      case MAF + PROFILE ->
          hasMaf
              ? Optional.of(
                  profile(
                      KeyUsage.PROVISIONED_FOR_MAF,
                      Kind.MAF_CLIENT_REG_CFG,
                      Kind.MEF_CLIENT_REG_CFG))
              : Optional.empty();
      case REGISTRATION -> Optional.of(new ManagedObject.Other(Kind.REGISTRATION));
      case REGISTRATION + PROFILE ->
          Optional.of(
              hasMaf
                  ? profile(
                      KeyUsage.DISTRIBUTED_FOR_ASSOCIATION,
                      Kind.REGISTRATION,
                      Kind.MAF_CLIENT_REG_CFG)
                  : profile(
                      KeyUsage.PROVISIONED_FOR_ASSOCIATION,
                      Kind.REGISTRATION,
                      Kind.MEF_CLIENT_REG_CFG));
      default -> Optional.empty();
    };
  }

  /** Its keys live as long as their issuer allows. */
  private static AuthenticationProfile profile(KeyUsage usage, Kind parent, Kind issuer) {
    return new AuthenticationProfile(
        usage.suid(),
        parent,
        Set.of(issuer),
        "",
        true,
        Set.of(ProfileConsistency.MANDATORY_PSK_SUITE),
        "");
  }
}
