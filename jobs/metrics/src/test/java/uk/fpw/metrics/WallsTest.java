package uk.fpw.metrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import org.junit.jupiter.api.Test;

/** What the packages of this module may know of each other, and of others. */
class WallsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("uk.fpw.metrics");

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        slices().matching("uk.fpw.metrics.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a package of a cycle cannot be understood or tested without the others")
                .check(CLASSES);
    }

    @Test
    void onlyTheRootPackageStartsSparkSessions() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.metrics.*..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.apache\\.spark\\.sql\\..*SparkSession\\$Builder")
                .because("a process has one session, which is made for the size of its night")
                .check(CLASSES);
    }

    @Test
    void figuresAreCountedWithoutSpark() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "uk.fpw.metrics.account..",
                        "uk.fpw.metrics.cube..",
                        "uk.fpw.metrics.series..",
                        "uk.fpw.metrics.dimension..",
                        "uk.fpw.metrics.figures..",
                        "uk.fpw.metrics.lifecycle..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.iceberg..", "scala..")
                .because("what is counted is tested on rows that a test writes")
                .check(CLASSES);
    }

    @Test
    void judgementsAreCountedWithoutSpark() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.metrics.grading..")
                .and()
                .haveSimpleNameNotStartingWith("GradingPass")
                .and()
                .haveSimpleNameNotStartingWith("GradingTask")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.iceberg..", "scala..")
                .because("GradingPass and GradingTask bring the judgements; the figures follow from these")
                .check(CLASSES);
    }

    @Test
    void capacityIsCountedWithoutSpark() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.metrics.capacity..")
                .and()
                .haveSimpleNameNotStartingWith("CapacityPass")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.iceberg..", "scala..")
                .because("CapacityPass brings the rows; the figures follow from these")
                .check(CLASSES);
    }

    @Test
    void casesAreCountedWithoutSpark() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.metrics.cases..")
                .and()
                .haveSimpleNameNotStartingWith("CasePass")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.iceberg..", "scala..")
                .because("CasePass brings the events and spells; the figures follow from these")
                .check(CLASSES);
    }

    @Test
    void beforeAndAfterAreComparedWithoutSpark() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.metrics.comparison..")
                .and()
                .haveNameNotMatching(".*\\.ComparisonPass(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.iceberg..", "scala..")
                .because("ComparisonPass brings the weeks; whether they differ is arithmetic, tested without a change")
                .check(CLASSES);
    }
}
