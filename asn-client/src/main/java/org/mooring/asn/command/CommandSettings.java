// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.time.Duration;

/**
 * What a node can do for its MEF, and how often it asks.
 *
 * @param poll the longest time between two visits to the MEF, more than zero; a visit comes up to a
 *     fifth of it earlier, so that nodes that were started together come apart
 * @param certificates carries out CERT_PROV in place of the node itself, which speaks EST
 * @param devices carries out DEV_CFG
 */
public record CommandSettings(
    Duration poll, CertificateProvisioner certificates, DeviceManager devices) {
  /** A node that asks once a day, and gets certificates by EST and no device management. */
  public static final CommandSettings DEFAULT =
      new CommandSettings(Duration.ofDays(1), CertificateProvisioner.NONE, DeviceManager.NONE);

  /**
   * @throws IllegalArgumentException if the poll is not more than zero
   */
  public CommandSettings {
    if (poll.isZero() || poll.isNegative()) {
      throw new IllegalArgumentException("poll: give more than zero");
    }
  }

  public CommandSettings withPoll(Duration other) {
    return new CommandSettings(other, certificates, devices);
  }

  public CommandSettings withCertificates(CertificateProvisioner other) {
    return new CommandSettings(poll, other, devices);
  }

  /** With another provisioner where this one speaks no protocol. */
  public CommandSettings orCertificates(CertificateProvisioner other) {
    return certificates.protocols().isEmpty() ? withCertificates(other) : this;
  }

  public CommandSettings withDevices(DeviceManager other) {
    return new CommandSettings(poll, certificates, other);
  }
}
