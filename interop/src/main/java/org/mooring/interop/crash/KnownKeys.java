// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.mooring.asn.association.AssociationKeys;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;

/** Every key that was ever in a node's vault, so that the dead ones can be tried. */
final class KnownKeys {
  private final Map<KeyIdentifier, Known> keys = new ConcurrentHashMap<>();

  /**
   * A key.
   *
   * @param owner whose node held it
   * @param function at which it opens a session
   * @param credential what a handshake shows
   */
  record Known(Enrolled owner, Fqdn function, PskCredential credential) {
    KeyIdentifier identity() {
      return credential.identity();
    }
  }

  void add(Enrolled owner, NodeState state) {
    factoryKey(owner);
    heldIn(owner, state).forEach(known -> keys.putIfAbsent(known.identity(), known));
  }

  private void factoryKey(Enrolled owner) {
    keys.computeIfAbsent(
        owner.kpmId(), id -> new Known(owner, id.issuer(), new PskCredential(id, owner.kpm())));
  }

  Collection<Known> all() {
    return List.copyOf(keys.values());
  }

  /** The keys above the factory's that a state holds, confirmed and tentative ones. */
  static List<Known> heldIn(Enrolled owner, NodeState state) {
    return Stream.of(Rung.ENROLMENT, Rung.MAF, Rung.ASSOCIATION)
        .flatMap(rung -> heldOn(rung, owner, state).stream())
        .toList();
  }

  /** The same of one rung. */
  static List<Known> heldOn(Rung rung, Enrolled owner, NodeState state) {
    Optional<ClientConfiguration> configuration = state.configuration();
    if (configuration.isEmpty()) {
      return List.of();
    }
    List<Known> held = new ArrayList<>();
    Fqdn function = functionOf(rung, configuration.get());
    if (state.key(rung).isPresent()) {
      held.add(new Known(owner, function, AssociationKeys.of(state, rung)));
    }
    if (state.keys().tentative(rung).isPresent()) {
      held.add(new Known(owner, function, AssociationKeys.ofTentative(state, rung)));
    }
    return held;
  }

  private static Fqdn functionOf(Rung rung, ClientConfiguration configuration) {
    boolean atMaf =
        rung == Rung.MAF || (rung == Rung.ENROLMENT && configuration.path() == EnrolmentPath.MAF);
    return atMaf ? configuration.maf() : configuration.registrarFqdn();
  }
}
