// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

/** What a node can do next. */
public enum LifeStep {
  /** Get Ke from the MEF, or with a USIM a Ks. */
  ENROL("bootstrap"),
  /** Get the configuration from the MEF, with a Ks that a USIM made. */
  CONFIGURE("configure"),
  /** Register with the MAF. */
  AUTHENTICATE("authenticate"),
  /** Get Kc from the MAF. */
  ASSOCIATE("associate"),
  /** Open the session with the registrar and have a {@code <remoteCSE>} there. */
  REGISTER("register-cse"),
  /** Move the end of the {@code <remoteCSE>}, in the session that stands. */
  PROLONG("prolong-cse"),
  /** Have the MAF associate an instance of an application, or give it up there. */
  ASSOCIATE_APPLICATION("associate-app"),
  /** Have the MEF issue the next certificate. */
  RENEW_CERTIFICATE("renew-certificate"),
  /** Ask the MEF for commands and carry them out. */
  COMMANDS("commands");

  private final String id;

  LifeStep(String id) {
    this.id = id;
  }

  /** The step's name in reports. */
  public String id() {
    return id;
  }
}
