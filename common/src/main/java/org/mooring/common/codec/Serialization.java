// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import java.util.Optional;
import java.util.Set;

/**
 * The serializations of a primitive's content and their CoAP content formats (TS-0008 clause
 * 6.2.2.2). The general format of each is sent; those registered for oneM2M are accepted too.
 */
public enum Serialization {
  /** TS-0004 clause 8.4; as resource, notification, request and response primitive. */
  JSON(50, Set.of(10001, 10003, 10007, 10009)),
  /** TS-0004 clause 8.5; as resource, notification, request and response primitive. */
  CBOR(60, Set.of(10010, 10011, 10012, 10013));

  private final int contentFormat;

  // Made by Set.of alone, whose sets never change.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Integer> alsoAccepted;

  Serialization(int contentFormat, Set<Integer> alsoAccepted) {
    this.contentFormat = contentFormat;
    this.alsoAccepted = alsoAccepted;
  }

  /** The content format to send. */
  public int contentFormat() {
    return contentFormat;
  }

  /** The serialization that a received Content-Format or Accept stands for. */
  public static Optional<Serialization> ofContentFormat(int contentFormat) {
    for (Serialization serialization : values()) {
      if (serialization.contentFormat == contentFormat
          || serialization.alsoAccepted.contains(contentFormat)) {
        return Optional.of(serialization);
      }
    }
    return Optional.empty();
  }
}
