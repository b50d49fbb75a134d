// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;

/**
 * What an operator can ask of a running server. No method blocks; each answers with the document
 * that the API sends, or fails with an {@link AdminException}, an {@link ImportException}, an
 * {@link IllegalArgumentException} or a {@link org.mooring.common.primitive.RefusedException} that
 * names the field.
 *
 * <p>Documents of enrolees have {@code kpmId}, {@code certificateId}, {@code kmId} or {@code
 * kpsaId}, {@code csi}, {@code nodeId}, {@code path}, {@code status} ({@code active}, {@code
 * expired}, {@code retired}, {@code ended} or {@code revoked}), {@code expires} of the factory key
 * and {@code until} of the subscription (ISO 8601, left out where it never does), {@code minMethod}
 * where it has one, {@code registrar} and {@code registrarPoa} where that is not the IN-CSE, {@code
 * app} where it may register as that alone, and {@code fingerprint}: of the first credential where
 * there are several. A key is in none of them, except in the answer to an addition that generated
 * it, as {@code kpm}, {@code km} or {@code kpsa}.
 */
public interface AdminService extends ServerAdmin {
  CompletionStage<Attributes> addEnrolee(EnroleeOrder order);

  /** Adds all or, with an {@link ImportException}, none of them; answers in their order. */
  CompletionStage<List<Attributes>> importEnrolees(List<EnroleeOrder> orders);

  /** All enrolees by identifier, revoked ones included. */
  CompletionStage<List<Attributes>> listEnrolees();

  /**
   * The enrolee with the {@code credentials} that it has from the factory, each with its {@code
   * identity}, {@code method}, {@code status}, {@code added}, {@code expires} and {@code
   * fingerprint}, the method that it is {@code enrolledBy}, where it is, and the {@code keys} that
   * its client has; none has its octets.
   */
  CompletionStage<Attributes> showEnrolee(KeyIdentifier id);

  /** Revokes the enrolee as compromised, with all that it led to, and ends the live sessions. */
  CompletionStage<Attributes> revokeEnrolee(KeyIdentifier id, String reason);

  /**
   * Replaces the Kpm of an enrolee by one under another identifier; answers like an addition.
   *
   * @param order {@code kpmId} and {@code kpm}, each of which the server makes up if left out
   */
  CompletionStage<Attributes> rekeyEnrolee(KeyIdentifier id, EnroleeOrder order);

  /** The operator's side of the several credentials of an enrolee. */
  CredentialAdmin credentials();

  /** The operator's side of groups. */
  GroupAdmin groups();

  /** The operator's side of applications; none where the server is no application registry. */
  Optional<AppAdmin> apps();

  /** The operator's side of service subscriptions. */
  SubscriptionAdmin serviceSubscriptions();

  /** Lets the enrolee enrol no more; what it led to, live sessions too, has its own end. */
  CompletionStage<Attributes> retireEnrolee(KeyIdentifier id, String reason);

  /**
   * Has the enrolee's subscription end at another time, and with it all that would live longer.
   *
   * @param until in the future
   */
  CompletionStage<Attributes> extendEnrolee(KeyIdentifier id, Instant until);

  /** Ends the enrolee's subscription and its live sessions; it may be extended again. */
  CompletionStage<Attributes> endEnrolee(KeyIdentifier id);

  /**
   * Revokes one key as compromised, with all that its sessions led to, and ends the live sessions.
   * The last credential that an enrolee can enrol with takes the enrolee with it.
   */
  CompletionStage<Attributes> revokeKey(KeyIdentifier identity, String reason);

  /**
   * Has one key open no session any longer; its live sessions and what they led to go on. The last
   * credential that an enrolee can enrol with takes the enrolee with it.
   */
  CompletionStage<Attributes> retireKey(KeyIdentifier identity, String reason);

  /**
   * Puts a command at the end of the enrolee's queue. Documents of commands have {@code command}
   * (its id), {@code class}, {@code state} (queued, issued, reported, cancelled or expired), {@code
   * status} and {@code code} (cmdStatusCode), {@code deliveries}, {@code added}, {@code changed},
   * {@code expires} where it does, and {@code arguments}.
   */
  CompletionStage<Attributes> addCommand(KeyIdentifier id, CommandOrder order);

  /** The commands of the enrolee's registration, in the order of the queue. */
  CompletionStage<List<Attributes>> listCommands(KeyIdentifier id);

  /** Withdraws a command. */
  CompletionStage<Attributes> cancelCommand(KeyIdentifier id, String command);
}
