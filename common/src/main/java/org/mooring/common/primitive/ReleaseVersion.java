// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import java.util.Optional;

/** m2m:releaseVersion (TS-0004 clause 6.3.3); an absent indicator means Release 1. */
public enum ReleaseVersion {
  RELEASE_1("1"),
  RELEASE_2("2"),
  RELEASE_2A("2a"),
  RELEASE_3("3");

  private final String text;

  ReleaseVersion(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  public static Optional<ReleaseVersion> of(String text) {
    for (ReleaseVersion release : values()) {
      if (release.text.equals(text)) {
        return Optional.of(release);
      }
    }
    return Optional.empty();
  }
}
