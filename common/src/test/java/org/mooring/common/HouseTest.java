// SPDX-License-Identifier: EPL-2.0
package org.mooring.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
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
          .importPackages("org.mooring.common");

  @Test
  void eachRoomKnowsOnlyTheRoomsBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.mooring.common..")
        .layer("identifier")
        .definedBy("..common.identifier..")
        .layer("key")
        .definedBy("..common.key..")
        .layer("primitive")
        .definedBy("..common.primitive..")
        .layer("resource")
        .definedBy("..common.resource..")
        .layer("codec")
        .definedBy("..common.codec..")
        .layer("dtls")
        .definedBy("..common.dtls..")
        .whereLayer("identifier")
        .mayNotAccessAnyLayer()
        .whereLayer("key")
        .mayOnlyAccessLayers("identifier")
        .whereLayer("primitive")
        .mayOnlyAccessLayers("identifier")
        .whereLayer("resource")
        .mayOnlyAccessLayers("primitive", "identifier", "key")
        .whereLayer("codec")
        .mayOnlyAccessLayers("primitive", "resource", "identifier")
        .whereLayer("dtls")
        .mayOnlyAccessLayers("codec", "primitive", "key", "identifier")
        .ensureAllClassesAreContainedInArchitecture()
        .check(HOUSE);
  }

  @Test
  void noRoomsDependOnEachOtherInACircle() {
    slices().matching("org.mooring.common.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void californiumStaysInCodecAndDtls() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..common.codec..", "..common.dtls..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.californium..")
        .check(HOUSE);
  }

  @Test
  void scandiumStaysInDtls() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..common.dtls..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.californium.scandium..")
        .check(HOUSE);
  }

  @Test
  void jacksonStaysInCodecAndIsUsedAsAStreamOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..common.codec..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(HOUSE);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson.databind..")
        .check(HOUSE);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<JavaPackage> packages =
        HOUSE.stream().map(JavaClass::getPackage).collect(Collectors.toSet());

    assertThat(packages)
        .hasSizeGreaterThanOrEqualTo(6)
        .allSatisfy(room -> assertThat(room.isAnnotatedWith(NullMarked.class)).isTrue());
  }
}
