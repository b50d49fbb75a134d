// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.common.dtls.EndpointTimers;

/**
 * How an MN-CSE runs. Who it is, its enrolment tells.
 *
 * @param dataDir the data folder, initialised if it is new; its node's vault is {@code node} in it
 * @param coapsPort UDP port on every address; 0 for any free one
 * @param coapPort UDP port of plain CoAP on loopback; 0 for any free one
 * @param httpPort TCP port of the admin API on loopback; 0 for any free one
 * @param cseName the resource name of its CSEBase
 * @param accessPoints what its registrar is told as points of access; none: nothing
 * @param registrations the longest life of a resource below the CSEBase
 * @param factory what the node came with; empty where the vault has it
 * @param timers CoAP and DTLS retransmission
 * @param maxBodyBytes the largest request content in octets
 */
public record GatewaySettings(
    Path dataDir,
    int coapsPort,
    int coapPort,
    int httpPort,
    String cseName,
    List<String> accessPoints,
    Duration registrations,
    Optional<FactoryCredential> factory,
    EndpointTimers timers,
    int maxBodyBytes) {
  public GatewaySettings {
    accessPoints = List.copyOf(accessPoints);
  }

  /** The vault of its node. */
  public Path vault() {
    return dataDir.resolve("node");
  }
}
