// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import org.mooring.common.primitive.Refusal;

/**
 * Why an instance is not associated. Whoever has not proved that it has the token's secret is told
 * the same whatever it is, so that nobody finds out which App-IDs and tokens there are; the record
 * has the reason.
 */
public enum AssociationObstacle {
  UNKNOWN_APPLICATION(
      Refusal.APPLICATION_NOT_ACCEPTED, "the App-ID is not registered: 'app register' adds it"),
  REVOKED_APPLICATION(
      Refusal.APPLICATION_NOT_ACCEPTED,
      "the App-ID was revoked: register the application under another one"),
  UNKNOWN_TOKEN(
      Refusal.APPLICATION_NOT_ACCEPTED, "no such token was issued: 'app token' issues one"),
  REVOKED_TOKEN(
      Refusal.APPLICATION_NOT_ACCEPTED, "the token was revoked: 'app token' issues another"),
  TOKEN_OF_ANOTHER_APPLICATION(
      Refusal.APPLICATION_NOT_ACCEPTED,
      "the token is of another App-ID: give the application its own"),
  WRONG_PROOF(
      Refusal.APPLICATION_NOT_ACCEPTED,
      "the proof does not fit: it was made with another secret, for another App-Inst-ID or in"
          + " another session; have the node make a new one"),
  NOT_YET_VALID(
      Refusal.TOKEN_NOT_YET_VALID, "the token is not valid yet: wait, or issue one that is"),
  EXPIRED(Refusal.TOKEN_EXPIRED, "the token expired: 'app token' issues another"),
  ANOTHER_NODE(
      Refusal.TOKEN_OF_ANOTHER_NODE,
      "the token does not name this node: 'app token --node' issues one that does"),
  REVOKED_INSTANCE(
      Refusal.INSTANCE_REVOKED, "the instance was revoked: give it another App-Inst-ID"),
  TOKEN_CAP_REACHED(
      Refusal.TOO_MANY_INSTANCES,
      "as many instances live under the token as may: 'app revoke --instance' ends those that are"
          + " gone"),
  NODE_CAP_REACHED(
      Refusal.TOO_MANY_INSTANCES,
      "as many instances live on this node under the token as may: 'app revoke --instance' ends"
          + " those that are gone"),
  TOO_OFTEN(
      Refusal.TOO_MANY_ASSOCIATIONS,
      "the node was given too many keys: find out why its instances do not keep theirs; it gets one"
          + " more every quarter of an hour");

  private final Refusal refusal;
  private final String reason;

  AssociationObstacle(Refusal refusal, String reason) {
    this.refusal = refusal;
    this.reason = reason;
  }

  /** What the node is told. */
  public Refusal refusal() {
    return refusal;
  }

  /** The reason and the operator's remedy for the record, one line. */
  public String reason() {
    return reason;
  }
}
