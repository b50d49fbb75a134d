// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.mooring.common.command.CertificateProtocol;
import org.mooring.common.command.CommandArguments.CertProv;
import org.mooring.common.command.CommandArguments.DevCfg;
import org.mooring.common.command.ManagementProtocol;

/** A certificate provisioner and a device manager that end as a test says, and count. */
final class Workers {
  final AtomicInteger certificates = new AtomicInteger();
  final AtomicInteger configurations = new AtomicInteger();
  private final Supplier<CompletionStage<Outcome>> work;

  private Workers(Supplier<CompletionStage<Outcome>> work) {
    this.work = work;
  }

  static Workers that(Outcome outcome) {
    return new Workers(() -> CompletableFuture.completedFuture(outcome));
  }

  static Workers thatFailWith(RuntimeException failure) {
    return new Workers(() -> CompletableFuture.failedFuture(failure));
  }

  static Workers thatThrow(RuntimeException failure) {
    return new Workers(
        () -> {
          throw failure;
        });
  }

  CommandSettings settings() {
    return CommandSettings.DEFAULT.withCertificates(provisioner()).withDevices(manager());
  }

  private CertificateProvisioner provisioner() {
    return new CertificateProvisioner() {
      @Override
      public Set<CertificateProtocol> protocols() {
        return Set.of(CertificateProtocol.EST);
      }

      @Override
      public CompletionStage<Outcome> provision(CertProv wanted) {
        certificates.incrementAndGet();
        return work.get();
      }
    };
  }

  private DeviceManager manager() {
    return new DeviceManager() {
      @Override
      public Set<ManagementProtocol> protocols() {
        return Set.of(ManagementProtocol.LWM2M);
      }

      @Override
      public CompletionStage<Outcome> configure(DevCfg wanted) {
        configurations.incrementAndGet();
        return work.get();
      }
    };
  }
}
