// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;

/** Which function a name or an address belongs to. */
public final class FunctionPaths {
  /** The path of resource discovery (RFC 6690 clause 4), outside every function. */
  static final String DISCOVERY = ".well-known/core";

  private final ServiceProvider provider;

  public FunctionPaths(ServiceProvider provider) {
    this.provider = provider;
  }

  /** The function of a server name; empty for a name that is none's, such as the host's. */
  Optional<FunctionRole> ofName(Fqdn name) {
    if (name.equals(provider.mef())) {
      return Optional.of(FunctionRole.MEF);
    }
    if (name.equals(provider.maf())) {
      return Optional.of(FunctionRole.MAF);
    }
    return name.equals(provider.cseFqdn()) ? Optional.of(FunctionRole.CSE) : Optional.empty();
  }

  /** The one form of a key identifier under which it is kept. */
  KeyIdentifier canonical(KeyIdentifier id) {
    return provider.canonical(id);
  }

  /** The FQDN by which a function asks another one for a key. */
  Fqdn nameOf(FunctionRole role) {
    return switch (role) {
      case MEF -> provider.mef();
      case MAF -> provider.maf();
      case CSE -> provider.cseFqdn();
    };
  }

  /**
   * The function that serves an address; the CSE where no trust function does.
   *
   * @throws org.mooring.common.primitive.RefusedException if the text is no address
   */
  FunctionRole ofAddress(String to) {
    ResourceAddress address = parse(to);
    if (address instanceof ResourceAddress.Absolute absolute) {
      return ofName(absolute.authority()).orElse(FunctionRole.CSE);
    }
    if (address instanceof ResourceAddress.CseRelative relative) {
      return switch (relative.segments().get(0)) {
        case TrustResourceNames.MEF_ALIAS -> FunctionRole.MEF;
        case TrustResourceNames.MAF_ALIAS -> FunctionRole.MAF;
        default -> FunctionRole.CSE;
      };
    }
    return FunctionRole.CSE;
  }

  private static ResourceAddress parse(String to) {
    try {
      return ResourceAddress.parse(to);
    } catch (IdentifierSyntaxException e) {
      throw Refusal.INVALID_PARAMETER.of("To");
    }
  }
}
