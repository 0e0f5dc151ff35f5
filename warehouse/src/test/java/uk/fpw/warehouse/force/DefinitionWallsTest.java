package uk.fpw.warehouse.force;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

/** Which packages of the force folder may depend on which others. */
class DefinitionWallsTest {

    private static final String FORCE = "uk.fpw.warehouse.force";
    private static final String YAML = FORCE + ".yaml";
    private static final String SQL = FORCE + ".sql";
    /** Settings of an installation are checked by a schema like definitions. */
    private static final String INSTALLATION = "uk.fpw.warehouse.installation";

    private static final String EXAMPLE = FORCE + ".example";

    private static final String[] KINDS = {
        FORCE + ".connection",
        FORCE + ".feed",
        FORCE + ".staging",
        FORCE + ".queue",
        FORCE + ".pack",
        FORCE + ".rule",
        FORCE + ".grading",
        FORCE + ".fact",
        FORCE + ".change",
        FORCE + ".capacity"
    };

    private static JavaClasses warehouse;

    @BeforeAll
    static void read() {
        warehouse = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("uk.fpw.warehouse");
    }

    @Test
    void filesComeBeforeDefinitionsAndDefinitionsBeforeTheForce() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("yaml")
                .definedBy(YAML)
                .layer("sql")
                .definedBy(SQL)
                .layer("kinds")
                .definedBy(KINDS)
                .layer("force")
                .definedBy(FORCE)
                .layer("example")
                .definedBy(EXAMPLE)
                .whereLayer("yaml")
                .mayNotAccessAnyLayer()
                .whereLayer("sql")
                .mayOnlyAccessLayers("yaml")
                .whereLayer("kinds")
                .mayOnlyAccessLayers("yaml", "sql")
                .whereLayer("force")
                .mayOnlyAccessLayers("yaml", "sql", "kinds")
                .whereLayer("example")
                .mayOnlyAccessLayers("yaml", "kinds", "force")
                .because("a kind of definition can be read and changed without the others, and examples are no part"
                        + " of what a force defines")
                .check(warehouse);
    }

    @Test
    void kindsOfDefinitionsDoNotKnowEachOther() {
        slices().matching(FORCE + ".(*)")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAnyPackage(YAML, SQL))
                .ignoreDependency(resideInAPackage(EXAMPLE), DescribedPredicate.alwaysTrue())
                .because("what two kinds say of each other is checked on the files, which all of them share, so that"
                        + " one with errors does not hide those of another")
                .check(warehouse);
    }

    @Test
    void filesAreReadByTheDefinitionsAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(FORCE + "..", INSTALLATION)
                .should()
                .dependOnClassesThat(resideInAnyPackage(YAML, SQL)
                        .and(DescribedPredicate.not(type(ConfigError.class)))
                        .and(DescribedPredicate.not(type(ForceFolderException.class))))
                .because("how a definition is written matters to nobody who has the record; errors are shown to the"
                        + " user as they are")
                .check(warehouse);
    }
}
