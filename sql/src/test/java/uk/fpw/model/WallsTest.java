package uk.fpw.model;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import org.junit.jupiter.api.Test;

/** What the packages of this module may know of each other, and of others. */
class WallsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("uk.fpw.model");

    @Test
    void modelsKnowNothingOfUs() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.model..")
                .should()
                .dependOnClassesThat(resideInAPackage("uk.fpw..").and(resideOutsideOfPackage("uk.fpw.model..")))
                .because("every other module reads the models")
                .check(CLASSES);
    }

    @Test
    void modelsNeedNoDatabase() {
        noClasses()
                .that()
                .resideInAPackage("uk.fpw.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.duckdb..", "org.h2..")
                .because("they say what the tables are, and not where")
                .check(CLASSES);
    }
}
