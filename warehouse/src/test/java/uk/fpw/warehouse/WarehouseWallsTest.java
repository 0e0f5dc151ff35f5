package uk.fpw.warehouse;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package of the warehouse may know which other. */
@AnalyzeClasses(packages = "uk.fpw", importOptions = ImportOption.DoNotIncludeTests.class)
class WarehouseWallsTest {

    @ArchTest
    static final ArchRule packagesAreFreeOfCircles = slices().matching("uk.fpw.warehouse.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a package is read and tested with what it knows, which in a circle is everything");

    @ArchTest
    static final ArchRule loadsKnowNothingOfTheRecord = noClasses()
            .that()
            .resideInAPackage("uk.fpw.warehouse.load..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("uk.fpw.warehouse.ledger..", "uk.fpw.warehouse.release..", "java.sql..", "javax.sql..")
            .because("raw is the record of every load, and ops is rebuilt from it, never the other way round");

    @ArchTest
    static final ArchRule definitionsStandAlone = noClasses()
            .that()
            .resideInAPackage("uk.fpw.warehouse.force..")
            .should()
            .dependOnClassesThat(describe(
                    "are of other packages of the warehouse",
                    (JavaClass other) -> other.getPackageName().startsWith("uk.fpw.warehouse.")
                            && !other.getPackageName().startsWith("uk.fpw.warehouse.force")))
            .because("a force folder can be checked before there is a warehouse");

    @ArchTest
    static final ArchRule onlyTheLoadsKnowIcebergsFiles = noClasses()
            .that()
            .resideInAnyPackage(
                    "uk.fpw.warehouse.force..",
                    "uk.fpw.warehouse.ledger..",
                    "uk.fpw.warehouse.limit..",
                    "uk.fpw.warehouse.lock..",
                    "uk.fpw.warehouse.run..",
                    "uk.fpw.warehouse.schema..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.iceberg..")
            .because("what is said of loads and releases in the database has its own words, not those of a table"
                    + " format");

    @ArchTest
    static final ArchRule theLockNeedsNothing = noClasses()
            .that()
            .resideInAPackage("uk.fpw.warehouse.lock..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "uk.fpw.warehouse.catalog..",
                    "uk.fpw.warehouse.identity..",
                    "uk.fpw.warehouse.ledger..",
                    "uk.fpw.warehouse.load..",
                    "uk.fpw.warehouse.release..")
            .because("every process takes or checks it before it looks at anything else");

    @ArchTest
    static final ArchRule noFramework = noClasses()
            .that()
            .resideInAnyPackage("uk.fpw.warehouse..", "uk.fpw.layout..", "uk.fpw.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.spark..", "org.duckdb..")
            .because("it goes into the application, into the Spark process and into the audit alike");

    @ArchTest
    static final ArchRule whatAllProgramsShareKnowsNoWarehouse = noClasses()
            .that()
            .resideInAnyPackage("uk.fpw.layout..", "uk.fpw.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("uk.fpw.warehouse..", "org.apache.iceberg..", "java.sql..", "javax.sql..")
            .because("the query program answers in a second, from files alone");

    @ArchTest
    static final ArchRule theModelsKnowNoFolder = noClasses()
            .that()
            .resideInAPackage("uk.fpw.model..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("uk.fpw.layout..")
            .because("what a table means does not depend on where it lies");
}
