// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.key.KeyUsage;
import org.mooring.in.provider.Registrars;
import org.mooring.in.provider.ServiceProvider;

/**
 * The policy that holds where the provider states none: a client reaches its registrar, which is
 * the IN-CSE where its enrolment names no other, and on the way there the provider's MAF. An
 * instance of an application reaches those, too, that its token names, by keys that the MAF
 * distributes.
 */
public final class RegistrarTargets implements TargetPolicy {
  private final ServiceProvider provider;
  private final int keysPerClient;

  public RegistrarTargets(ServiceProvider provider, int keysPerClient) {
    this.provider = provider;
    this.keysPerClient = keysPerClient;
  }

  @Override
  public Optional<String> defaultTarget(Registrars registrars, EntityId client, KeyUsage usage) {
    return switch (usage) {
      case PROVISIONED_FOR_MAF -> Optional.of(provider.maf().value());
      case PROVISIONED_FOR_ASSOCIATION, DISTRIBUTED_FOR_ASSOCIATION, DISTRIBUTED_FOR_ESPRIM ->
          Optional.of(registrar(registrars, client).value());
      default -> Optional.empty();
    };
  }

  @Override
  public boolean allows(Registrars registrars, EntityId client, KeyUsage usage, String target) {
    return defaultTarget(registrars, client, usage).filter(target::equals).isPresent()
        || (usage == KeyUsage.DISTRIBUTED_FOR_ASSOCIATION
            && isEntity(target)
            && registrars.isGranted(client, EntityId.of(target)));
  }

  private static boolean isEntity(String target) {
    return CseId.isValid(target) || (target.startsWith("/") && AeId.isValid(target));
  }

  private CseId registrar(Registrars registrars, EntityId client) {
    return registrars
        .registrarOf(client)
        .map(cse -> cse.absolute(provider.sp()))
        .orElse(provider.absoluteCse());
  }

  @Override
  public int keysPerClient() {
    return keysPerClient;
  }
}
