// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/** A function of {@link FakeProvider}. */
interface FakeFunction {
  /**
   * Answers a request in a session with it.
   *
   * @throws org.mooring.common.primitive.RefusedException if it does not
   */
  ResponsePrimitive answer(FakeProviderSession session, RequestPrimitive request);
}
