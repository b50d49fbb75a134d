// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import static org.mooring.common.primitive.ResponseStatusCode.BAD_REQUEST;
import static org.mooring.common.primitive.ResponseStatusCode.INTERNAL_SERVER_ERROR;
import static org.mooring.common.primitive.ResponseStatusCode.INVALID_CHILD_RESOURCE_TYPE;
import static org.mooring.common.primitive.ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED;
import static org.mooring.common.primitive.ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE;
import static org.mooring.common.primitive.ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED;
import static org.mooring.common.primitive.ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED;

/** Every reason to refuse a request: its status code, its CoAP code and what to do about it. */
public enum Refusal {
  MALFORMED_MESSAGE(BAD_REQUEST, "send a CoAP message as RFC 7252 lays it out"),
  MALFORMED_CONTENT(BAD_REQUEST, "send one well-formed JSON or CBOR object of the resource's type"),
  UNKNOWN_OPTION(BAD_REQUEST, 402, "leave out critical options that the binding does not define"),
  BODY_TOO_LARGE(BAD_REQUEST, 413, "keep the content below the limit the server was started with"),
  MISSING_PARAMETER(BAD_REQUEST, "send every parameter that the operation requires"),
  INVALID_PARAMETER(BAD_REQUEST, "send a value that the parameter allows"),
  MISSING_ATTRIBUTE(BAD_REQUEST, "send every mandatory attribute of the resource type"),
  UNKNOWN_ATTRIBUTE(BAD_REQUEST, "leave out attributes that the resource type does not have"),
  NOT_PERMITTED_ATTRIBUTE(BAD_REQUEST, "leave out attributes that the operation does not permit"),
  INVALID_ATTRIBUTE(BAD_REQUEST, "send a value of the attribute's type and range"),
  EXPIRATION_IN_THE_PAST(BAD_REQUEST, "send an expirationTime that lies in the future"),
  EXPIRATION_BEFORE_CHILD(BAD_REQUEST, "keep expirationTime at or after that of every child"),
  WRONG_CSE_ID(BAD_REQUEST, "leave csi out or send the CSE-ID that was assigned to this node"),
  TARGET_COUNT(BAD_REQUEST, "name exactly one target for this usage"),
  POLICIES_NOT_ALONE(BAD_REQUEST, "change accessControlPolicyIDs (acpi) in an UPDATE of its own"),
  NO_SUCH_POLICY(
      BAD_REQUEST, "name <accessControlPolicy> resources that this CSE hosts, 16 at most"),
  UNSUPPORTED_CONDITION(
      BAD_REQUEST, "leave out conditions of access control rules that this server can not check"),
  ADDRESS_WITHOUT_RESOURCE(BAD_REQUEST, "name a resource behind the CSE-ID"),
  REGISTRATION_THROUGH_TRANSIT(BAD_REQUEST, "register at the CSE that received the request"),
  RELEASE_UNSUPPORTED(
      ResponseStatusCode.RELEASE_VERSION_NOT_SUPPORTED, "send release version 2a or 3"),
  NO_SUCH_RESOURCE(ResponseStatusCode.NOT_FOUND, "check the address; it may have expired"),
  NO_INSTANCE(ResponseStatusCode.NOT_FOUND, "create a contentInstance first"),
  OPERATION_NOT_OFFERED(
      ResponseStatusCode.OPERATION_NOT_ALLOWED, "use an operation that the resource type offers"),
  REQUEST_EXPIRED(ResponseStatusCode.REQUEST_TIMEOUT, "send a later request expiration time"),
  MEDIA_TYPE_UNSUPPORTED(
      ResponseStatusCode.UNSUPPORTED_MEDIA_TYPE, "send JSON (content format 50) or CBOR (60)"),
  NOT_ACCEPTABLE(
      ResponseStatusCode.NOT_ACCEPTABLE,
      "accept JSON (content format 50) or CBOR (60), for /.well-known/core link format (40)"),
  CONTENT_TOO_LARGE_FOR_CONTAINER(
      ResponseStatusCode.NOT_ACCEPTABLE, "keep the content within the container's maxByteSize"),
  ANSWER_TOO_LARGE(
      ResponseStatusCode.NOT_ACCEPTABLE,
      "ask for less at once, such as for references in place of child resources"),
  NO_PRIVILEGE(ORIGINATOR_HAS_NO_PRIVILEGE, "ask as an originator that has this privilege"),
  ROLE_NOT_ALLOWED(
      ORIGINATOR_HAS_NO_PRIVILEGE, "name roles that the provider's rules allow this application"),
  FOREIGN_REGISTRATION(ORIGINATOR_HAS_NO_PRIVILEGE, "use a registration of your own"),
  NOT_A_TARGET(ORIGINATOR_HAS_NO_PRIVILEGE, "ask as a client that the key's targetIDs name"),
  TARGET_NOT_ALLOWED(
      ORIGINATOR_HAS_NO_PRIVILEGE, "name a target that the provider allows this client"),
  QUOTA_EXCEEDED(ORIGINATOR_HAS_NO_PRIVILEGE, "delete resources that are no longer needed"),
  STAKEHOLDER_NOT_ALLOWED(
      ORIGINATOR_HAS_NO_PRIVILEGE, "use an adminFQDN that has authorised this client"),
  FOREIGN_DESCENDANT(
      ORIGINATOR_HAS_NO_PRIVILEGE, "announce CSEs whose enrolment names this CSE as registrar"),
  CSE_NOT_REGISTERED(
      ORIGINATOR_HAS_NO_PRIVILEGE, "register the CSE first: create a <remoteCSE> with this CSE"),
  NOT_REGISTERED_WITH_FUNCTION(
      ORIGINATOR_HAS_NO_PRIVILEGE, "register as a client for this adminFQDN first"),
  PATH_OF_ANOTHER_ROLE(
      ORIGINATOR_HAS_NO_PRIVILEGE, "open a session with the function that serves this path"),
  CLAIM_WAITS(
      ORIGINATOR_HAS_NO_PRIVILEGE, "try again later: the operator has to approve this device"),
  CLAIM_REFUSED(
      ORIGINATOR_HAS_NO_PRIVILEGE, "ask the operator: this device may not become an enrolee"),
  APPLICATION_NOT_ACCEPTED(
      ORIGINATOR_HAS_NO_PRIVILEGE,
      "prove a token that the provider issued for this App-ID, in this session and for this"
          + " App-Inst-ID; its operator can tell what is wrong"),
  TOKEN_NOT_YET_VALID(
      ORIGINATOR_HAS_NO_PRIVILEGE, "try again once the token is valid: nbf in it tells when"),
  TOKEN_EXPIRED(ORIGINATOR_HAS_NO_PRIVILEGE, "give the application a token that has not expired"),
  TOKEN_OF_ANOTHER_NODE(
      ORIGINATOR_HAS_NO_PRIVILEGE, "give the application a token that names this node"),
  TOO_MANY_INSTANCES(
      ORIGINATOR_HAS_NO_PRIVILEGE,
      "ask the operator to revoke instances that are gone, or for another token"),
  TOO_MANY_ASSOCIATIONS(
      ORIGINATOR_HAS_NO_PRIVILEGE,
      "keep the key of each instance while it lives, and try again in a quarter of an hour"),
  APP_INSTANCE_ID_TAKEN(
      ResponseStatusCode.CONFLICT,
      "choose an App-Inst-ID that no other application on this node has"),
  MASTER_KEY_NEEDED(
      ORIGINATOR_HAS_NO_PRIVILEGE,
      "enrol for the MAF (usage 21) and ask in a session that Km opened or led to: a certificate, or"
          + " a key toward one CSE, is nothing to derive from"),
  INSTANCE_REVOKED(
      ORIGINATOR_HAS_NO_PRIVILEGE, "ask the operator: this instance may use no service any more"),
  NAME_IN_USE(ResponseStatusCode.CONFLICT, "choose another resourceName or leave it out"),
  WRONG_ORIGINATOR(ORIGINATOR_NOT_AUTHENTICATED, "leave From out or send the authenticated id"),
  UNKNOWN_ORIGINATOR(ORIGINATOR_NOT_AUTHENTICATED, "register the AE at this CSE first"),
  ASSOCIATION_REQUIRED(
      SECURITY_ASSOCIATION_REQUIRED, "open a DTLS session with a credential of yours (coaps)"),
  NEW_HANDSHAKE_NEEDED(
      SECURITY_ASSOCIATION_REQUIRED, "make a full handshake for this request and send it again"),
  CREDENTIAL_ENDED(
      SECURITY_ASSOCIATION_REQUIRED, "authenticate again: the credential expired or was revoked"),
  METHOD_NOT_ACCEPTED(
      SECURITY_ASSOCIATION_REQUIRED,
      "enrol with another credential: the provider does not take this method from this node, or"
          + " prefers another that it has"),
  NOT_A_CHILD_TYPE(INVALID_CHILD_RESOURCE_TYPE, "create this type below a parent that allows it"),
  ALREADY_REGISTERED(
      ORIGINATOR_HAS_ALREADY_REGISTERED, "retrieve and use the registration that exists"),
  /** The same, as originators of releases 1 and 2 know it. */
  ALREADY_REGISTERED_EARLIER_RELEASE(
      ResponseStatusCode.CONFLICT, "retrieve and use the registration that exists"),
  REGISTERED_ELSEWHERE(
      ORIGINATOR_HAS_ALREADY_REGISTERED,
      "remove the <AE>: it has registered with another CSE since, or register it here anew"),
  APP_RULE_FAILED(ResponseStatusCode.APP_RULE_VALIDATION_FAILED, Remedies.APP_RULE),
  /** The same, as originators of releases 1 and 2 know it. */
  APP_RULE_FAILED_EARLIER_RELEASE(SECURITY_ASSOCIATION_REQUIRED, Remedies.APP_RULE),
  NO_SERVICE_SUBSCRIPTION(
      ResponseStatusCode.SERVICE_SUBSCRIPTION_NOT_ESTABLISHED, Remedies.SUBSCRIPTION),
  /** The same, as originators of releases 1 and 2 know it. */
  NO_SERVICE_SUBSCRIPTION_EARLIER_RELEASE(SECURITY_ASSOCIATION_REQUIRED, Remedies.SUBSCRIPTION),
  OTHER_TRIGGER_PURPOSE(
      ResponseStatusCode.INVALID_TRIGGER_PURPOSE, "send the trigger purpose 4 (enrolmentRequest)"),
  TRIGGERS_ARE_OFF(
      ResponseStatusCode.TRIGGERING_DISABLED_FOR_RECIPIENT,
      "run the node with --triggers on, or use asn-client move"),
  NO_CREDENTIAL_FOR_MEF(
      SECURITY_ASSOCIATION_REQUIRED, "give the node a credential of that MEF (asn-client move)"),
  MOVE_UNDER_WAY(ResponseStatusCode.CONFLICT, "wait until the node has left its former provider"),
  INTERNAL_ERROR(INTERNAL_SERVER_ERROR, "try again later; the server's log has the reason"),
  UNSUPPORTED_PARAMETER(
      ResponseStatusCode.NOT_IMPLEMENTED, "leave out parameters that this server does not offer"),
  UNSUPPORTED_ATTRIBUTE(
      ResponseStatusCode.NOT_IMPLEMENTED, "leave out attributes whose feature is not offered"),
  UNSUPPORTED_TYPE(
      ResponseStatusCode.NOT_IMPLEMENTED, "use a resource type that supportedResourceType lists"),
  NON_BLOCKING_UNSUPPORTED(
      ResponseStatusCode.NON_BLOCKING_SYNCH_REQUEST_NOT_SUPPORTED, "send a blocking request"),
  NOT_REACHABLE(ResponseStatusCode.TARGET_NOT_REACHABLE, "try again when the target is connected");

  private final ResponseStatusCode status;
  private final int coapCode;
  private final String remedy;

  Refusal(ResponseStatusCode status, String remedy) {
    this(status, status.coapCode(), remedy);
  }

  Refusal(ResponseStatusCode status, int coapCode, String remedy) {
    this.status = status;
    this.coapCode = coapCode;
    this.remedy = remedy;
  }

  public ResponseStatusCode status() {
    return status;
  }

  /** The CoAP code as class times 100 plus detail; 413 is 4.13. */
  public int coapCode() {
    return coapCode;
  }

  /** What the originator can do, a sentence without its stop. */
  public String remedy() {
    return remedy;
  }

  /** An exception with this refusal for the named parameter, attribute or resource. */
  public RefusedException of(String subject) {
    return new RefusedException(this, subject);
  }

  /** What helps, whichever release tells of it. */
  private static final class Remedies {
    static final String APP_RULE =
        "register with a credential, an App-ID and an AE-ID that one of the provider's rules"
            + " allows together";
    static final String SUBSCRIPTION =
        "ask the provider: its service subscription does not cover this CSE";
  }
}
