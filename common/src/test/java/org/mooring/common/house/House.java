// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** A module's classes without its tests, and the rules that hold in every module. */
public final class House {
  private final String root;
  private final JavaClasses classes;

  private House(String root) {
    this.root = root;
    this.classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(root);
  }

  /** The house whose rooms are the packages below this one. */
  public static House of(String root) {
    return new House(root);
  }

  public JavaClasses classes() {
    return classes;
  }

  /** No class refers to one of the other packages, given with ArchUnit's two dots. */
  public void knowsNothingOf(String... packages) {
    noClasses().should().dependOnClassesThat().resideInAnyPackage(packages).check(classes);
  }

  /** Only the classes of the room refer to the other packages. */
  public void onlyRoomKnows(String room, String... packages) {
    onlyRoomsKnow(List.of(room), packages);
  }

  /** Only the classes of these rooms refer to the other packages. */
  public void onlyRoomsKnow(List<String> rooms, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            rooms.stream().map(room -> root + "." + room + "..").toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .check(classes);
  }

  /** No two rooms need each other, by whatever way round. */
  public void hasNoCircles() {
    slices().matching(root + ".(*)..").should().beFreeOfCycles().check(classes);
  }

  /** Every package, and there are so many, tells the compiler that null is no value. */
  public void isNullMarked(int packages) {
    Set<JavaPackage> rooms =
        classes.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
    assertThat(rooms)
        .hasSize(packages)
        .allSatisfy(room -> assertThat(room.isAnnotatedWith(NullMarked.class)).isTrue());
  }
}
