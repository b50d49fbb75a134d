// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import static org.mooring.common.resource.AttributePolicy.assigned;
import static org.mooring.common.resource.AttributePolicy.mandatory;
import static org.mooring.common.resource.AttributePolicy.onceMandatory;
import static org.mooring.common.resource.AttributePolicy.onceOptional;
import static org.mooring.common.resource.AttributePolicy.optional;
import static org.mooring.common.resource.AttributePolicy.unsupported;
import static org.mooring.common.resource.CseResources.ACCESS_CONTROL_POLICY;
import static org.mooring.common.resource.CseResources.AE;
import static org.mooring.common.resource.CseResources.AE_ANNC;
import static org.mooring.common.resource.CseResources.CONTAINER;
import static org.mooring.common.resource.CseResources.CONTENT_INSTANCE;
import static org.mooring.common.resource.CseResources.CSE_BASE;
import static org.mooring.common.resource.CseResources.REMOTE_CSE;
import static org.mooring.common.resource.CseResources.SERVICE_SUBSCRIPTION_PROFILE;
import static org.mooring.common.resource.CseResources.SUBSCRIBED_APP_RULE;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Operation;

/**
 * The policies of the types of {@link CseResources}. Apart from their names, so that a client which
 * names a type does not make the whole table.
 */
final class CsePolicies {
  static final Set<Operation> ALL =
      EnumSet.of(Operation.CREATE, Operation.RETRIEVE, Operation.UPDATE, Operation.DELETE);
  private static final Set<Operation> ALL_BUT_UPDATE =
      EnumSet.of(Operation.CREATE, Operation.RETRIEVE, Operation.DELETE);

  /** xs:unsignedShort for ports and Trigger-Recipient-IDs. */
  private static final AttributeType UNSIGNED_SHORT = AttributeType.whole(0, 65_535);

  private static final AttributeType UNSIGNED_INT = AttributeType.whole(0, 4_294_967_295L);

  /** The wish for a creator attribute: only {@code null} may be sent (TS-0004 clause 7.3.3.3). */
  private static final AttributeType NULL_ONLY =
      given -> given == AttributeValue.Nothing.NOTHING ? Optional.of(given) : Optional.empty();

  static final ResourceTable TABLE =
      new ResourceTable(
          List.of(
              cseBase(),
              remoteCse(),
              accessControlPolicy(),
              ae(),
              container(),
              contentInstance(),
              ServiceSubscriptionResources.profile(),
              ServiceSubscriptionResources.node(),
              ServiceSubscriptionResources.appRule(),
              aeAnnc()));

  private CsePolicies() {}

  private static ResourcePolicy cseBase() {
    return new ResourcePolicy(
        CSE_BASE,
        EnumSet.of(Operation.RETRIEVE),
        Set.of(
            AE.code(),
            CONTAINER.code(),
            REMOTE_CSE.code(),
            ACCESS_CONTROL_POLICY.code(),
            SERVICE_SUBSCRIPTION_PROFILE.code(),
            SUBSCRIBED_APP_RULE.code()),
        List.of());
  }

  private static ResourcePolicy remoteCse() {
    return new ResourcePolicy(
        REMOTE_CSE,
        ALL,
        Set.of(CONTAINER.code(), ACCESS_CONTROL_POLICY.code(), AE_ANNC.code()),
        rows(
            common(),
            announceable(),
            List.of(
                onceOptional("cst", "cseType", AttributeType.whole(1, 3)),
                optional("poa", "pointOfAccess", AttributeType.POINTS_OF_ACCESS),
                onceMandatory("cb", "CSEBase", AttributeType.URI),
                onceOptional("csi", "CSE-ID", AttributeType.CSE_ID),
                optional("mei", "M2M-Ext-ID", AttributeType.TEXT),
                optional("tri", "Trigger-Recipient-ID", UNSIGNED_SHORT),
                mandatory("rr", "requestReachability", AttributeType.BOOLEAN),
                optional("nl", "nodeLink", AttributeType.URI),
                optional("trn", "triggerReferenceNumber", UNSIGNED_INT),
                optional("csz", "contentSerialization", AttributeType.SERIALIZATIONS),
                unsupported("esi", "e2eSecInfo"),
                optional("dcse", "descendantCSEs", AttributeType.IDS),
                mandatory("srv", "supportedReleaseVersions", AttributeType.RELEASES),
                optional("mtcc", "multicastCapability", AttributeType.whole(1, 2)),
                optional("egid", "externalGroupID", AttributeType.TEXT),
                optional("tren", "triggerEnable", AttributeType.BOOLEAN),
                unsupported("ape", "activityPatternElements"))));
  }

