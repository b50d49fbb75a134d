// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.command;

import org.mooring.in.trust.TrustStore;

/** What one transaction offers to the procedures of commands. */
public interface CommandStore extends TrustStore {
  CommandRepository commands();
}
