// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.RepresentationValidator;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.common.resource.TrustResources;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.credential.Generations;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;

/**
 * The face of one function toward its clients (TS-0032): which resource a request is for, and the
 * procedure that answers it.
 *
 * @param <S> the transaction the function works in
 */
public final class TrustEndpoint<S extends TrustStore> {
  private final TrustFunction<S> function;
  private final ClientRegistrations<S> clientRegistrations;
  private final KeyRegistrations<S> keyRegistrations;

  public TrustEndpoint(
      TrustFunction<S> function,
      ClientRegistrations<S> clientRegistrations,
      KeyRegistrations<S> keyRegistrations) {
    this.function = function;
    this.clientRegistrations = clientRegistrations;
    this.keyRegistrations = keyRegistrations;
  }

  /**
   * Puts the endpoint of a function together.
   *
   * @param targets toward whom clients may register keys
   */
  public static <S extends TrustStore> TrustEndpoint<S> of(
      TrustFunction<S> function,
      ServiceProvider provider,
      Generations generations,
      TargetPolicy targets) {
    return new TrustEndpoint<>(
        function,
        new ClientRegistrations<>(function, provider),
        new KeyRegistrations<>(function, provider, generations, targets));
  }

  /** A resource below the function, or its base. */
  private sealed interface Target {
    record Base() implements Target {}

    record Registration(String id) implements Target {}

    record Child(String registration) implements Target {}

    record Key(RelativeKeyId id) implements Target {}
  }

  /**
   * Carries a request out. {@code From} was checked against the principal before.
   *
   * @param store a transaction that may write, also for a RETRIEVE: retrieved keys are recorded
   * @throws RefusedException to have the transaction undone and the refusal answered
   */
  public ResponsePrimitive handle(
      S store, SecurityPrincipal client, SessionExport session, RequestPrimitive request) {
    if (client.role() != function.role()) {
      throw Refusal.PATH_OF_ANOTHER_ROLE.of("To");
    }
    Target target = targetOf(request.to());
    boolean hasContent = TrustRequests.wantsContent(request);
    Representation content =
        switch (request.operation()) {
          case CREATE -> create(store, client, session, target, request);
          case RETRIEVE -> retrieve(store, client, target);
          case UPDATE -> update(store, client, target, request);
          case DELETE -> delete(store, client, target);
          case NOTIFY -> throw Refusal.OPERATION_NOT_OFFERED.of("NOTIFY");
        };
    return TrustRequests.answer(request, hasContent, content);
  }

  /** Sweeps what ended at this function, at most {@code limit} of each kind; how much it was. */
  public int expire(S store, int limit) {
    return clientRegistrations.expire(store, limit) + keyRegistrations.expire(store, limit);
  }

  private Representation create(
      S store,
      SecurityPrincipal client,
      SessionExport session,
      Target target,
      RequestPrimitive request) {
    ResourcePolicy type = typeOf(request);
    if (!(target instanceof Target.Base) || !function.base().allowsChild(type.type().code())) {
      throw Refusal.NOT_A_CHILD_TYPE.of("ty");
    }
    Attributes given =
        RepresentationValidator.forCreate(type, TrustRequests.content(request, type));
    Optional<BaseChild<S>> other = function.baseChild().filter(child -> child.policy() == type);
    Attributes created;
    if (other.isPresent()) {
      created = other.get().create(store, client, given, session);
    } else if (type == TrustResources.SYMM_KEY_REG) {
      created = keyRegistrations.register(store, client, given, session);
    } else if (type == function.clientRegistration()) {
      created = clientRegistrations.create(store, client, given);
    } else {
      throw Refusal.NOT_A_CHILD_TYPE.of("ty");
    }
    return Representation.of(type.type().root(), created);
  }

  private Representation retrieve(S store, SecurityPrincipal client, Target target) {
    if (target instanceof Target.Registration registration) {
      return registration(clientRegistrations.retrieve(store, client, registration.id()));
    }
    if (target instanceof Target.Key key) {
      Optional<BaseChild<S>> other = namedLikeKey(store, key.id());
      return other.isPresent()
          ? other(other.get(), other.get().retrieve(store, client, key.id()))
          : key(keyRegistrations.retrieve(store, client, key.id()));
    }
    if (target instanceof Target.Child at) {
      RegistrationChild<S> child = child();
      ClientRegistration parent = clientRegistrations.own(store, client, at.registration());
      return child(child.retrieve(store, client, parent));
    }
    Attributes base =
        Attributes.builder()
            .put("ty", function.base().type().code())
            .put(TrustResourceNames.RESOURCE_ID, function.fqdn().value())
            .build();
    return Representation.of(function.base().type().root(), base);
  }

