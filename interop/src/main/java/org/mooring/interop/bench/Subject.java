// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

/**
 * What is measured in turns with others.
 *
 * @param name in the results
 * @param load one round of it
 */
public record Subject(String name, Load load) {

  /** Has nodes enrol; what prepares them is done before the interval that counts begins. */
  @FunctionalInterface
  public interface Load {
    Enrolments enrol(int nodes) throws InterruptedException;
  }
}
