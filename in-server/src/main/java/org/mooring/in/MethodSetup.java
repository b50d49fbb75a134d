// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.util.EnumSet;
import java.util.Set;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.mef.MethodPolicy;
import org.mooring.in.store.Store;

/** What a server's settings make of the methods by which nodes enrol. */
final class MethodSetup {
  private MethodSetup() {}

  /**
   * The check that all doors share.
   *
   * @throws IllegalArgumentException if an enrolee's minimum is not accepted, so that it would be
   *     locked out whatever it has
   */
  static MethodCheck check(ServeSettings settings, Store store) {
    MethodPolicy policy = settings.methods();
    Set<EnrolmentMethod> minimums =
        store.read(tx -> tx.enrolees().minMethods()).toCompletableFuture().join();
    for (EnrolmentMethod minimum : minimums) {
      if (!policy.accepts(minimum)) {
        throw new IllegalArgumentException(
            "--methods: accept "
                + minimum.text()
                + ", the minimum of an enrolee, or change that first with 'enrolee method'");
      }
    }
    Set<EnrolmentMethod> served = served(settings);
    if (policy.accepted().methods().stream().noneMatch(served::contains)) {
      throw new IllegalArgumentException(
          "--methods: accept psk, or start with --certificate and --trust, or with --ub-port or"
              + " --bsf: nobody could enrol");
    }
    return new MethodCheck(policy, served);
  }

  /** Nodes need no certificate of ours for a Kpm; for the rest a door has to be open. */
  static Set<EnrolmentMethod> served(ServeSettings settings) {
    Set<EnrolmentMethod> served = EnumSet.of(EnrolmentMethod.PSK);
    settings
        .certificates()
        .ifPresent(
            own -> {
              served.add(EnrolmentMethod.RPK);
              if (!own.trusted().isEmpty()) {
                served.add(EnrolmentMethod.CERTIFICATE);
              }
            });
    if (settings.ubPort().isPresent() || settings.zn().operator().isPresent()) {
      served.add(EnrolmentMethod.GBA);
    }
    return served;
  }
}
