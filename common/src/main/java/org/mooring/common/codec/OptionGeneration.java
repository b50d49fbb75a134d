// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

/** The two sets of numbers that oneM2M's CoAP options have had (TS-0008 table 6.2.2.4.0-1). */
public enum OptionGeneration {
  /** Since V3.7.0: every number is critical and unsafe, as the options are declared. */
  CURRENT,
  /** Up to V3.6.0 and in Releases 1 and 2: numbers from 256 on. */
  LEGACY
}
