// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.mooring.asn.ApplicationPlan;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.AppInstances;
import org.mooring.asn.vault.NodeState;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;

/** What is told of an instance of an application: never its token's secret or its key. */
final class ApplicationDescription {
  private ApplicationDescription() {}

  /** Those of a vault without a node. */
  static AttributeValue of(AppInstances instances) {
    return items(instances, ApplicationDescription::of);
  }

  /**
   * A node's, and why one is not going to be associated.
   *
   * @param now the server's time
   */
  static AttributeValue of(NodeState state, Instant now) {
    return items(
        state.appInstances(),
        instance -> {
          Attributes told = of(instance);
          return ApplicationPlan.hindrance(state, instance, now)
              .map(why -> told.toBuilder().put("reason", why).build())
              .orElse(told);
        });
  }

  private static AttributeValue items(
      AppInstances instances, Function<AppInstance, Attributes> description) {
    List<AttributeValue> all = new ArrayList<>();
    instances.all().stream()
        .map(instance -> withSharing(instances, instance, description.apply(instance)))
        .forEach(told -> all.add(new AttributeValue.Members(told)));
    return new AttributeValue.Items(all);
  }

  /** In whose associations it may speak, and they in its own. */
  private static Attributes withSharing(
      AppInstances instances, AppInstance instance, Attributes told) {
    List<String> others =
        instances.sharingWith(instance).stream().map(other -> other.id().value()).toList();
    return others.isEmpty() || instance.isLeaving()
        ? told
        : told.toBuilder().put("sharesWith", others).build();
  }

  /**
   * {@code instance}, {@code app}, {@code token}, {@code state} ({@code waiting}, {@code
   * associated}, {@code refused} or {@code leaving}), and what else there is.
   */
  static Attributes of(AppInstance instance) {
    Attributes.Builder members =
        Attributes.builder()
            .put("instance", instance.id().value())
            .put("app", instance.token().application().value())
            .put("token", instance.token().id().toString())
            .put("tokenEnds", instance.token().validity().until().toString())
            .put("state", state(instance));
    instance
        .key()
        .ifPresent(
            ka ->
                members
                    .put("kaId", ka.id().toString())
                    .put("expires", ka.lease().expires().toString()));
    instance
        .setback()
        .ifPresent(
            why ->
                members
                    .put("reason", Reporter.printable(why.reason()))
                    .put("nextTry", why.nextTry().toString()));
    return members.build();
  }

  private static String state(AppInstance instance) {
    if (instance.isLeaving()) {
      return "leaving";
    }
    if (instance.setback().isPresent()) {
      return "refused";
    }
    return instance.isAssociated() ? "associated" : "waiting";
  }
}
