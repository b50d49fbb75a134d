// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.mooring.common.dtls.CredentialLookup;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.SpId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.bsf.OwnBsf;
import org.mooring.in.door.FunctionPaths;
import org.mooring.in.door.PskDirectory;
import org.mooring.in.door.TransactionLookup;
import org.mooring.in.group.ClaimLookUp;
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.mef.MethodPolicy;
import org.mooring.in.mef.NodeNames;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;
import org.mooring.in.trust.HeldKeys;

/**
 * A server's store after the server has stopped, with the server's own look-up for handshakes: the
 * one way in which MAF and CSE retrieve what MEF and MAF hold.
 */
final class StoppedStore implements AutoCloseable {
  private static final Fqdn PROVIDER = new Fqdn("sp.example.org");
  private static final Duration ANY = Duration.ofDays(1);

  private final Store store;
  private final CredentialLookup keys;

  private StoppedStore(Store store) {
    SpId sp = new SpId(PROVIDER);
    ServiceProvider provider =
        new ServiceProvider(
            sp,
            new Fqdn("mef." + PROVIDER),
            new Fqdn("maf." + PROVIDER),
            new CseId("/id-in"),
            "cse-in",
            List.of(),
            new ServiceProvider.Lifetimes(ANY, ANY, ANY));
    this.store = store;
    FunctionPaths paths = new FunctionPaths(provider);
    MethodCheck methods = new MethodCheck(MethodPolicy.DEFAULT, Set.of());
    this.keys =
        new TransactionLookup(
            store,
            paths,
            Map.of(provider.mef(), new OwnBsf(store)),
            methods,
            new PskDirectory(
                store,
                paths,
                new HeldKeys(provider.mef(), sp),
                new HeldKeys(provider.maf(), sp),
                new ClaimLookUp(provider, new NodeNames()),
                methods));
  }

  static StoppedStore open(Path data) {
    return new StoppedStore(Store.open(StoreSettings.in(data), InstantSource.system()));
  }

  /** The key that a handshake with this identity would be held against. */
  Optional<SecretKeyBytes> keyOf(KeyIdentifier identity) {
    CredentialLookup.Query query =
        new CredentialLookup.Query(
            identity.toString(),
            Optional.empty(),
            false,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try {
      return keys.lookup(query).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof CredentialLookup.Unusable) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
