// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mooring.common.resource.EnrolmentPath;

/** How the demo's node begins, as {@code enrolee add --method} has it. */
enum Method {
  /** With a Kpm, at the MEF. */
  PSK,
  /** With a certificate, at the MEF. */
  CERTIFICATE,
  /** With a raw public key, at the MEF. */
  RPK,
  /** With a Km at the MAF, or with a Kpsa at the CSE. */
  PREPROVISIONED,
  /** With a USIM in software, at the BSF. */
  GBA;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Method> of(String text) {
    return Arrays.stream(values()).filter(method -> method.text().equals(text)).findFirst();
  }

  static String all() {
    return Arrays.stream(values()).map(Method::text).collect(Collectors.joining(", "));
  }

  /** The steps that the node itself takes. */
  List<String> steps(EnrolmentPath path) {
    List<String> steps = new ArrayList<>();
    if (this != PREPROVISIONED) {
      steps.add("bootstrap");
    }
    if (this == GBA) {
      steps.add("configure");
    }
    if (path == EnrolmentPath.MAF) {
      steps.addAll(List.of("authenticate", "associate"));
    }
    steps.add("register-cse");
    return steps;
  }
}
