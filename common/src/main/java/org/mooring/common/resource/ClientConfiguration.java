// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.primitive.Attributes;

/**
 * What bootstrapping yields besides the key: {@code ccfg} of a {@code <mefClientReg>}.
 *
 * @param nodeId the node's id (<i>ni</i>)
 * @param entity the SP-relative CSE-ID of the node (<i>csi</i>), or the AE-ID where the client is
 *     an AE without a CSE (<i>aei</i>)
 * @param registrar the registrar's absolute CSE-ID (<i>rcsi</i>)
 * @param registrarFqdn its domain form, the Enrolment-Target-ID of usage 22 (<i>rfq</i>)
 * @param registrarAccess its points of access (<i>poa</i>); none: the host and port just reached
 * @param mef the MEF's FQDN (<i>mefq</i>)
 * @param maf the MAF's FQDN (<i>mafq</i>)
 * @param mafAccess the MAF's points of access (<i>mafp</i>); none: the host and port just reached
 * @param path the way to the association (<i>path</i>)
 */
public record ClientConfiguration(
    NodeId nodeId,
    EntityId entity,
    CseId registrar,
    Fqdn registrarFqdn,
    List<String> registrarAccess,
    Fqdn mef,
    Fqdn maf,
    List<String> mafAccess,
    EnrolmentPath path) {
  private static final String CSE_ID = "csi";
  private static final String AE_ID = "aei";

  public ClientConfiguration {
    registrarAccess = List.copyOf(registrarAccess);
    mafAccess = List.copyOf(mafAccess);
  }

  /** The member that names an entity: {@code csi}, or {@code aei} of an AE. */
  public static String memberOf(EntityId entity) {
    return entity instanceof AeId ? AE_ID : CSE_ID;
  }

  /** Whether the client is a node with a CSE. */
  public boolean isOfCse() {
    return entity instanceof CseId;
  }

  /**
   * The node's SP-relative CSE-ID.
   *
   * @throws IllegalStateException if the client is an AE
   */
  public CseId cseId() {
    if (entity instanceof CseId cse) {
      return cse;
    }
    throw new IllegalStateException(entity + " is an AE-ID");
  }

  public Attributes toAttributes() {
    Attributes.Builder built =
        Attributes.builder()
            .put("ni", nodeId.value())
            .put(memberOf(entity), entity.value())
            .put("rcsi", registrar.value())
            .put("rfq", registrarFqdn.value());
    if (!registrarAccess.isEmpty()) {
      built.put("poa", registrarAccess);
    }
    built.put("mefq", mef.value()).put("mafq", maf.value());
    if (!mafAccess.isEmpty()) {
      built.put("mafp", mafAccess);
    }
    return built.put("path", path.text()).build();
  }

  /** Reads {@code ccfg}; empty where a member is missing or not of its form. */
  public static Optional<ClientConfiguration> from(Attributes ccfg) {
    try {
      return Optional.of(
          new ClientConfiguration(
              new NodeId(required(ccfg, "ni")),
              ccfg.has(AE_ID) ? new AeId(required(ccfg, AE_ID)) : new CseId(required(ccfg, CSE_ID)),
              new CseId(required(ccfg, "rcsi")),
              new Fqdn(required(ccfg, "rfq")),
              ccfg.texts("poa"),
              new Fqdn(required(ccfg, "mefq")),
              new Fqdn(required(ccfg, "mafq")),
              ccfg.texts("mafp"),
              EnrolmentPath.of(required(ccfg, "path"))
                  .orElseThrow(() -> new IdentifierSyntaxException("path", "maf or direct"))));
    } catch (IdentifierSyntaxException e) {
      return Optional.empty();
    }
  }

  private static String required(Attributes ccfg, String name) {
    return ccfg.text(name)
        .orElseThrow(() -> new IdentifierSyntaxException(name, "must not be missing"));
  }
}
