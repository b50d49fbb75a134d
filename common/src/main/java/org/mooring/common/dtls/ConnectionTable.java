// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.util.concurrent.TimeUnit;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.InMemoryConnectionStore;

/**
 * Scandium's connections, with a sign that the last place is taken.
 *
 * <p>Scandium answers a ClientHello that finds no place with one more HelloVerifyRequest, the
 * client that with one more ClientHello, and so on: tens of thousands of datagrams back and forth
 * for each honest client. Whoever sees {@link #isFull} drops the ClientHello, so that the client
 * tries again in its own time.
 */
final class ConnectionTable extends InMemoryConnectionStore {
  /** After it a ClientHello may find out whether a silent connection makes room by now. */
  private static final long TRY_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private volatile boolean full;
  private volatile long fullSince;

  /**
   * @param config has the number of places and the silence after which a connection loses its own
   */
  ConnectionTable(DtlsConnectorConfig config) {
    super(
        config.get(DtlsConfig.DTLS_MAX_CONNECTIONS),
        config.get(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, TimeUnit.SECONDS),
        config.getSessionStore());
    setTag(config.getLoggingTag());
  }

  /** Whether the last connection that came found no place, within the last second. */
  boolean isFull() {
    return full && System.nanoTime() - fullSince < TRY_AGAIN_NANOS;
  }

  @Override
  public boolean put(Connection connection) {
    boolean placed = super.put(connection);
    if (!placed) {
      fullSince = System.nanoTime();
    }
    full = !placed;
    return placed;
  }

  @Override
  public boolean remove(Connection connection, boolean removeFromSessionCache) {
    boolean removed = super.remove(connection, removeFromSessionCache);
    if (removed) {
      full = false;
    }
    return removed;
  }
}
