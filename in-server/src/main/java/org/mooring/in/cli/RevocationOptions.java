// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Option;

/** As what something is revoked, and why. */
final class RevocationOptions {
  private static final String COMPROMISED = "compromised";
  private static final String RETIRED = "retired";

  @Option(
      names = "--as",
      paramLabel = COMPROMISED + "|" + RETIRED,
      defaultValue = COMPROMISED,
      description =
          "compromised: every key it led to and the live sessions end at once. retired: it opens no"
              + " new session, what it led to and the live sessions go on to their own ends; what is"
              + " retired may still be revoked as compromised (default: ${DEFAULT-VALUE}, the safe one)")
  private String as = COMPROMISED;

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept in the audit log")
  private String reason = "";

  /**
   * Sends it.
   *
   * @param path of what is revoked, in the admin API
   * @throws UsageError if it is neither kind
   */
  Attributes send(AdminClient client, String path) {
    String action =
        switch (as) {
          case COMPROMISED -> ":revoke";
          case RETIRED -> ":retire";
          default -> throw new UsageError("--as: write " + COMPROMISED + " or " + RETIRED);
        };
    return client.post(path + action, Attributes.builder().put("reason", reason).build());
  }
}
