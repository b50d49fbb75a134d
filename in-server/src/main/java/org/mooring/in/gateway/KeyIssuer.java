// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.util.concurrent.CompletionStage;
import org.mooring.asn.association.RetrievedKey;
import org.mooring.common.identifier.KeyIdentifier;

/** The MEF and the MAF, as a target of their clients' keys asks them. */
@FunctionalInterface
public interface KeyIssuer {
  /**
   * The key as this CSE may have it. Never waits.
   *
   * <p>Fails with {@link org.mooring.asn.enrolment.RefusedAnswerException} where the issuer keeps
   * it back, and otherwise where it can not be asked.
   */
  CompletionStage<RetrievedKey> retrieve(KeyIdentifier id);
}
