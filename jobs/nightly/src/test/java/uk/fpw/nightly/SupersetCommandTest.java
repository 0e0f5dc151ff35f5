package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code fpw bi --superset}. */
class SupersetCommandTest extends FpwTesting {

    private static final String FENMARCH =
            Path.of("../../examples/fenmarch").toAbsolutePath().normalize().toString();

    @Test
    void embeddedDatabaseIsNotReadBySuperset() {
        assertThat(run(Map.of(), "bi", "--force", FENMARCH, "--superset", "bi.zip"))
                .isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: Superset reads a warehouse on PostgreSQL, and storage.database of "
                        + "this force is embedded; see docs/postgresql.md\n");
        assertThat(folder.resolve("bi.zip")).doesNotExist();
    }

    @Test
    void fileIsWrittenOnceAndNeedsNoWarehouse() throws IOException {
        copy(Path.of(FENMARCH), folder.resolve("force"));
        Files.writeString(folder.resolve("force/force.yml"), """
                force: fenmarch
                name: Fenmarch Police
                zone: Europe/London
                storage:
                  warehouse: ../warehouse
                  database: jdbc:postgresql://db/fpw
                  user: fpw_night
                  password_variable: FPW_DATABASE_PASSWORD
                """);
        assertThat(run(Map.of(), "bi", "--force", "force", "--superset", "bi.zip"))
                .as(text(err))
                .isZero();
        assertThat(text(out))
                .isEqualToNormalizingNewlines(
                        "Written: " + folder.resolve("bi.zip") + "; import it in Superset under Dashboards.\n");
        assertThat(folder.resolve("bi.zip")).isNotEmptyFile();

        assertThat(run(Map.of(), "bi", "--force", "force", "--superset", "bi.zip"))
                .isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines(
                        "fpw: " + folder.resolve("bi.zip") + " exists; give --superset another name, or delete it\n");
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(source)) {
            for (Path path : paths.toList()) {
                Files.copy(path, target.resolve(source.relativize(path).toString()));
            }
        }
    }
}
