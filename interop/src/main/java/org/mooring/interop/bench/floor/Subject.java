// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.floor;

import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.bench.Enrolments;

/** A server under load. */
interface Subject extends AutoCloseable {
  /** Has nodes enrol; what prepares them is done before the measurement begins. */
  Enrolments enrol(EnrolmentPath path, int nodes) throws InterruptedException;

  /** What it is called on a path. */
  String name(EnrolmentPath path);

  @Override
  void close();
}