  private static ResourcePolicy accessControlPolicy() {
    return new ResourcePolicy(
        ACCESS_CONTROL_POLICY,
        ALL,
        Set.of(),
        rows(
            universal(),
            expiring(),
            announceable(),
            List.of(
                mandatory("pv", "privileges", AttributeType.OBJECT),
                mandatory("pvs", "selfPrivileges", AttributeType.OBJECT),
                unsupported("adri", "authorizationDecisionResourceIDs"),
                unsupported("apri", "authorizationPolicyResourceIDs"),
                unsupported("airi", "authorizationInformationResourceIDs"))));
  }

  private static ResourcePolicy ae() {
    return new ResourcePolicy(
        AE,
        ALL,
        Set.of(CONTAINER.code(), ACCESS_CONTROL_POLICY.code()),
        rows(
            common(),
            announceable(),
            List.of(
                optional("apn", "appName", AttributeType.TEXT),
                onceMandatory("api", "App-ID", AttributeType.APP_ID),
                assigned("aei", "AE-ID", AttributeType.TEXT),
                optional("poa", "pointOfAccess", AttributeType.POINTS_OF_ACCESS),
                optional("or", "ontologyRef", AttributeType.URI),
                optional("nl", "nodeLink", AttributeType.URI),
                mandatory("rr", "requestReachability", AttributeType.BOOLEAN),
                optional("csz", "contentSerialization", AttributeType.SERIALIZATIONS),
                unsupported("esi", "e2eSecInfo"),
                optional("mei", "M2M-Ext-ID", AttributeType.TEXT),
                mandatory("srv", "supportedReleaseVersions", AttributeType.RELEASES),
                unsupported("regs", "registrationStatus"),
                optional("trps", "trackRegistrationPoints", AttributeType.BOOLEAN),
                unsupported("scp", "sessionCapabilities"),
                optional("tren", "triggerEnable", AttributeType.BOOLEAN),
                unsupported("ape", "activityPatternElements"),
                optional("tri", "Trigger-Recipient-ID", UNSIGNED_SHORT),
                optional("trn", "triggerReferenceNumber", UNSIGNED_INT))));
  }

  private static ResourcePolicy aeAnnc() {
    return new ResourcePolicy(
        AE_ANNC,
        ALL,
        Set.of(),
        rows(
            common(),
            List.of(
                // They would be the registrar's, which can not be asked from here.
                unsupported("acpi", "accessControlPolicyIDs"),
                mandatory("lnk", "link", AttributeType.URI),
                unsupported("ast", "announcedSyncType"),
                optional("apn", "appName", AttributeType.TEXT),
                mandatory("api", "App-ID", AttributeType.APP_ID),
                assigned("aei", "AE-ID", AttributeType.TEXT),
                optional("poa", "pointOfAccess", AttributeType.POINTS_OF_ACCESS),
                optional("or", "ontologyRef", AttributeType.URI),
                optional("nl", "nodeLink", AttributeType.URI),
                optional("rr", "requestReachability", AttributeType.BOOLEAN),
                optional("csz", "contentSerialization", AttributeType.SERIALIZATIONS),
                optional("srv", "supportedReleaseVersions", AttributeType.RELEASES),
                unsupported("esi", "e2eSecInfo"),
                assigned("regs", "registrationStatus", AttributeType.whole(1, 2)),
                unsupported("trps", "trackRegistrationPoints"))));
  }

