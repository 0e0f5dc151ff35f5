package uk.fpw.ingest;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import org.junit.jupiter.api.Test;

/** Which packages of this module may depend on which others. */
class WallsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("uk.fpw.ingest");

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        slices().matching("uk.fpw.ingest.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a package of a cycle cannot be understood or tested without the others")
                .check(CLASSES);
    }

    @Test
    void connectorsDoNotKnowHowALoadIsCommitted() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "uk.fpw.ingest.database..",
                        "uk.fpw.ingest.file..",
                        "uk.fpw.ingest.parquet..",
                        "uk.fpw.ingest.xlsx..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "uk.fpw.ingest",
                        "uk.fpw.ingest.bucket..",
                        "uk.fpw.ingest.row..",
                        "uk.fpw.warehouse.store.catalog..",
                        "uk.fpw.warehouse.store.recovery..",
                        "org.apache.iceberg..",
                        "org.springframework..")
                .because("a connector yields rows: a new one must not have to know what becomes of them")
                .check(CLASSES);
    }

    @Test
    void kindsOfFilesDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAnyPackage("uk.fpw.ingest.parquet..", "uk.fpw.ingest.xlsx..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("uk.fpw.ingest..", "uk.fpw.warehouse..")
                        .and(resideOutsideOfPackages(
                                "uk.fpw.ingest.file..",
                                "uk.fpw.ingest.parquet..",
                                "uk.fpw.ingest.source..",
                                "uk.fpw.ingest.xlsx..",
                                "uk.fpw.warehouse.force..",
                                "uk.fpw.warehouse.failure..",
                                "uk.fpw.warehouse.message..")))
                .because("a connector is a file, its format and its rows: it needs no ledger and no tables")
                .check(CLASSES);
    }

    @Test
    void onlyTheRootPackageKnowsSpring() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.ingest.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .because("reading and comparing rows is tested without a context")
                .check(CLASSES);
    }

    @Test
    void databasesAreReadInOnePackage() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.ingest.*..")
                .and()
                .resideOutsideOfPackage("uk.fpw.ingest.database..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.sql..")
                .because("what a source database answers and how it fails is known in one place")
                .check(CLASSES);
    }
}
