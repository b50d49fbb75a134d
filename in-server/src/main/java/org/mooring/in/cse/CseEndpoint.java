// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Map;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.ResourceTable;
import org.mooring.in.provider.ServiceProvider;

/** The IN-CSE as the rest of the server sees it: request primitives in, response primitives out. */
public final class CseEndpoint {
  private final ResourceTree tree;
  private final Originators originators;
  private final CseBase base;

  /** The IN-CSE of a provider, hosting the types of {@link CseResources}. */
  public CseEndpoint(ServiceProvider provider) {
    this(provider, CseResources.TABLE);
  }

  CseEndpoint(ServiceProvider provider, ResourceTable table) {
    RandomIds ids = new RandomIds();
    CseRegistrations registrations = new CseRegistrations(provider);
    AnnouncedAes announced = new AnnouncedAes(provider, registrations);
    StemAssignment stems = new SubscribedStems(new ServiceSubscriptions(provider), ids);
    this.originators = new Originators(provider, registrations, announced);
    this.base = new CseBase(provider, table);
    Map<Integer, TypeRules> rules =
        Map.of(
            CseResources.REMOTE_CSE.code(), new RemoteCseRules(registrations),
            CseResources.AE.code(), new AeRules(originators, provider.cse(), announced, stems),
            CseResources.AE_ANNC.code(), new AeAnncRules(provider, announced, stems),
            CseResources.SERVICE_SUBSCRIPTION_PROFILE.code(), new ProviderRules(),
            CseResources.SUBSCRIBED_APP_RULE.code(), new AppRuleRules(provider),
            CseResources.SUBSCRIBED_NODE.code(), new SubscribedNodeRules(provider),
            CseResources.CONTAINER.code(), new ContainerRules(),
            CseResources.CONTENT_INSTANCE.code(), new ContentInstanceRules());
    this.tree = new ResourceTree(provider, table, rules, provider.lifetimes().enrolment(), ids);
  }

  /**
   * Makes the CSEBase in a new store, with the profile of what enrolment implies; to be called at
   * each start, before any request.
   *
   * @return whether that profile is new, so that it lacks what was enrolled before
   * @throws IllegalStateException if the store belongs to a CSE of another name
   */
  public boolean prepare(CseStore store) {
    return ImpliedResources.prepare(store, base.prepare(store));
  }

  /**
   * Carries out a request in one transaction. A RETRIEVE only reads.
   *
   * @param originator as the transport knows it; its From is what counts, the request's is not read
   * @throws RefusedException if the request is refused; nothing of the transaction may be kept then
   */
  public ResponsePrimitive handle(CseStore store, Originator originator, RequestPrimitive request) {
    if (request.requestExpiration().filter(end -> !end.isAfter(store.now())).isPresent()) {
      throw Refusal.REQUEST_EXPIRED.of("Request Expiration Timestamp");
    }
    Requester requester = originators.identify(store, originator, request);
    Call call = new Call(store, originator, requester, request);
    return switch (request.operation()) {
      case CREATE -> tree.create(call);
      case RETRIEVE -> tree.retrieve(call);
      case UPDATE -> tree.update(call);
      case DELETE -> tree.delete(call);
      case NOTIFY -> throw Refusal.OPERATION_NOT_OFFERED.of("NOTIFY");
    };
  }

  /**
   * Deletes some of the resources whose expirationTime has come. What expired is never found, swept
   * or not; sweeping gives back its place.
   *
   * @param limit the most to delete in this transaction
   * @return how many there were; fewer than the limit if none is left
   */
  public int sweep(CseStore store, int limit) {
    return tree.sweep(store, limit);
  }
}
