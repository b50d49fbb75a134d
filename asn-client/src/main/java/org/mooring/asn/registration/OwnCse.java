// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.registration;

import java.util.List;
import org.mooring.common.resource.ClientConfiguration;

/** What the node says of its own CSE. */
public final class OwnCse {
  /** resourceName of the node's {@code <CSEBase>}. */
  public static final String BASE_NAME = "cse-asn";

  /** m2m:cseTypeID of an ASN-CSE. */
  public static final int CSE_TYPE = 3;

  /** supportedReleaseVersions. */
  public static final List<String> RELEASES = List.of("2a", "3");

  /** contentSerialization. */
  public static final List<String> SERIALIZATIONS = List.of("json", "cbor");

  private OwnCse() {}

  /** The address of the node's {@code <remoteCSE>} at its registrar. */
  public static String remoteAddress(ClientConfiguration configuration) {
    return registrarBase(configuration) + "/" + configuration.cseId().stem();
  }

  /** The address of the registrar's {@code <CSEBase>}, whatever its name. */
  public static String registrarBase(ClientConfiguration configuration) {
    return configuration.registrar().spRelative() + "/-";
  }
}
