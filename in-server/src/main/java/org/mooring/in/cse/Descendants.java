// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;

/**
 * The descendants of a resource that one answer shows. What the originator made, or could as well
 * have made, is shown or the request refused. What others made is looked at so far as one answer
 * has room, and left out beyond that: they could else have every answer at a common ancestor
 * refused.
 */
final class Descendants {
  private static final int MOST = 2000;

  /** Octets of what one answer is made from; a node may ask for all it ever stored. */
  private static final long MOST_OCTETS = 1 << 20;

  private final TypeCatalogue types;
  private final AccessPolicy access;

  Descendants(TypeCatalogue types, AccessPolicy access) {
    this.types = types;
    this.access = access;
  }

  /**
   * Those that the requester may retrieve, parents before children.
   *
   * @throws RefusedException UNSUPPORTED_PARAMETER if there are too many
   */
  List<Resource> shown(Call call, Resource root) {
    CreatorScope scope = call.requester().scope();
    long octets = call.resources().octetsBelow(root.id(), scope, MOST + 1);
    requireAtMost(MOST_OCTETS, octets, "octets");
    List<Resource> own = call.resources().below(root.id(), scope, MOST + 1);
    requireAtMost(MOST, own.size(), "descendants");
    List<Resource> others = others(call, root, own, octets);

    PolicyVerdicts verdicts = access.verdicts(call);
    if (!verdicts.read(own, MOST_OCTETS - octets)) {
      throw tooLarge(MOST_OCTETS, "octets, policies included");
    }
    // What refers to one that was not read is left out.
    var unused = verdicts.read(others, MOST_OCTETS);
    List<Resource> below = new ArrayList<>(own);
    below.addAll(others);
    List<Resource> shown = disclosed(root, below, access.retrievable(call, root, below, verdicts));
    requireAtMost(MOST, shown.size(), "descendants");
    return shown;
  }

  private static List<Resource> others(Call call, Resource root, List<Resource> own, long octets) {
    Set<String> known = new HashSet<>();
    own.forEach(resource -> known.add(resource.id()));
    CreatorScope scope = call.requester().scope();
    return call
        .resources()
        .governedBelow(root.id(), scope, own.size() + MOST + 1, octets + MOST_OCTETS)
        .stream()
        .filter(resource -> !known.contains(resource.id()))
        .toList();
  }

  private List<Resource> disclosed(Resource root, List<Resource> below, List<Resource> permitted) {
    Map<String, Resource> parents = new HashMap<>();
    parents.put(root.id(), root);
    below.forEach(child -> parents.put(child.id(), child));
    return permitted.stream().filter(child -> isDisclosed(parents, child)).toList();
  }

  private boolean isDisclosed(Map<String, Resource> parents, Resource child) {
    Resource parent = parents.get(child.parent());
    return parent != null && types.rules(parent.type()).discloses(parent, child.type());
  }

  private static void requireAtMost(long most, long found, String what) {
    if (found > most) {
      throw tooLarge(most, what);
    }
  }

  private static RefusedException tooLarge(long most, String what) {
    return Refusal.UNSUPPORTED_PARAMETER.of("Result Content of more than " + most + " " + what);
  }
}
