// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.mooring.common.subscription.CredentialId;
import org.mooring.in.authz.SecurityPrincipal;

/** Whom a request comes from, as far as the transport tells. */
public sealed interface Originator {
  /** From as it was sent; empty for none. */
  String from();

  /**
   * Where the request was sent from, if that counts; what a CSE sent on came from elsewhere.
   * Several where only together they tell.
   */
  default Set<InetAddress> addresses() {
    return Set.of();
  }

  /**
   * A request inside a security association.
   *
   * @param principal whom the session authenticated
   * @param from the id claimed; what the principal may not claim is refused
   * @param credential the Credential-ID of the session; empty where the request is none that is
   *     held against service subscriptions
   * @param addresses of the other end: that of the handshake and the newest
   */
  record Associated(
      SecurityPrincipal.AssociatedEntity principal,
      String from,
      Optional<CredentialId> credential,
      Set<InetAddress> addresses)
      implements Originator {
    public Associated(
        SecurityPrincipal.AssociatedEntity principal,
        String from,
        Optional<CredentialId> credential) {
      this(principal, from, credential, Set.of());
    }

    /** The same, with the addresses of the other end. */
    public Associated at(Set<InetAddress> peer) {
      return new Associated(principal, from, credential, peer);
    }
  }

  /**
   * A request outside any association, where the provider allows these ({@code --coap-mode open}).
   *
   * @param from the AE-ID claimed
   * @param addresses of whoever sent it
   */
  record Open(String from, Set<InetAddress> addresses) implements Originator {
    public Open(String from) {
      this(from, Set.of());
    }
  }

  /**
   * A request that this CSE's registrar sent down over the association that this CSE made with it.
   *
   * @param from whom the registrar checked; nobody that speaks here or below
   */
  record ViaRegistrar(String from) implements Originator {}

  /** The provider itself, who may do with every resource what its type offers. */
  record Operator() implements Originator {
    @Override
    public String from() {
      return "";
    }
  }
}
