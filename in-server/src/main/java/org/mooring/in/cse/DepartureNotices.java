// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Map;
import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.RegistrationPointChange;
import org.mooring.in.provider.ServiceProvider;

/**
 * Notifications that an AE has registered elsewhere, at the CSE below the topmost one that it left
 * (TS-0001 clause 10.2.16.1). They come over the association with the registrar, and from whoever
 * has a way there: none is taken at its word, the registrar is asked.
 */
final class DepartureNotices implements NotificationTarget {
  private final ServiceProvider provider;
  private final Position position;
  private final AddressResolver addresses;

  /**
   * @param position of this CSE, told of each AE that may have left
   */
  DepartureNotices(ServiceProvider provider, Position position) {
    this.provider = provider;
    this.position = position;
    this.addresses =
        new AddressResolver(provider, new TypeCatalogue(CseResources.table(), Map.of()));
  }

  @Override
  public ResponsePrimitive notified(Call call) {
    RegistrationPointChange change = RegistrationPointChange.of(call.request());
    boolean isTaken =
        call.originator() instanceof Originator.ViaRegistrar
            && addresses.isBase(call.resources(), call.request().to());
    if (!isTaken) {
      throw Refusal.OPERATION_NOT_OFFERED.of("NOTIFY but by the registrar to the CSEBase");
    }
    change
        .prior()
        .filter(ae -> ae.registrar().isSameAs(provider.cse(), provider.sp()))
        .map(ae -> new AeId(ae.stem()))
        .ifPresent(stem -> TrackedAes.doubt(call.store(), position, stem));
    return ResponsePrimitive.of(ResponseStatusCode.OK, call.request().requestId());
  }
}
