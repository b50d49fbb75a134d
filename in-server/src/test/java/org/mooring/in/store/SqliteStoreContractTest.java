// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.nio.file.Path;

class SqliteStoreContractTest extends StoreContractTest {
  @Override
  String emptyDatabase(Path folder) {
    return "jdbc:sqlite:" + folder.resolve("mooring.db");
  }
}
