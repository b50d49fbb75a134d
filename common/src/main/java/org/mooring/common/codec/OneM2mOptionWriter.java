// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import org.eclipse.californium.core.coap.OptionSet;

/** Adds oneM2M options of one generation to a message. */
final class OneM2mOptionWriter {
  private final OptionSet message;
  private final OptionGeneration generation;

  OneM2mOptionWriter(OptionSet message, OptionGeneration generation) {
    this.message = message;
    this.generation = generation;
  }

  /**
   * @throws IllegalArgumentException if the text is longer than the option may be
   */
  void add(OneM2mOption option, String text) {
    message.addOption(option.definition(generation).create(text));
  }

  /** The number in as few octets as it needs (RFC 7252 clause 3.2). */
  void add(OneM2mOption option, long number) {
    message.addOption(option.definition(generation).create(number));
  }
}
