package uk.fpw.audit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.privacy.ValueShape;

/** What the packages of this module may know of each other, and of others. */
class WallsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("uk.fpw.audit");

    @Test
    void auditReadsFilesAndNothingElse() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.audit..")
                .should()
                .dependOnClassesThat(resideInAPackage("uk.fpw..")
                        .and(resideOutsideOfPackages(
                                "uk.fpw.audit..",
                                "uk.fpw.model..",
                                "uk.fpw.process..",
                                "uk.fpw.statistics..",
                                "uk.fpw.text..",
                                "uk.fpw.warehouse.failure..",
                                "uk.fpw.warehouse.message.."))
                        .and(not(type(ReleaseId.class)))
                        .and(not(type(ValueShape.class))))
                .because("what counts the figures once more must not share what counted them")
                .check(CLASSES);
    }

    @Test
    void auditNeedsNoSpark() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.audit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.iceberg..", "org.springframework..")
                .because("an error of Spark or of the catalog must not hide itself")
                .check(CLASSES);
    }
}
