// SPDX-License-Identifier: EPL-2.0
package org.mooring.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import org.junit.jupiter.api.Test;
import org.mooring.common.house.House;

/** The lines that the design draws between the rooms of this module. */
class HouseTest {
  private static final House HOUSE = House.of("org.mooring.common");

  @Test
  void eachRoomKnowsOnlyTheRoomsBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.mooring.common..")
        .layer("file")
        .definedBy("..common.file..")
        .layer("thread")
        .definedBy("..common.thread..")
        .layer("settings")
        .definedBy("..common.settings..")
        .layer("identifier")
        .definedBy("..common.identifier..")
        .layer("key")
        .definedBy("..common.key..")
        .layer("certificate")
        .definedBy("..common.certificate..")
        .layer("gba")
        .definedBy("..common.gba..")
        .layer("primitive")
        .definedBy("..common.primitive..")
        .layer("resource")
        .definedBy("..common.resource..")
        .layer("command")
        .definedBy("..common.command..")
        .layer("codec")
        .definedBy("..common.codec..")
        .layer("dtls")
        .definedBy("..common.dtls..")
        .layer("application")
        .definedBy("..common.application..")
        .layer("subscription")
        .definedBy("..common.subscription..")
        .whereLayer("file")
        .mayNotAccessAnyLayer()
        .whereLayer("thread")
        .mayNotAccessAnyLayer()
        .whereLayer("settings")
        .mayNotAccessAnyLayer()
        .whereLayer("identifier")
        .mayNotAccessAnyLayer()
        .whereLayer("key")
        .mayOnlyAccessLayers("identifier")
        .whereLayer("primitive")
        .mayOnlyAccessLayers("identifier")
        .whereLayer("resource")
        .mayOnlyAccessLayers("primitive", "identifier", "key")
        .whereLayer("command")
        .mayOnlyAccessLayers("resource", "primitive", "identifier")
        .whereLayer("codec")
        .mayOnlyAccessLayers("primitive", "resource", "identifier")
        .whereLayer("dtls")
        .mayOnlyAccessLayers("codec", "primitive", "key", "identifier", "certificate")
        .whereLayer("application")
        .mayOnlyAccessLayers("codec", "primitive", "key", "identifier")
        .whereLayer("subscription")
        .mayOnlyAccessLayers("primitive", "identifier")
        .whereLayer("certificate")
        .mayOnlyAccessLayers("identifier", "key", "thread")
        .whereLayer("gba")
        .mayOnlyAccessLayers("identifier", "key")
        .ensureAllClassesAreContainedInArchitecture()
        .check(HOUSE.classes());
  }

  @Test
  void californiumStaysInCodecAndDtls() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..common.codec..", "..common.dtls..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.californium..")
        .check(HOUSE.classes());
  }

  @Test
  void noRoomsDependOnEachOtherInACircle() {
    HOUSE.hasNoCircles();
  }

  @Test
  void scandiumStaysInDtls() {
    HOUSE.onlyRoomKnows("dtls", "org.eclipse.californium.scandium..");
  }

  @Test
  void jacksonStaysInCodecAndIsUsedAsAStreamOnly() {
    HOUSE.onlyRoomKnows("codec", "com.fasterxml.jackson..");
    HOUSE.knowsNothingOf("com.fasterxml.jackson.databind..");
  }

  @Test
  void everyPackageIsNullMarked() {
    HOUSE.isNullMarked(14);
  }
}
