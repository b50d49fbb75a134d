// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import org.junit.jupiter.api.Test;
import org.mooring.common.house.House;

/** The lines that the design draws between the rooms of this module. */
class HouseTest {
  private static final House HOUSE = House.of("org.mooring.asn");

  @Test
  void eachRoomKnowsOnlyTheRoomsBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.mooring.asn..")
        .layer("vault")
        .definedBy("..asn.vault..")
        .layer("enrolment")
        .definedBy("..asn.enrolment..")
        .layer("usim")
        .definedBy("..asn.usim..")
        .layer("association")
        .definedBy("..asn.association..")
        .layer("registration")
        .definedBy("..asn.registration..")
        .layer("command")
        .definedBy("..asn.command..")
        .layer("life")
        .definedBy("org.mooring.asn")
        .layer("mca")
        .definedBy("..asn.mca..")
        .layer("cli")
        .definedBy("..asn.cli..")
        .whereLayer("vault")
        .mayNotAccessAnyLayer()
        .whereLayer("enrolment")
        .mayOnlyAccessLayers("vault")
        .whereLayer("usim")
        .mayOnlyAccessLayers("vault", "enrolment")
        .whereLayer("association")
        .mayOnlyAccessLayers("vault", "enrolment")
        .whereLayer("registration")
        .mayOnlyAccessLayers("vault", "enrolment")
        .whereLayer("command")
        .mayOnlyAccessLayers("vault", "enrolment")
        .whereLayer("life")
        .mayOnlyAccessLayers("vault", "enrolment", "usim", "association", "registration", "command")
        .whereLayer("mca")
        .mayOnlyAccessLayers("vault", "enrolment", "registration")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .ensureAllClassesAreContainedInArchitecture()
        .check(HOUSE.classes());
  }

  @Test
  void noRoomKnowsCoapOrDtlsStacksOrAJsonTree() {
    HOUSE.knowsNothingOf(
        "org.eclipse.californium..", "com.fasterxml.jackson..", "org.bouncycastle..");
  }

  @Test
  void onlyTheCommandLineUsesReflection() {
    HOUSE.onlyRoomKnows("cli", "java.lang.reflect..", "picocli..");
  }

  @Test
  void everyPackageIsNullMarked() {
    HOUSE.isNullMarked(9);
  }
}
