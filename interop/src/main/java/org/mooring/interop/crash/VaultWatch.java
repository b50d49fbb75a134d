// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Registration;
import org.mooring.asn.vault.Rung;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.interop.crash.Acknowledged.Kind;

/**
 * Enters into the ledger what a node's vault shows as acknowledged: a node stores a key as its own,
 * and a registration, when the answer has come or the target has taken the key.
 */
final class VaultWatch {
  private final Enrolled owner;
  private final Ledger ledger;
  private final KnownKeys keys;
  private @Nullable NodeState last;

  VaultWatch(Enrolled owner, Ledger ledger, KnownKeys keys) {
    this.owner = owner;
    this.ledger = ledger;
    this.keys = keys;
  }

  /** The state that the vault has now. */
  synchronized void saw(NodeState state) {
    keys.add(owner, state);
    for (Rung rung : List.of(Rung.ENROLMENT, Rung.MAF, Rung.ASSOCIATION)) {
      Optional<HeldKey> key = state.key(rung);
      if (key.isPresent() && !key.map(HeldKey::id).equals(before(rung))) {
        ledger.acknowledged(
            Kind.KEY, key.get().id().toString(), owner, key.get().lease().expires());
      }
    }
    for (Function function : Function.values()) {
      Optional<Registration> held = state.registration(function);
      if (held.isPresent() && !held.equals(before(function))) {
        ledger.acknowledged(
            kindOf(function), held.get().resourceId(), owner, held.get().lease().expires());
      }
    }
    last = state;
  }

  /** The vault was lost. */
  synchronized void forget() {
    last = null;
  }

  private Optional<KeyIdentifier> before(Rung rung) {
    return Optional.ofNullable(last).flatMap(state -> state.key(rung)).map(HeldKey::id);
  }

  private Optional<Registration> before(Function function) {
    return Optional.ofNullable(last).flatMap(state -> state.registration(function));
  }

  private static Kind kindOf(Function function) {
    return switch (function) {
      case MEF -> Kind.MEF_CLIENT_REG;
      case MAF -> Kind.MAF_CLIENT_REG;
      case CSE -> Kind.REMOTE_CSE;
    };
  }
}
