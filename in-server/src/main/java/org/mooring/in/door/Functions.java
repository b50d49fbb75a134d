// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.util.List;
import java.util.Optional;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.key.ChannelBinding;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.cse.Discovery;
import org.mooring.in.cse.Originator;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.CredentialIds;
import org.mooring.in.store.Repositories;
import org.mooring.in.trust.RelayEndpoint;
import org.mooring.in.trust.SessionExport;
import org.mooring.in.trust.TrustEndpoint;

/** The functions behind the door, each called with what it may know. */
public final class Functions {
  private final ServiceProvider provider;
  private final TrustEndpoint<? super Repositories> mef;
  private final TrustEndpoint<? super Repositories> maf;
  private final CseEndpoint cse;
  private final Optional<RelayEndpoint<Repositories>> relay;
  private final List<String> otherLinks;

  /**
   * @param relay takes requests for the MAF in associations with the CSE, where it has any
   * @param otherLinks what else is discovered on this server
   */
  public Functions(
      ServiceProvider provider,
      TrustEndpoint<? super Repositories> mef,
      TrustEndpoint<? super Repositories> maf,
      CseEndpoint cse,
      Optional<RelayEndpoint<Repositories>> relay,
      List<String> otherLinks) {
    this.provider = provider;
    this.mef = mef;
    this.maf = maf;
    this.cse = cse;
    this.relay = relay;
    this.otherLinks = List.copyOf(otherLinks);
  }

  ResponsePrimitive call(
      Repositories tx,
      FunctionRole role,
      SecurityPrincipal principal,
      String originator,
      SecureSession session,
      RequestPrimitive request) {
    return switch (role) {
      case MEF -> mef.handle(tx, principal, exportOf(session), request);
      case MAF -> maf.handle(tx, principal, exportOf(session), request);
      case CSE -> {
        Optional<RelayEndpoint<Repositories>> relayed = relayOf(request.to());
        yield relayed.isPresent()
            ? relayed.get().handle(tx, principal, exportOf(session), request)
            : cse.handle(tx, associated(tx, principal, originator, request), request);
      }
    };
  }

  /** Whether an address of a function is one of the MEF's and MAF's resources. */
  boolean isOfTrust(FunctionRole role, String to) {
    return role != FunctionRole.CSE || relayOf(to).isPresent();
  }

  private Optional<RelayEndpoint<Repositories>> relayOf(String to) {
    return relay.filter(endpoint -> endpoint.isFor(to));
  }

  /** A request outside any association, at the CSE alone. */
  ResponsePrimitive callOpen(Repositories tx, String originator, RequestPrimitive request) {
    return cse.handle(tx, new Originator.Open(originator), request);
  }

  /** What this server offers, as links (RFC 6690). */
  ResponsePrimitive discover(RequestPrimitive request) {
    if (request.operation() != Operation.RETRIEVE) {
      throw Refusal.OPERATION_NOT_OFFERED.of(FunctionPaths.DISCOVERY);
    }
    return ResponsePrimitive.of(
        ResponseStatusCode.OK,
        request.requestId(),
        Representation.of(Representation.LINK_FORMAT, Discovery.linkFormat(provider, otherLinks)));
  }

  private Originator associated(
      Repositories tx, SecurityPrincipal principal, String originator, RequestPrimitive request) {
    if (!(principal instanceof SecurityPrincipal.AssociatedEntity entity)) {
      throw Refusal.PATH_OF_ANOTHER_ROLE.of("To");
    }
    boolean registersAe =
        request.operation() == Operation.CREATE
            && request.resourceType().orElse(0) == CseResources.AE.code();
    return new Originator.Associated(
        entity,
        originator,
        registersAe
            ? Optional.of(CredentialIds.idOf(tx, provider.sp(), entity.credential()))
            : Optional.empty());
  }

  private static SessionExport exportOf(SecureSession session) {
    return new SessionExport() {
      @Override
      public boolean resumed() {
        return session.isResumed();
      }

      @Override
      public ChannelBinding channelBinding() {
        return ChannelBinding.of(session.channelBinding());
      }

      @Override
      public ExportedKey export(ExporterLabel label) {
        return session.export(label);
      }
    };
  }
}
