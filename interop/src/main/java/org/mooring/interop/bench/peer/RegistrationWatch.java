// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.peer;

import java.util.concurrent.CompletableFuture;
import org.eclipse.leshan.client.observer.LwM2mClientObserverAdapter;
import org.eclipse.leshan.client.servers.LwM2mServer;
import org.eclipse.leshan.core.ResponseCode;
import org.eclipse.leshan.core.request.BootstrapRequest;
import org.eclipse.leshan.core.request.RegisterRequest;
import org.jspecify.annotations.Nullable;

/** Completes when a client is registered, and fails when a step of it does. */
final class RegistrationWatch extends LwM2mClientObserverAdapter {
  private final CompletableFuture<Void> registered = new CompletableFuture<>();

  CompletableFuture<Void> registered() {
    return registered;
  }

  @Override
  public void onRegistrationSuccess(LwM2mServer server, RegisterRequest request, String id) {
    registered.complete(null);
  }

  @Override
  public void onBootstrapFailure(
      LwM2mServer server,
      BootstrapRequest request,
      @Nullable ResponseCode code,
      @Nullable String message,
      @Nullable Exception cause) {
    fail("bootstrap: " + code + " " + message, cause);
  }

  @Override
  public void onBootstrapTimeout(LwM2mServer server, BootstrapRequest request) {
    fail("bootstrap: no answer", null);
  }

  @Override
  public void onRegistrationFailure(
      LwM2mServer server,
      RegisterRequest request,
      @Nullable ResponseCode code,
      @Nullable String message,
      @Nullable Exception cause) {
    fail("registration: " + code + " " + message, cause);
  }

  @Override
  public void onRegistrationTimeout(LwM2mServer server, RegisterRequest request) {
    fail("registration: no answer", null);
  }

  @Override
  public void onUnexpectedError(Throwable cause) {
    fail("unexpected", cause);
  }

  private void fail(String what, @Nullable Throwable cause) {
    registered.completeExceptionally(new IllegalStateException(what, cause));
  }
}
