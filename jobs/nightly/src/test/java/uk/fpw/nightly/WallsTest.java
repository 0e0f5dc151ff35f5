package uk.fpw.nightly;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.store.files.LocalStorage;

/** What the packages of this module may know of each other and of others. */
class WallsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("uk.fpw.nightly");

    private static final JavaClasses OF_ALL_JOBS = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("uk.fpw.nightly", "uk.fpw.publish", "uk.fpw.ingest");

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        for (String packages :
                List.of("uk.fpw.nightly.(*)..", "uk.fpw.nightly.cli.(*)..", "uk.fpw.nightly.run.(*)..")) {
            slices().matching(packages)
                    .should()
                    .beFreeOfCycles()
                    .because("a package of a cycle cannot be understood or tested without the others")
                    .check(CLASSES);
        }
    }

    @Test
    void commandsAskNoDatabaseThemselves() {
        noClasses()
                .that()
                .resideInAnyPackage("uk.fpw.nightly", "uk.fpw.nightly.cli..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.sql\\.(\\w*Statement|ResultSet\\w*|DriverManager)")
                .because("the SQL of a command is a method of package ledger, which other programs use too")
                .check(CLASSES);
    }

    @Test
    void onlyTheNightKnowsSpring() {
        noClasses()
                .that()
                .resideOutsideOfPackage("uk.fpw.nightly.run..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .because("a command answers at once: Spring starts when the lock of the warehouse is held")
                .check(CLASSES);
    }

    @Test
    void runsDoNotKnowTheCommandLine() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.nightly.*..")
                .and()
                .resideOutsideOfPackage("uk.fpw.nightly.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "uk.fpw.nightly", "uk.fpw.nightly.cli..")
                .because("whoever starts a run says what it needs, on a command line or not")
                .check(CLASSES);
    }

    @Test
    void processesAreStartedWithoutKnowingTheRun() {
        noClasses()
                .that()
                .resideInAnyPackage("uk.fpw.nightly.audit..", "uk.fpw.nightly.spark..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("uk.fpw.nightly.run..", "org.apache.spark..")
                .because("Spark and DuckDB live in processes of their own, which commands start as well")
                .check(CLASSES);
    }

    @Test
    void theFilesOfTablesNeedNotBeHere() {
        noClasses()
                .that()
                .resideInAnyPackage("uk.fpw.nightly..", "uk.fpw.publish..", "uk.fpw.ingest..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(LocalStorage.class)
                .because("what reads a file asks the storage of its warehouse for a local one")
                .check(OF_ALL_JOBS);
    }
}
