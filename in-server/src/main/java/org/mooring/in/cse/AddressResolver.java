// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.in.provider.ServiceProvider;

/** Finds out what {@code To} names (TS-0004 clauses 6.2.4 and 7.3.2.8). */
final class AddressResolver {
  private static final String SUBJECT = "To";
  private static final String BASE_SHORTCUT = "-";

  private final ServiceProvider provider;
  private final TypeCatalogue types;

  AddressResolver(ServiceProvider provider, TypeCatalogue types) {
    this.provider = provider;
    this.types = types;
  }

  /**
   * @param registering whether the request registers its originator, which no other CSE can take
   * @throws RefusedException INVALID_PARAMETER, UNSUPPORTED_PARAMETER, ADDRESS_WITHOUT_RESOURCE,
   *     REGISTRATION_THROUGH_TRANSIT or NO_SUCH_RESOURCE
   */
  Target resolve(ResourceRepository resources, String to, boolean registering) {
    List<String> local =
        hosted(parse(to))
            .orElseThrow(
                () ->
                    (registering ? Refusal.REGISTRATION_THROUGH_TRANSIT : Refusal.NO_SUCH_RESOURCE)
                        .of(SUBJECT));
    if (local.isEmpty()) {
      throw Refusal.ADDRESS_WITHOUT_RESOURCE.of(SUBJECT);
    }
    return find(resources, local).orElseThrow(() -> Refusal.NO_SUCH_RESOURCE.of(SUBJECT));
  }

  /** Whether an address is the CSEBase's; throws as {@link #resolve}. */
  boolean isBase(ResourceRepository resources, String to) {
    return resolve(resources, to, false) instanceof Target.Hosted hosted
        && hosted.resource().isBase();
  }

  /**
   * The CSE that an address names; empty for one of the CSE that gets the request by its form, and
   * for a text that is no address.
   */
  static Optional<CseId> hostOf(String to) {
    try {
      ResourceAddress address = parse(to);
      String stem = "/" + address.segments().get(0);
      if (address instanceof ResourceAddress.CseRelative || !CseId.isValid(stem)) {
        return Optional.empty();
      }
      return Optional.of(
          address instanceof ResourceAddress.Absolute absolute
              ? new CseId("//" + absolute.authority() + stem)
              : new CseId(stem));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private static ResourceAddress parse(String to) {
    if (to.indexOf('#') >= 0) {
      throw Refusal.UNSUPPORTED_PARAMETER.of(SUBJECT + " with an attribute");
    }
    if (to.isEmpty() || to.endsWith("/") || (to.startsWith("//") && to.indexOf('/', 2) < 0)) {
      throw Refusal.ADDRESS_WITHOUT_RESOURCE.of(SUBJECT);
    }
    try {
      return ResourceAddress.parse(to);
    } catch (IdentifierSyntaxException e) {
      throw Refusal.INVALID_PARAMETER.of(SUBJECT);
    }
  }

  /** The CSE-relative segments of an address that this CSE hosts. */
  private Optional<List<String>> hosted(ResourceAddress address) {
    List<String> segments = address.segments();
    if (address instanceof ResourceAddress.CseRelative) {
      return Optional.of(segments);
    }
    boolean ownProvider =
        !(address instanceof ResourceAddress.Absolute absolute)
            || absolute.authority().equals(provider.sp().fqdn());
    return ownProvider && segments.get(0).equals(provider.cse().stem())
        ? Optional.of(segments.subList(1, segments.size()))
        : Optional.empty();
  }

  private Optional<Target> find(ResourceRepository resources, List<String> local) {
    Optional<Resource> exact = named(resources, local);
    if (exact.isPresent() || local.size() == 1) {
      return exact.map(Target.Hosted::new);
    }
    String last = local.get(local.size() - 1);
    return named(resources, local.subList(0, local.size() - 1))
        .filter(parent -> types.rules(parent.type()).hasVirtualChild(last))
        .map(parent -> new Target.Virtual(parent, last));
  }

  private Optional<Resource> named(ResourceRepository resources, List<String> local) {
    String first = local.get(0);
    if (first.equals(BASE_SHORTCUT) || first.equals(provider.cseName())) {
      List<String> names = new ArrayList<>(local);
      names.set(0, provider.cseName());
      return resources.byPath(String.join("/", names));
    }
    Optional<Resource> start = resources.byId(first);
    if (local.size() == 1) {
      return start;
    }
    String rest = String.join("/", local.subList(1, local.size()));
    return start.flatMap(resource -> resources.byPath(resource.path() + "/" + rest));
  }
}
