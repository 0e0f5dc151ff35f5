package uk.fpw.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import org.junit.jupiter.api.Test;

/** What the packages of this module may know of each other and of others. */
class WallsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("uk.fpw.report");

    @Test
    void pagesAreMadeOfFilesAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "uk.fpw.warehouse..",
                        "uk.fpw.nightly..",
                        "org.apache.iceberg..",
                        "org.apache.spark..",
                        "org.springframework..",
                        "java.net.http..")
                .because("the program has neither the database nor a secret, and asks nobody")
                .check(CLASSES);
    }

    @Test
    void chartsKnowNumbersAndNoRelease() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.report.chart..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "uk.fpw.report.data..", "uk.fpw.report.page..", "uk.fpw.query..", "java.sql..", "gg.jte..")
                .because("a chart is a function of what it is given")
                .check(CLASSES);
    }

    @Test
    void wordsKnowNothingElse() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.report.text..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "uk.fpw.report.chart..", "uk.fpw.report.data..", "uk.fpw.report.page..", "uk.fpw.query..")
                .because("pages and pictures write numbers and dates in the same way")
                .check(CLASSES);
    }
}
