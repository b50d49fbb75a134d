// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.registration;

import java.util.List;
import org.mooring.common.resource.ClientConfiguration;

/**
 * What a node tells its registrar of the CSE on it.
 *
 * @param type m2m:cseTypeID (<i>cst</i>): 2 of an MN-CSE, 3 of an ASN-CSE
 * @param baseName resourceName of its {@code <CSEBase>}
 * @param pointsOfAccess where it takes requests itself (<i>poa</i>); none: nowhere that it tells
 */
public record LocalCse(int type, String baseName, List<String> pointsOfAccess) {
  /** The CSE that {@code asn-client} is itself. */
  public static final LocalCse ASN = new LocalCse(OwnCse.CSE_TYPE, OwnCse.BASE_NAME, List.of());

  private static final int MIDDLE_NODE = 2;

  public LocalCse {
    pointsOfAccess = List.copyOf(pointsOfAccess);
  }

  /** An MN-CSE, which whoever runs the node hosts. */
  public static LocalCse ofMiddleNode(String baseName, List<String> pointsOfAccess) {
    return new LocalCse(MIDDLE_NODE, baseName, pointsOfAccess);
  }

  /** The SP-relative address of its {@code <CSEBase>}. */
  String baseAddress(ClientConfiguration configuration) {
    return configuration.cseId().spRelative() + "/" + baseName;
  }
}
