// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;

/**
 * What tells a MEF from a MAF where both run the same procedures.
 *
 * @param <S> the transaction it works in
 */
public interface TrustFunction<S extends TrustStore> {
  FunctionRole role();

  Fqdn fqdn();

  /** The rows of its base resource. */
  ResourcePolicy base();

  /** The rows of its client registration. */
  ResourcePolicy clientRegistration();

  /** The exporter's label for keys registered here (TS-0003 clause 10.3.1). */
  ExporterLabel exporterLabel();

  /**
   * A PSK credential that a key becomes.
   *
   * @param opensSessionWith the function at which a handshake may show it
   */
  record PskUse(Credential.Kind kind, FunctionRole opensSessionWith) {}

  /** What a key of this usage becomes; empty for keys that open no session. */
  Optional<PskUse> pskUse(KeyUsage usage);

  /** The latest end of a client registration that is made or renewed now in such a session. */
  Instant registrationLimit(S store, Credential session);

  /**
   * The latest end of a key.
   *
   * @param session the credential in whose session it was registered
   * @param registeredAt when
   */
  Instant keyLimit(S store, Credential session, Instant registeredAt);

  /**
   * Has its say before a new key joins a line of generations.
   *
   * @param group names the line, see {@code Generations}
   * @throws org.mooring.common.primitive.RefusedException to refuse the key
   */
  void beforeNewKey(S store, SecurityPrincipal client, String group);

  /**
   * Has its say before a client is registered, or registered anew.
   *
   * @param session the credential of its session
   * @param labels what the client sent
   * @throws RuntimeException to refuse the registration
   */
  default void beforeRegistration(S store, Credential session, List<String> labels) {}

  /** What the answer to a client registration's CREATE has besides what both functions answer. */
  Attributes onRegistered(S store, SecurityPrincipal client);

  /** The same for a RETRIEVE, which is the Client Configuration Retrieval. */
  Attributes onRetrieved(S store, SecurityPrincipal client);

  /** The same for an UPDATE. */
  Attributes onUpdated(S store, SecurityPrincipal client);

  /** What only this function has below its base, beside registrations. */
  default Optional<BaseChild<S>> baseChild() {
    return Optional.empty();
  }

  /** What only this function has below a client registration. */
  default Optional<RegistrationChild<S>> registrationChild() {
    return Optional.empty();
  }
}
