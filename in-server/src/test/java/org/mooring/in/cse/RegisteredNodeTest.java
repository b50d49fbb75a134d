// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a CSE of their own, at which one node is registered. */
abstract class RegisteredNodeTest {
  static final String NODE = "cse-in/asn-1";
  static final String DATA = NODE + "/data";

  @TempDir Path folder;
  TestCse cse;
  TestCse.Party node;

  @BeforeEach
  final void start() {
    cse = new TestCse(folder);
    node = cse.registered("/asn-1");
  }

  @AfterEach
  final void stop() {
    cse.close();
  }
}
