// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.mooring.common.primitive.Attributes;

/** What an operator can ask of any server here, whatever functions it has. No method blocks. */
public interface ServerAdmin {
  /** Who the server is and what it does at this moment. */
  CompletionStage<Attributes> status();

  /** Whether the audit log is whole: {@code intact}, {@code entries}, {@code head}. */
  CompletionStage<Attributes> verifyAudit();

  /** The last entries of the audit log, the oldest of them first. */
  CompletionStage<List<Attributes>> audit(int limit);
}
