// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import static org.mooring.common.resource.AttributePolicy.assigned;
import static org.mooring.common.resource.AttributePolicy.mandatory;
import static org.mooring.common.resource.AttributePolicy.onceMandatory;
import static org.mooring.common.resource.AttributePolicy.onceOptional;
import static org.mooring.common.resource.AttributePolicy.optional;
import static org.mooring.common.resource.AttributePolicy.reported;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Operation;

/**
 * The table of resource types on the MAF's and MEF's interface (TS-0032; parameters after TS-0003
 * clauses 8.3.5.2 and 8.8.2).
 */
public final class TrustResources {
  private static final Set<Operation> ALL =
      EnumSet.of(Operation.CREATE, Operation.RETRIEVE, Operation.UPDATE, Operation.DELETE);

  private static final AttributeType USAGE =
      given ->
          AttributeType.NON_NEGATIVE
              .normalize(given)
              .filter(
                  value ->
                      value instanceof AttributeValue.Whole whole
                          && KeyUsage.of(whole.value()).isPresent());

  /** {@code <MAFBase>} and {@code <MEFBase>}: made by management, retrieved by clients. */
  public static final ResourcePolicy MAF_BASE =
      base(
          TrustResourceNames.MAF_BASE,
          TrustResourceNames.MAF_CLIENT_REG,
          TrustResourceNames.APP_ASSOCIATION);

  public static final ResourcePolicy MEF_BASE =
      base(TrustResourceNames.MEF_BASE, TrustResourceNames.MEF_CLIENT_REG);

  public static final ResourcePolicy MAF_CLIENT_REG =
      clientRegistration(TrustResourceNames.MAF_CLIENT_REG);

  public static final ResourcePolicy MEF_CLIENT_REG =
      clientRegistration(TrustResourceNames.MEF_CLIENT_REG);

  public static final ResourcePolicy SYMM_KEY_REG =
      new ResourcePolicy(
          TrustResourceNames.SYMM_KEY_REG,
          ALL,
          Set.of(),
          CsePolicies.rows(
              registered(),
              List.of(
                  onceMandatory(TrustResourceNames.USAGE, "SUID", USAGE),
                  optional(TrustResourceNames.TARGET_IDS, "targetIDs", AttributeType.IDS),
                  onceOptional(TrustResourceNames.KEY_VALUE, "keyValue", AttributeType.KEY))));

  /** {@code <mefClientCmd>}: the MEF makes it, a client retrieves it and reports on it. */
  public static final ResourcePolicy MEF_CLIENT_CMD =
      new ResourcePolicy(
          TrustResourceNames.MEF_CLIENT_CMD,
          EnumSet.of(Operation.RETRIEVE, Operation.UPDATE),
          Set.of(),
          List.of(
              reported(TrustResourceNames.COMMAND_ID, "cmdID", AttributeType.TEXT),
              assigned(TrustResourceNames.COMMAND_DESCRIPTION, "cmdDescription", AttributeType.ANY),
              reported(
                  TrustResourceNames.COMMAND_STATUS, "cmdStatusCode", AttributeType.NON_NEGATIVE)));

  /** {@code appAssociation}: a node makes it for an instance of an application that it runs. */
  public static final ResourcePolicy APP_ASSOCIATION =
      new ResourcePolicy(
          TrustResourceNames.APP_ASSOCIATION,
          EnumSet.of(Operation.CREATE, Operation.RETRIEVE, Operation.DELETE),
          Set.of(),
          List.of(
              assigned("ty", "resourceType", AttributeType.NON_NEGATIVE),
              assigned(TrustResourceNames.RESOURCE_ID, "resourceID", AttributeType.TEXT),
              assigned(TrustResourceNames.CREATION_TIME, "creationTime", AttributeType.TIMESTAMP),
              assigned(TrustResourceNames.CLIENT_ID, "creator", AttributeType.TEXT),
              assigned(
                  TrustResourceNames.EXPIRATION_TIME, "expirationTime", AttributeType.TIMESTAMP),
              onceMandatory(TrustResourceNames.APP_ID, "App-ID", AttributeType.TEXT),
              onceMandatory(TrustResourceNames.APP_INSTANCE_ID, "App-Inst-ID", AttributeType.TEXT),
              onceMandatory(TrustResourceNames.TOKEN_ID, "tokenID", AttributeType.TEXT),
              onceMandatory(TrustResourceNames.PROOF, "proof", AttributeType.KEY),
              assigned(TrustResourceNames.APP_KEY_ID, "applicationKeyID", AttributeType.TEXT),
              assigned(TrustResourceNames.AE_ID, "AE-ID", AttributeType.TEXT)));

  private TrustResources() {}

  private static ResourcePolicy base(ResourceType type, ResourceType... children) {
    Set<Integer> codes =
        Stream.concat(Stream.of(TrustResourceNames.SYMM_KEY_REG), Stream.of(children))
            .map(ResourceType::code)
            .collect(Collectors.toSet());
    return new ResourcePolicy(type, EnumSet.of(Operation.RETRIEVE), codes, List.of());
  }

  private static ResourcePolicy clientRegistration(ResourceType type) {
    boolean isOfMef = type.equals(TrustResourceNames.MEF_CLIENT_REG);
    return new ResourcePolicy(
        type,
        ALL,
        isOfMef ? Set.of(TrustResourceNames.MEF_CLIENT_CMD.code()) : Set.of(),
        CsePolicies.rows(
            registered(),
            List.of(
                assigned(TrustResourceNames.CHILD_RESOURCE, "childResource", AttributeType.ANY),
                assigned(
                    TrustResourceNames.ASSIGNED_KEY_ID, "assignedSymmKeyID", AttributeType.TEXT),
                assigned(
                    TrustResourceNames.CLIENT_CONFIGURATION,
                    "clientConfiguration",
                    AttributeType.ANY))));
  }

  private static List<AttributePolicy> registered() {
    return List.of(
        assigned("rn", "resourceName", AttributeType.NAME),
        assigned("ty", "resourceType", AttributeType.NON_NEGATIVE),
        assigned(TrustResourceNames.RESOURCE_ID, "resourceID", AttributeType.TEXT),
        assigned("pi", "parentID", AttributeType.TEXT),
        assigned(TrustResourceNames.CREATION_TIME, "creationTime", AttributeType.TIMESTAMP),
        assigned(
            TrustResourceNames.LAST_MODIFIED_TIME, "lastModifiedTime", AttributeType.TIMESTAMP),
        assigned(TrustResourceNames.CLIENT_ID, "creator", AttributeType.TEXT),
        mandatory(TrustResourceNames.EXPIRATION_TIME, "expirationTime", AttributeType.TIMESTAMP),
        optional(TrustResourceNames.LABELS, "labels", AttributeType.LABELS),
        onceOptional(TrustResourceNames.ADMIN_FQDN, "adminFQDN", AttributeType.FQDN));
  }
}
