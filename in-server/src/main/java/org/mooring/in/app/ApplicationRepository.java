// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AppId;

/** The applications, revoked ones included, within one transaction. */
public interface ApplicationRepository {
  Optional<Application> find(AppId id);

  /**
   * Adds an application.
   *
   * @throws RuntimeException if the App-ID was ever registered
   */
  void add(Application application);

  /** Ends the application for good. */
  void revoke(AppId id, Standing.Revoked revoked);

  /**
   * A page of them in the order of their App-IDs.
   *
   * @param after the App-ID before the first, empty to begin
   */
  List<Application> page(String after, int limit);
}