  private static ResourcePolicy container() {
    return new ResourcePolicy(
        CONTAINER,
        ALL,
        Set.of(CONTAINER.code(), CONTENT_INSTANCE.code()),
        rows(
            common(),
            announceable(),
            List.of(
                onceOptional("cr", "creator", NULL_ONLY),
                assigned("st", "stateTag", AttributeType.NON_NEGATIVE),
                optional("mni", "maxNrOfInstances", AttributeType.NON_NEGATIVE),
                optional("mbs", "maxByteSize", AttributeType.NON_NEGATIVE),
                optional("mia", "maxInstanceAge", AttributeType.NON_NEGATIVE),
                assigned("cni", "currentNrOfInstances", AttributeType.NON_NEGATIVE),
                assigned("cbs", "currentByteSize", AttributeType.NON_NEGATIVE),
                assigned("li", "locationID", AttributeType.URI),
                optional("or", "ontologyRef", AttributeType.URI),
                optional("disr", "disableRetrieval", AttributeType.BOOLEAN))));
  }

  private static ResourcePolicy contentInstance() {
    return new ResourcePolicy(
        CONTENT_INSTANCE,
        ALL_BUT_UPDATE,
        Set.of(),
        rows(
            universal(),
            List.of(
                optional("et", "expirationTime", AttributeType.TIMESTAMP),
                optional("lbl", "labels", AttributeType.LABELS),
                unsupported("at", "announceTo"),
                unsupported("aa", "announcedAttribute"),
                onceOptional("cr", "creator", NULL_ONLY),
                assigned("st", "stateTag", AttributeType.NON_NEGATIVE),
                onceOptional("cnf", "contentInfo", AttributeType.CONTENT_INFO),
                assigned("cs", "contentSize", AttributeType.NON_NEGATIVE),
                unsupported("conr", "contentRef"),
                onceOptional("or", "ontologyRef", AttributeType.URI),
                onceMandatory("con", "content", AttributeType.ANY))));
  }

  /** Universal attributes (TS-0004 clause 7.4, table of universal and common attributes). */
  static List<AttributePolicy> universal() {
    return List.of(
        onceOptional("rn", "resourceName", AttributeType.NAME),
        assigned("ty", "resourceType", AttributeType.NON_NEGATIVE),
        assigned("ri", "resourceID", AttributeType.TEXT),
        assigned("pi", "parentID", AttributeType.TEXT),
        assigned("ct", "creationTime", AttributeType.TIMESTAMP),
        assigned("lt", "lastModifiedTime", AttributeType.TIMESTAMP));
  }

  /** Universal attributes and the common ones of types with a policy of their own. */
  static List<AttributePolicy> common() {
    return rows(
        universal(),
        expiring(),
        List.of(
            optional("acpi", "accessControlPolicyIDs", AttributeType.URIS),
            unsupported("daci", "dynamicAuthorizationConsultationIDs")));
  }

  private static List<AttributePolicy> expiring() {
    return List.of(
        new AttributePolicy(
            "et",
            "expirationTime",
            AttributeType.TIMESTAMP,
            Presence.OPTIONAL,
            Presence.OPTIONAL,
            false),
        optional("lbl", "labels", AttributeType.LABELS));
  }

  private static List<AttributePolicy> announceable() {
    return List.of(unsupported("at", "announceTo"), unsupported("aa", "announcedAttribute"));
  }

  @SafeVarargs
  static List<AttributePolicy> rows(List<AttributePolicy>... groups) {
    List<AttributePolicy> rows = new ArrayList<>();
    for (List<AttributePolicy> group : groups) {
      rows.addAll(group);
    }
    return rows;
  }
}
