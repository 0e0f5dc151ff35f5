package uk.fpw.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import org.junit.jupiter.api.Test;

/** What the packages of this module may know of each other and of others. */
class WallsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("uk.fpw.query");

    @Test
    void aReleaseIsReadFromItsFolder() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.query..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "uk.fpw.warehouse..",
                        "uk.fpw.nightly..",
                        "org.apache.iceberg..",
                        "org.apache.spark..",
                        "org.springframework..")
                .because("a query answers in a second or two and opens no catalog")
                .check(CLASSES);
    }

    @Test
    void onlyTheInteractiveShellKnowsItsLineEditor() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("InteractiveShell")
                .and()
                .haveNameNotMatching(".*\\.Sql(Completer|Parser)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jline..")
                .because("nothing else loads it: a query starts faster without")
                .check(CLASSES);
    }
}
