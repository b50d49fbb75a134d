// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import java.util.List;
import org.mooring.asn.registration.OwnCse;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.ClientConfiguration;

/** Where a request on Mca goes (TS-0004 clause 7.3.2.8). */
sealed interface McaAddress {
  /** The node's {@code <CSEBase>}. */
  enum Base implements McaAddress {
    BASE
  }

  /** A resource below it, by its name or its id. */
  record Child(String name) implements McaAddress {}

  /**
   * Another CSE's resource.
   *
   * @param to the address, as written
   */
  record Transit(String to) implements McaAddress {}

  /**
   * What a To stands for at this node.
   *
   * @throws org.mooring.common.primitive.RefusedException INVALID_PARAMETER if To is no address,
   *     ADDRESS_WITHOUT_RESOURCE, or NO_SUCH_RESOURCE if it is deeper than anything here
   */
  static McaAddress of(String to, ClientConfiguration configuration) {
    ResourceAddress address;
    try {
      address = ResourceAddress.parse(to);
    } catch (IdentifierSyntaxException e) {
      throw Refusal.INVALID_PARAMETER.of("To");
    }
    CseId own = configuration.cseId();
    if (address instanceof ResourceAddress.Absolute absolute) {
      SpId sp = new SpId(absolute.authority());
      boolean ownProvider =
          configuration.registrar().absolute(sp).equals(configuration.registrar());
      return ownProvider && absolute.segments().get(0).equals(own.stem())
          ? local(behindCse(absolute.segments()))
          : new Transit(to);
    }
    if (address instanceof ResourceAddress.SpRelative relative) {
      return relative.segments().get(0).equals(own.stem())
          ? local(behindCse(relative.segments()))
          : new Transit(to);
    }
    return local(address.segments());
  }

  private static List<String> behindCse(List<String> segments) {
    if (segments.size() < 2) {
      throw Refusal.ADDRESS_WITHOUT_RESOURCE.of("To");
    }
    return segments.subList(1, segments.size());
  }

  private static McaAddress local(List<String> segments) {
    boolean fromBase = segments.get(0).equals("-") || segments.get(0).equals(OwnCse.BASE_NAME);
    if (fromBase && segments.size() == 1) {
      return Base.BASE;
    }
    if (fromBase && segments.size() == 2) {
      return new Child(segments.get(1));
    }
    if (!fromBase && segments.size() == 1) {
      return new Child(segments.get(0));
    }
    throw Refusal.NO_SUCH_RESOURCE.of("To");
  }
}
