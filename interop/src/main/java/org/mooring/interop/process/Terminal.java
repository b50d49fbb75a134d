// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Whether somebody sits there. */
public final class Terminal {
  private Terminal() {}

  /** Whether this process's standard input is a terminal. */
  public static boolean isStandardInput() {
    return isTerminal(0);
  }

  /** Whether this process's standard error is a terminal. */
  public static boolean isStandardError() {
    return isTerminal(2);
  }

  /**
   * {@code System.console()} answers this differently from one Java release to the next; the
   * shell's {@code test -t} does not.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      return new ProcessBuilder("test", "-t", Integer.toString(descriptor))
              .inheritIO()
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
  public static void awaitEnter() {
    try {
      for (int read = System.in.read(); read >= 0 && read != '\n'; read = System.in.read()) {}
    } catch (IOException e) {
      throw new UncheckedIOException("standard input", e);
    }
  }
}
