// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

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

/** The lines that the design draws between the rooms of the server. */
class HouseTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.mooring.in");

  @Test
  void eachRoomKnowsOnlyTheRoomsBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.mooring.in..")
        .layer("provider")
        .definedBy("..in.provider..")
        .layer("audit")
        .definedBy("..in.audit..")
        .layer("transaction")
        .definedBy("..in.transaction..")
        .layer("credential")
        .definedBy("..in.credential..")
        .layer("authz")
        .definedBy("..in.authz..")
        .layer("trust")
        .definedBy("..in.trust..")
        .layer("mef")
        .definedBy("..in.mef..")
        .layer("maf")
        .definedBy("..in.maf..")
        .layer("cse")
        .definedBy("..in.cse..")
        .layer("store")
        .definedBy("..in.store..")
        .layer("door")
        .definedBy("..in.door..")
        .layer("admin")
        .definedBy("..in.admin..")
        .layer("root")
        .definedBy("org.mooring.in")
        .layer("cli")
        .definedBy("..in.cli..")
        .whereLayer("provider")
        .mayNotAccessAnyLayer()
        .whereLayer("audit")
        .mayNotAccessAnyLayer()
        .whereLayer("transaction")
        .mayOnlyAccessLayers("audit")
        .whereLayer("authz")
        .mayOnlyAccessLayers("provider", "audit")
        .whereLayer("credential")
        .mayOnlyAccessLayers("provider", "audit", "authz", "transaction")
        .whereLayer("trust")
        .mayOnlyAccessLayers("credential", "authz", "provider", "audit", "transaction")
        .whereLayer("mef")
        .mayOnlyAccessLayers("trust", "credential", "authz", "provider", "audit", "transaction")
        .whereLayer("maf")
        .mayOnlyAccessLayers("trust", "credential", "authz", "provider", "audit", "transaction")
        .whereLayer("cse")
        .mayOnlyAccessLayers("authz", "provider", "audit", "transaction")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("root")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("admin")
        .mayOnlyBeAccessedByLayers("cli", "root")
        .whereLayer("door")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("admin", "root", "door")
        .ensureAllClassesAreContainedInArchitecture()
        .check(HOUSE);
  }

  @Test
  void noRoomsDependOnEachOtherInACircle() {
    slices().matching("org.mooring.in.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void californiumAndScandiumStayInCommon() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.californium..")
        .check(HOUSE);
  }

  @Test
  void sqlStaysInTheStore() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..in.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "javax.sql..", "org.jdbi..", "org.flywaydb..", "com.zaxxer..")
        .check(HOUSE);
  }

  @Test
  void httpServersStayInAdmin() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..in.admin..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta..", "kotlin..")
        .check(HOUSE);
  }

  @Test
  void commandLinesStayInCli() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..in.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(HOUSE);
  }

  @Test
  void jsonIsReadThroughTheCommonCodec() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..in.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(HOUSE);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<JavaPackage> packages =
        HOUSE.stream().map(JavaClass::getPackage).collect(Collectors.toSet());

    assertThat(packages)
        .hasSizeGreaterThanOrEqualTo(13)
        .allSatisfy(room -> assertThat(room.isAnnotatedWith(NullMarked.class)).isTrue());
  }
}
