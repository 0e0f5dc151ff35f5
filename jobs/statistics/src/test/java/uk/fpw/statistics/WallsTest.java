package uk.fpw.statistics;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import org.junit.jupiter.api.Test;

/** What this module may know. */
class WallsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("uk.fpw.statistics");

    @Test
    void statisticsAreArithmeticWithoutSparkAndDuckDb() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.apache.commons.numbers..",
                        "org.apache.commons.statistics..",
                        "org.jspecify..",
                        "uk.fpw.statistics..")
                .because("a formula is arithmetic on numbers, which can be checked against another program; the Spark "
                        + "process and the audit both use it")
                .check(CLASSES);
    }

    @Test
    void statisticsKnowNothingOfUs() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("uk.fpw..").and(resideOutsideOfPackages("uk.fpw.statistics..")))
                .because("a formula does not know what it is used for")
                .check(CLASSES);
    }

    @Test
    void otherStatisticsDoNotKnowWaits() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.statistics")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("uk.fpw.statistics.wait..")
                .because("the packages depend on each other in one direction")
                .check(CLASSES);
    }
}
