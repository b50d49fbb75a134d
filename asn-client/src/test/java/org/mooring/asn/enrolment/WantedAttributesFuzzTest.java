// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** What a server wants in requests can be met, or not, and is never another error. */
class WantedAttributesFuzzTest {
  @FuzzTest
  void anythingIsSatisfiableOrNot(byte[] octets) {
    try {
      WantedAttributes.requireSatisfiable(octets);
    } catch (BadAnswerException e) {
      assertThat(e).hasMessageContaining("csrattrs");
    }
  }
}
