// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.audit;

/** What the audit log tells of. */
public enum AuditAction {
  ENROLEE_ADDED,
  /** As compromised, with all that it led to. */
  ENROLEE_REVOKED,
  HANDSHAKE_FAILED,
  CLIENT_REGISTERED,
  CLIENT_REGISTRATION_UPDATED,
  CLIENT_DEREGISTERED,
  KEY_REGISTERED,
  KEY_REGISTRATION_UPDATED,
  KEY_RETRIEVED,
  KEY_DEREGISTERED,
  /** A new enrolment key was registered while an earlier one lives. */
  RE_ENROLLED,
  /** A node had a key of its own certified. */
  CERTIFICATE_ISSUED,
  /** A Ks was made by GBA. */
  BOOTSTRAPPED,
  /** A USIM told where its sequence numbers stand. */
  BOOTSTRAPPING_RESYNCHRONISED,
  BOOTSTRAPPING_REFUSED,
  CREDENTIAL_CURRENT,
  CREDENTIAL_SUPERSEDED,
  CREDENTIAL_REVOKED,
  CREDENTIAL_EXPIRED,
  CSE_REGISTERED,
  CSE_DEREGISTERED,
  AE_REGISTERED,
  AE_DEREGISTERED,
  COMMAND_ADDED,
  /** Told to its client, for the first time or again. */
  COMMAND_ISSUED,
  COMMAND_REPORTED,
  COMMAND_CANCELLED,
  /** It enrols no more; what it led to lives to its own end. */
  ENROLEE_RETIRED,
  CREDENTIAL_RETIRED,
  /** The subscription has another end, to come. */
  SUBSCRIPTION_CHANGED,
  SUBSCRIPTION_ENDED,
  /** An enrolee's factory key was replaced. */
  ENROLEE_REKEYED,
  GROUP_ADDED,
  GROUP_CHANGED,
  GROUP_REVOKED,
  /** A device of a group proved its key and waits for the operator. */
  GROUP_CLAIM_WAITS,
  GROUP_DEVICE_APPROVED,
  GROUP_DEVICE_DENIED,
  /** A device of a group became an enrolee. */
  GROUP_CLAIMED,
  /** An enrolee has one more credential to enrol with. */
  ENROLEE_CREDENTIAL_ADDED,
  ENROLEE_CREDENTIAL_REMOVED,
  /** An enrolee may enrol with other methods than before. */
  ENROLEE_METHOD_CHANGED,
  /** A node came by a method that the policy does not take, or not while it has a better one. */
  METHOD_REFUSED,
  /** A node enrolled by a method though the policy prefers one that it says it was refused with. */
  METHOD_FALLEN_BACK,
  APPLICATION_REGISTERED,
  /** With all its instances. */
  APPLICATION_REVOKED,
  APP_TOKEN_ISSUED,
  APP_TOKEN_REVOKED,
  /** A key that signs tokens from now on. */
  APP_SIGNING_KEY_MADE,
  /** An instance of an application proved its token. */
  APP_INSTANCE_ASSOCIATED,
  APP_ASSOCIATION_REFUSED,
  /** An instance was given a Ka. */
  APP_KEY_DERIVED,
  /** With its token or application, or given up; a token may let it in again. */
  APP_INSTANCE_ENDED,
  APP_INSTANCE_REVOKED,
  /** A function here got its key from an operator's BSF. */
  NAF_KEY_RETRIEVED,
  /** A function of somebody else's got its key from the BSF here. */
  NAF_KEY_HANDED_OVER,
  /** Somebody asked the BSF here for a key and got none. */
  NAF_KEY_REFUSED,
  /** The service subscription does not let an AE register, or its AE-ID is in use. */
  AE_REGISTRATION_REFUSED,
  /** A profile, a node or a rule of a service subscription was made, changed or deleted. */
  SERVICE_SUBSCRIPTION_CHANGED,
  /** A CSE may not register, or announce descendants, with what it says of itself. */
  CSE_REGISTRATION_REFUSED,
  /** The public DNS has the domain name of a CSE that is registered, or has it lead elsewhere. */
  PUBLIC_NAME_ADDED,
  PUBLIC_NAME_REMOVED,
  /** The public DNS does not take the domain name of a CSE. */
  PUBLIC_NAME_REFUSED,
  /** A registrar CSE has an AE with a stem of the provider's. */
  AE_ANNOUNCED,
  /** An AE with a stem of the provider's registered with another CSE than before. */
  AE_MOVED,
  /** The AE deregistered, or what announced it was deleted or expired. */
  AE_ANNOUNCEMENT_ENDED,
  /** Access control policies do not permit a request. */
  ACCESS_REFUSED,
  /** The default policy of an instance's token is not there: what it made is its own alone. */
  ACCESS_POLICY_MISSING
}