  private Representation update(
      S store, SecurityPrincipal client, Target target, RequestPrimitive request) {
    if (target instanceof Target.Registration registration) {
      ResourcePolicy type = function.clientRegistration();
      Attributes given =
          RepresentationValidator.forUpdate(type, TrustRequests.content(request, type));
      return registration(clientRegistrations.update(store, client, registration.id(), given));
    }
    if (target instanceof Target.Key key && namedLikeKey(store, key.id()).isEmpty()) {
      ResourcePolicy type = TrustResources.SYMM_KEY_REG;
      Attributes given =
          RepresentationValidator.forUpdate(type, TrustRequests.content(request, type));
      return key(keyRegistrations.update(store, client, key.id(), given));
    }
    if (target instanceof Target.Child at) {
      RegistrationChild<S> child = child();
      ResourcePolicy type = child.policy();
      Attributes given =
          RepresentationValidator.forUpdate(type, TrustRequests.content(request, type));
      ClientRegistration parent = clientRegistrations.own(store, client, at.registration());
      return child(child.update(store, client, parent, given));
    }
    throw Refusal.OPERATION_NOT_OFFERED.of(function.base().type().name());
  }

  private Representation delete(S store, SecurityPrincipal client, Target target) {
    if (target instanceof Target.Registration registration) {
      return registration(clientRegistrations.delete(store, client, registration.id()));
    }
    if (target instanceof Target.Key key) {
      Optional<BaseChild<S>> other = namedLikeKey(store, key.id());
      return other.isPresent()
          ? other(other.get(), other.get().delete(store, client, key.id()))
          : key(keyRegistrations.delete(store, client, key.id()));
    }
    ResourcePolicy type = target instanceof Target.Child ? child().policy() : function.base();
    throw Refusal.OPERATION_NOT_OFFERED.of(type.type().name());
  }

  private Optional<BaseChild<S>> namedLikeKey(S store, RelativeKeyId id) {
    return function.baseChild().filter(child -> child.has(store, id));
  }

  private static Representation other(BaseChild<?> child, Attributes attributes) {
    return Representation.of(child.policy().type().root(), attributes);
  }

  private RegistrationChild<S> child() {
    return function.registrationChild().orElseThrow();
  }

  private Representation child(Attributes attributes) {
    return Representation.of(child().policy().type().root(), attributes);
  }

  private Representation registration(Attributes attributes) {
    return Representation.of(function.clientRegistration().type().root(), attributes);
  }

  private static Representation key(Attributes attributes) {
    return Representation.of(TrustResources.SYMM_KEY_REG.type().root(), attributes);
  }

  private Target targetOf(String to) {
    List<String> below = belowBase(to);
    if (below.isEmpty()) {
      return new Target.Base();
    }
    String id = below.get(0);
    if (below.size() > 1) {
      boolean isChild =
          below.size() == 2
              && function
                  .registrationChild()
                  .filter(child -> child.segment().equals(below.get(1)))
                  .isPresent();
      if (!isChild) {
        throw Refusal.NO_SUCH_RESOURCE.of("To");
      }
      return new Target.Child(id);
    }
    return RelativeKeyId.isValid(id)
        ? new Target.Key(new RelativeKeyId(id))
        : new Target.Registration(id);
  }

  /** The segments behind {@code //FQDN/-}, the alias or {@code -}. */
  private List<String> belowBase(String to) {
    ResourceAddress address = TrustRequests.address(to);
    List<String> segments = address.segments();
    String first = segments.get(0);
    boolean isOurs =
        address instanceof ResourceAddress.Absolute absolute
            ? isOwn(absolute.authority())
            : address instanceof ResourceAddress.CseRelative
                && (first.equals(alias()) || first.equals(TrustResourceNames.BASE_SEGMENT));
    if (!isOurs) {
      throw Refusal.PATH_OF_ANOTHER_ROLE.of("To");
    }
    boolean isBase =
        !(address instanceof ResourceAddress.Absolute)
            || first.equals(TrustResourceNames.BASE_SEGMENT);
    if (!isBase) {
      throw Refusal.NO_SUCH_RESOURCE.of("To");
    }
    return segments.subList(1, segments.size());
  }

  private boolean isOwn(Fqdn authority) {
    return authority.equals(function.fqdn());
  }

  private String alias() {
    return function.role() == FunctionRole.MEF
        ? TrustResourceNames.MEF_ALIAS
        : TrustResourceNames.MAF_ALIAS;
  }

  /** The rows of the type that a CREATE names. */
  private ResourcePolicy typeOf(RequestPrimitive request) {
    int type = TrustRequests.type(request);
    for (ResourcePolicy known :
        List.of(
            TrustResources.MAF_BASE,
            TrustResources.MEF_BASE,
            TrustResources.MAF_CLIENT_REG,
            TrustResources.MEF_CLIENT_REG,
            TrustResources.MEF_CLIENT_CMD,
            TrustResources.SYMM_KEY_REG,
            TrustResources.APP_ASSOCIATION)) {
      if (known.type().code() == type) {
        return known;
      }
    }
    throw Refusal.UNSUPPORTED_TYPE.of("ty");
  }
}
