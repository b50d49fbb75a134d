// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The lines that the design draws between the rooms of this module. */
class HouseTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.mooring.asn");

  @Test
  void eachRoomKnowsOnlyTheRoomsBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.mooring.asn..")
        .layer("vault")
        .definedBy("..asn.vault..")
        .layer("enrolment")
        .definedBy("..asn.enrolment..")
        .layer("association")
        .definedBy("..asn.association..")
        .layer("registration")
        .definedBy("..asn.registration..")
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
        .whereLayer("association")
        .mayOnlyAccessLayers("vault", "enrolment")
        .whereLayer("registration")
        .mayOnlyAccessLayers("vault", "enrolment")
        .whereLayer("life")
        .mayOnlyAccessLayers("vault", "enrolment", "association", "registration")
        .whereLayer("mca")
        .mayOnlyAccessLayers("vault", "enrolment", "registration")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .ensureAllClassesAreContainedInArchitecture()
        .check(HOUSE);
  }

  @Test
  void noRoomKnowsCoapOrDtlsStacksOrAJsonTree() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.eclipse.californium..", "com.fasterxml.jackson..", "org.bouncycastle..")
        .check(HOUSE);
  }

  @Test
  void onlyTheCommandLineUsesReflection() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..asn.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.reflect..", "picocli..")
        .check(HOUSE);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<JavaPackage> packages =
        HOUSE.stream().map(JavaClass::getPackage).collect(Collectors.toSet());

    assertThat(packages)
        .hasSize(7)
        .allSatisfy(room -> assertThat(room.isAnnotatedWith(NullMarked.class)).isTrue());
  }
}
