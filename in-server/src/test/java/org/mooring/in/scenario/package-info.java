// SPDX-License-Identifier: EPL-2.0
/** Scenarios: an IN server that runs, and nodes that a test plays against it over UDP. */
@NullMarked
package org.mooring.in.scenario;

import org.jspecify.annotations.NullMarked;
