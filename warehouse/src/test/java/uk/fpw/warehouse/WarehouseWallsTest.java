package uk.fpw.warehouse;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.catalog.WarehouseFileIO;
import uk.fpw.warehouse.store.files.LocalStorage;

/** Which packages of the warehouse may depend on which others. */
class WarehouseWallsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("uk.fpw");

    @Test
    void packagesAreFreeOfCircles() {
        for (String packages : List.of(
                "uk.fpw.warehouse.(*)..",
                "uk.fpw.warehouse.store.(*)..",
                "uk.fpw.warehouse.store.ledger.(**)",
                "uk.fpw.warehouse.store.load.(**)",
                "uk.fpw.layout.(**)")) {
            slices().matching(packages)
                    .should()
                    .beFreeOfCycles()
                    .because("a package is read and tested with what it knows, which in a circle is everything")
                    .check(CLASSES);
        }
    }

    @Test
    void messagesKnowNoStore() {
        noClasses()
                .that()
                .resideInAnyPackage("uk.fpw.warehouse.failure..", "uk.fpw.warehouse.message..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("uk.fpw.warehouse.store..", "org.apache.iceberg..")
                .because("every process reads them, and not every process opens the warehouse")
                .check(CLASSES);
    }

    @Test
    void loadsKnowNothingOfTheRecord() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.warehouse.store.load..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "uk.fpw.warehouse.store.ledger..",
                        "uk.fpw.warehouse.store.release..",
                        "java.sql..",
                        "javax.sql..")
                .because("raw is the record of every load, and ops is rebuilt from it, never the other way round")
                .check(CLASSES);
    }

    @Test
    void definitionsStandAlone() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.warehouse.force..")
                .should()
                .dependOnClassesThat(describe(
                        "are of other packages of the warehouse",
                        (JavaClass other) -> other.getPackageName().startsWith("uk.fpw.warehouse.")
                                && !other.getPackageName().startsWith("uk.fpw.warehouse.force")))
                .because("a force folder can be checked before there is a warehouse")
                .check(CLASSES);
    }

    @Test
    void onlyTheLoadsKnowIcebergsFiles() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "uk.fpw.warehouse.force..",
                        "uk.fpw.warehouse.store.ledger..",
                        "uk.fpw.warehouse.store.limit..",
                        "uk.fpw.warehouse.store.lock..",
                        "uk.fpw.warehouse.failure..",
                        "uk.fpw.warehouse.message..",
                        "uk.fpw.warehouse.store.schema..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.iceberg..")
                .because("what is said of loads and releases in the database has its own words, not those of a table"
                        + " format")
                .check(CLASSES);
    }

    @Test
    void onlyWhatChangesFilesInPlaceKnowsTheirPaths() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "uk.fpw.warehouse.store.files..",
                        "uk.fpw.warehouse.store.identity..",
                        "uk.fpw.warehouse.store.rewrite..")
                .and()
                .doNotBelongToAnyOf(WarehouseFileIO.class, WarehouseCatalog.class)
                .and()
                .doNotHaveSimpleName("NamedFiles")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(LocalStorage.class)
                .because("tables need not be on this machine: what reads a file asks the storage of its warehouse for a"
                        + " local one")
                .check(CLASSES);
    }

    @Test
    void theLockNeedsNothing() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.warehouse.store.lock..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "uk.fpw.warehouse.store.catalog..",
                        "uk.fpw.warehouse.store.identity..",
                        "uk.fpw.warehouse.store.ledger..",
                        "uk.fpw.warehouse.store.load..",
                        "uk.fpw.warehouse.store.release..")
                .because("every process takes or checks it before it looks at anything else")
                .check(CLASSES);
    }

    @Test
    void noFramework() {
        noClasses()
                .that()
                .resideInAnyPackage("uk.fpw.warehouse..", "uk.fpw.layout..", "uk.fpw.model..", "uk.fpw.text..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "org.apache.spark..", "org.duckdb..")
                .because("it goes into the application, into the Spark process and into the audit alike")
                .check(CLASSES);
    }

    @Test
    void whatAllProgramsShareKnowsNoWarehouse() {
        noClasses()
                .that()
                .resideInAnyPackage("uk.fpw.layout..", "uk.fpw.model..", "uk.fpw.text..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("uk.fpw.warehouse..", "org.apache.iceberg..", "java.sql..", "javax.sql..")
                .because("the query program answers in a second, from files alone")
                .check(CLASSES);
    }

    @Test
    void theModelsKnowNoFolder() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.model..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("uk.fpw.layout..")
                .because("what a table means does not depend on where it lies")
                .check(CLASSES);
    }
}
