// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

/**
 * A resource type: its number, its name and the member that holds its representation. Numbers of
 * the trust functions and of a CSE are separate spaces (TS-0032 digest 8.1).
 *
 * @param code m2m:resourceType, or the trust functions' number
 * @param root the representation's member with its prefix, such as {@code m2m:cnt}
 * @param name the type's name in the standard
 */
public record ResourceType(int code, String root, String name) {
  @Override
  public String toString() {
    return "<" + name + ">";
  }
}
