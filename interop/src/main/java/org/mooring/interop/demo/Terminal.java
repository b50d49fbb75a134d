// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.demo;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Whether somebody sits there. */
final class Terminal {
  private Terminal() {}

  /**
   * Whether this process's standard input is a terminal. {@code System.console()} answers that
   * differently from one Java release to the next; the shell's {@code test -t 0} does not.
   */
  static boolean isStandardInput() {
    try {
      return new ProcessBuilder("test", "-t", "0")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Returns when Enter is pressed, or at the end of the input. */
  static void awaitEnter() {
    try {
      for (int read = System.in.read(); read >= 0 && read != '\n'; read = System.in.read()) {}
    } catch (IOException e) {
      throw new UncheckedIOException("standard input", e);
    }
  }
}
