// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import org.mooring.common.identifier.Fqdn;

/**
 * Every name and number on the MAF's and MEF's interface that TS-0032 would settle and that could
 * not be confirmed: types, members, attributes and paths. A look at the published text changes this
 * class alone.
 */
public final class TrustResourceNames {
  public static final ResourceType MAF_BASE = new ResourceType(1, "sec:mafb", "MAFBase");
  public static final ResourceType MEF_BASE = new ResourceType(2, "sec:mefb", "MEFBase");
  public static final ResourceType MAF_CLIENT_REG =
      new ResourceType(3, "sec:mafcr", "mafClientReg");
  public static final ResourceType MEF_CLIENT_REG =
      new ResourceType(4, "sec:mefcr", "mefClientReg");
  public static final ResourceType MEF_CLIENT_CMD =
      new ResourceType(5, "sec:mefcc", "mefClientCmd");
  public static final ResourceType SYMM_KEY_REG = new ResourceType(6, "sec:skr", "symmKeyReg");

  /** Ours: no standard has one. It associates an instance of an application. */
  public static final ResourceType APP_ASSOCIATION =
      new ResourceType(7, "sec:appa", "appAssociation");

  /** adminFQDN; absent in a request, it is the provider's own. */
  public static final String ADMIN_FQDN = "adfq";

  /** SUID. */
  public static final String USAGE = "suid";

  public static final String TARGET_IDS = "tgis";
  public static final String KEY_VALUE = "kv";

  /** assignedSymmKeyID: the KmId to use from now on. */
  public static final String ASSIGNED_KEY_ID = "aski";

  /** The client configuration, see {@link ClientConfiguration}. */
  public static final String CLIENT_CONFIGURATION = "ccfg";

  /** childResource of a {@code <mefClientReg>}: a reference to its {@code <mefClientCmd>}. */
  public static final String CHILD_RESOURCE = "ch";

  public static final String COMMAND_ID = "cid";

  /** cmdDescription, with the three members that follow. */
  public static final String COMMAND_DESCRIPTION = "cdes";

  /** cmdClassID. */
  public static final String COMMAND_CLASS = "ccl";

  /** cmdArgs: one member, named after the class. */
  public static final String COMMAND_ARGUMENTS = "cag";

  /** targetID: the entity concerned where the client is a Node. */
  public static final String COMMAND_TARGET = "tid";

  /** cmdStatusCode. */
  public static final String COMMAND_STATUS = "csc";

  /** noMoreCmdArgs, with retryDuration. */
  public static final String NO_MORE_ARGUMENTS = "nmca";

  public static final String RETRY_DURATION = "rdu";

  /** certProvCmdArgs, with the four members that follow. */
  public static final String CERTIFICATE_ARGUMENTS = "cpca";

  /** certProvProtocolID. */
  public static final String CERTIFICATE_PROTOCOL = "cppi";

  /** The base URI of the certificate provisioning protocol. */
  public static final String CERTIFICATE_URI = "uri";

  public static final String CERTIFICATE_SUBJECT_TYPE = "cst";
  public static final String CERTIFICATE_SUBJECT_ID = "csid";

  /** devCfgCmdArgs, with deviceConfigURI. */
  public static final String DEVICE_ARGUMENTS = "dcca";

  /** deviceConfigURI: {@code <devMgmtID>:<URI>}. */
  public static final String DEVICE_CONFIG_URI = "dcu";

  /** MONodeCmdArgs, with the three members that follow. */
  public static final String OBJECT_ARGUMENTS = "mnca";

  public static final String OBJECT_PATH = "obp";
  public static final String OBJECT_TYPE = "otid";

  /** objectTypeSpecificArgs: SUID for an [authenticationProfile], else absent. */
  public static final String OBJECT_SPECIFIC_ARGUMENTS = "otsa";

  /** App-ID of an {@code appAssociation}. */
  public static final String APP_ID = "api";

  /** App-Inst-ID. */
  public static final String APP_INSTANCE_ID = "apin";

  /** Which token the proof is made with. */
  public static final String TOKEN_ID = "tkid";

  /** The proof, 32 octets. */
  public static final String PROOF = "prf";

  /** KaId. */
  public static final String APP_KEY_ID = "kaid";

  /** The AE-ID that the instance is known by, absolute. */
  public static final String AE_ID = "aei";

  /** creator: the client's absolute CSE-ID or AE-ID, or a function's FQDN. */
  public static final String CLIENT_ID = "cr";

  public static final String RESOURCE_ID = "ri";
  public static final String EXPIRATION_TIME = "et";
  public static final String CREATION_TIME = "ct";
  public static final String LAST_MODIFIED_TIME = "lt";
  public static final String LABELS = "lbl";

  /** Stands for the base resource's name behind a function's FQDN. */
  public static final String BASE_SEGMENT = "-";

  /** The name of a {@code <mefClientCmd>} below its {@code <mefClientReg>}. */
  public static final String COMMAND_SEGMENT = "cmd";

  /** First segments that name a function's base without its FQDN, reserved at the root. */
  public static final String MAF_ALIAS = "maf";

  public static final String MEF_ALIAS = "mef";

  private TrustResourceNames() {}

  /** The address of a function's base resource, {@code //<FQDN>/-}. */
  public static String baseOf(Fqdn function) {
    return "//" + function + "/" + BASE_SEGMENT;
  }

  /** The address of a registration below a function's base. */
  public static String below(Fqdn function, String id) {
    return baseOf(function) + "/" + id;
  }

  /** The address of the commands of a client registration at a MEF. */
  public static String commandsOf(Fqdn mef, String registrationId) {
    return below(mef, registrationId) + "/" + COMMAND_SEGMENT;
  }
}
