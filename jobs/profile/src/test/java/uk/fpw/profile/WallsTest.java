package uk.fpw.profile;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import org.junit.jupiter.api.Test;

/** What this module may know of others. */
class WallsTest {

    @Test
    void sourceIsReadAndNothingIsLoaded() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.profile..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "uk.fpw.ingest..",
                                "uk.fpw.warehouse..",
                                "java.sql..",
                                "org.apache.iceberg..",
                                "org.springframework..")
                        .and(resideOutsideOfPackages(
                                "uk.fpw.ingest.database..",
                                "uk.fpw.ingest.file..",
                                "uk.fpw.ingest.parquet..",
                                "uk.fpw.ingest.source..",
                                "uk.fpw.ingest.xlsx..",
                                "uk.fpw.warehouse.failure..",
                                "uk.fpw.warehouse.force..",
                                "uk.fpw.warehouse.privacy..")))
                .because("a source is profiled before there is a feed, with or without a warehouse")
                .check(new ClassFileImporter()
                        .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("uk.fpw.profile"));
    }
}
