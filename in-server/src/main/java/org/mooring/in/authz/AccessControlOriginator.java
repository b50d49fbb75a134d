// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.util.List;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.subscription.Wildcard;

/**
 * An entry of accessControlOriginators (TS-0001 clause 9.6.2.1, TS-0004 table 7.3.3.15-1). There is
 * none for the members of a {@code <group>}, a type that is not hosted.
 */
sealed interface AccessControlOriginator {
  /** Whether the rule is for whoever sent this request. */
  boolean includes(AccessRequest request);

  /** Everybody: {@code all}. */
  record All() implements AccessControlOriginator {
    @Override
    public boolean includes(AccessRequest request) {
      return true;
    }
  }

  /** The CSEs and AEs of a provider. */
  record Domain(SpId sp) implements AccessControlOriginator {
    @Override
    public boolean includes(AccessRequest request) {
      return request.originator().startsWith(sp + "/");
    }
  }

  /**
   * CSEs or AEs by their absolute identifier.
   *
   * @param segments what stands between its slashes; {@code *} in one stands for any characters of
   *     that one (TS-0003 clause 7.1.3)
   */
  record Entity(List<Wildcard> segments) implements AccessControlOriginator {
    public Entity {
      segments = List.copyOf(segments);
    }

    @Override
    public boolean includes(AccessRequest request) {
      String[] given = request.originator().substring(2).split("/", -1);
      if (given.length != segments.size()) {
        return false;
      }
      for (int i = 0; i < given.length; i++) {
        if (!segments.get(i).matches(given[i])) {
          return false;
        }
      }
      return true;
    }
  }

  /** Whoever may use a role and says so. */
  record Role(RoleId id) implements AccessControlOriginator {
    @Override
    public boolean includes(AccessRequest request) {
      return request.roles().contains(id);
    }
  }
}
