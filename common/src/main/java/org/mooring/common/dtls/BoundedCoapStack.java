// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.ExtendedCoapStackFactory;
import org.eclipse.californium.core.network.Outbox;
import org.eclipse.californium.core.network.stack.BlockwiseLayer;
import org.eclipse.californium.core.network.stack.CoapStack;
import org.eclipse.californium.core.network.stack.CoapUdpStack;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.config.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what unfinished bodies of a server take. Californium sets aside room for a whole body at
 * its first block, and by default for as many bodies as it has peers: some thousand small requests
 * would fill the heap. Beyond the bound a further body is answered with 4.08 at its second block.
 */
final class BoundedCoapStack implements ExtendedCoapStackFactory {
  /** Room for all unfinished bodies together. */
  private static final int BODY_OCTETS_IN_ALL = 32 * 1024 * 1024;

  private static final int FEWEST_BODIES = 16;

  /** How long a body may wait for its next block before it makes room for another. */
  private static final int NEXT_BLOCK_WITHIN_SECONDS = 30;

  private volatile @Nullable CoapUdpStack created;

  /** Whether a body is under way of which blocks are missing or not fetched yet. */
  boolean hasUnfinishedBodies() {
    CoapUdpStack stack = created;
    return stack != null && !stack.getLayer(BlockwiseLayer.class).isEmpty();
  }

  @Override
  public CoapStack createCoapStack(
      String protocol,
      String tag,
      Configuration configuration,
      @Nullable EndpointContextMatcher matching,
      Outbox outbox,
      @Nullable Object custom) {
    int largest = configuration.get(CoapConfig.MAX_RESOURCE_BODY_SIZE);
    // Only the stack's layers read the copy; of these, only the block-wise one counts peers.
    Configuration bounded =
        new Configuration(configuration)
            .set(CoapConfig.MAX_ACTIVE_PEERS, Math.max(FEWEST_BODIES, BODY_OCTETS_IN_ALL / largest))
            .set(CoapConfig.BLOCKWISE_STATUS_LIFETIME, NEXT_BLOCK_WITHIN_SECONDS, TimeUnit.SECONDS);
    CoapUdpStack stack = new CoapUdpStack(tag, bounded, matching, outbox);
    created = stack;
    return stack;
  }

  @Override
  @SuppressWarnings("deprecation") // still part of the interface
  public CoapStack createCoapStack(
      String protocol,
      String tag,
      Configuration configuration,
      Outbox outbox,
      @Nullable Object custom) {
    return createCoapStack(protocol, tag, configuration, null, outbox, custom);
  }
}
