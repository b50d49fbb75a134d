// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import java.util.Optional;

/** A device of a group. Its KpmId is {@code <group>.<device id>@<MEF-FQDN>}, case-sensitive. */
public record GroupDevice(GroupName group, DeviceId device) {
  private static final char SEPARATOR = '.';

  /**
   * The device that a KpmId names, if it has the form. One that has it need not belong to a group:
   * an operator may have chosen the name of a single node so.
   */
  public static Optional<GroupDevice> of(KeyIdentifier kpmId) {
    String relative = kpmId.relative();
    int dot = relative.indexOf(SEPARATOR);
    if (dot < 0) {
      return Optional.empty();
    }
    String group = relative.substring(0, dot);
    String device = relative.substring(dot + 1);
    return GroupName.isValid(group) && DeviceId.isValid(device)
        ? Optional.of(new GroupDevice(new GroupName(group), new DeviceId(device)))
        : Optional.empty();
  }

  /**
   * Its KpmId at a MEF.
   *
   * @throws IdentifierSyntaxException if it exceeds 128 octets with this FQDN
   */
  public KeyIdentifier kpmId(Fqdn mef) {
    return new KeyIdentifier(group.value() + SEPARATOR + device.value(), mef);
  }
}
