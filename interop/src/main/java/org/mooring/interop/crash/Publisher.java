// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.time.Instant;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.interop.crash.Acknowledged.Kind;

/**
 * What one node publishes at the IN-CSE: values under names of their own in a container, so that
 * each may be repeated until it is acknowledged. Enters into the ledger what was.
 */
final class Publisher {
  static final String CONTAINER = "crash";

  /** Path of the CSEBase in the store. */
  private static final String BASE = "cse-in/";

  private final Enrolled owner;
  private final Ledger ledger;
  private Instant containerEnds = Instant.EPOCH;
  private boolean containerStands;
  private long count = 1;

  Publisher(Enrolled owner, Ledger ledger) {
    this.owner = owner;
    this.ledger = ledger;
  }

  /** What to ask for next. */
  enum Step {
    MAKE_CONTAINER,
    LOOK_AT_CONTAINER,
    PUBLISH
  }

  synchronized Step next() {
    if (Instant.now().isAfter(containerEnds)) {
      return containerStands ? Step.LOOK_AT_CONTAINER : Step.MAKE_CONTAINER;
    }
    return Step.PUBLISH;
  }

  /** The resourceName of the value that is published next. */
  synchronized String name() {
    return "v" + count;
  }

  /**
   * An answer has come.
   *
   * @param content the attributes it shows
   * @return whether it is a success, if only of an earlier try
   */
  synchronized boolean answered(Step step, ResponseStatusCode status, Attributes content) {
    if (status == ResponseStatusCode.NOT_FOUND) {
      containerStands = false;
      containerEnds = Instant.EPOCH;
      return false;
    }
    if (status == ResponseStatusCode.CONFLICT) {
      return stoodAlready(step);
    }
    if (!status.isSuccess()) {
      return false;
    }
    switch (step) {
      case MAKE_CONTAINER, LOOK_AT_CONTAINER -> {
        containerStands = true;
        containerEnds = end(content);
        enter(Kind.CONTAINER, path(), content, containerEnds);
      }
      case PUBLISH -> {
        enter(Kind.CONTENT_INSTANCE, path() + "/" + name(), content, end(content));
        count++;
      }
    }
    return true;
  }

  private boolean stoodAlready(Step step) {
    if (step == Step.MAKE_CONTAINER) {
      containerStands = true;
      return false;
    }
    enter(Kind.CONTENT_INSTANCE, path() + "/" + name(), Attributes.NONE, containerEnds);
    count++;
    return true;
  }

  private void enter(Kind kind, String path, Attributes content, Instant until) {
    ledger.acknowledged(kind, path, owner, content.text("ri").orElse(""), until);
  }

  private Instant end(Attributes content) {
    return content.timestamp("et").orElse(containerEnds);
  }

  private String path() {
    return BASE + owner.cseId().stem() + "/" + CONTAINER;
  }
}
