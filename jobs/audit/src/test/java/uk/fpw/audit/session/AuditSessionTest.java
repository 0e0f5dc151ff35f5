package uk.fpw.audit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.audit.ParquetFiles;
import uk.fpw.model.DuckSql;

/** An audit session can read its files, whatever characters their paths contain, and nothing else. */
@Tag("time-zone")
class AuditSessionTest {

    @TempDir
    private Path folder;

    /** The other path matches the first if that is taken for a pattern. */
    @ParameterizedTest
    @CsvSource({"a[1], a1", "a*, ab", "a?, ab", "[!a]*?[, x1[", "it's, its", "a{1, a1", "a\\b, ab"})
    void pathIsThatOfOneFileWhateverItIsMadeOf(String name, String other) throws IOException {
        String file = write(Files.createDirectories(folder.resolve(name)), "'right'");
        String wrong = write(Files.createDirectories(folder.resolve(other)), "'wrong'");
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.confineTo(List.of(file));

            assertThat(session.rows("select told from " + DuckSql.rowsOf(List.of(file))))
                    .containsExactly(List.of("right"));
            assertThatThrownBy(() -> session.rows("select told from " + DuckSql.rowsOf(List.of(wrong))))
                    .isInstanceOf(AuditException.class)
                    .hasMessageContaining("disabled by configuration");
        }
    }

    @Test
    void pathThatDuckDbCannotBeToldOfIsRefused() {
        assertThatThrownBy(() -> DuckSql.rowsOf(List.of("/data/a\\b[1]/f.parquet")))
                .hasMessage("DuckDB cannot read /data/a\\b[1]/f.parquet, since its path contains a backslash "
                        + "and one of the characters *, ? and [; move the warehouse to another folder");
    }

    @Test
    void confinedSessionOpensNoOtherFileAndKeepsItsSettings() throws IOException {
        String file = write(folder, "'right'");
        Path other = Files.writeString(folder.resolve("other.csv"), "a\n1\n");
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.limitMemory("64MB", folder.resolve("scratch").toString());
            session.confineTo(List.of(file));

            for (String sql : List.of(
                    "select * from read_csv('" + other + "')",
                    "select * from glob('" + folder + "/*')",
                    "copy (select 1) to '" + folder.resolve("new.csv") + "'",
                    "attach '" + folder.resolve("new.db") + "'",
                    "set enable_external_access = true",
                    "set allowed_paths = ['" + other + "']",
                    "set memory_limit = '8GB'",
                    "install httpfs",
                    "load httpfs")) {
                assertThatThrownBy(() -> session.execute(sql)).as(sql).isInstanceOf(AuditException.class);
            }
            assertThat(folder.resolve("new.csv")).doesNotExist();
            assertThat(folder.resolve("new.db")).doesNotExist();
        }
    }

    /** A million texts of 64 characters, sorted. */
    @Test
    void confinedSessionWritesToItsScratchFolderWhatDoesNotFitIntoMemory() {
        Path scratch = folder.resolve("scratch");
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.limitMemory("64MB", scratch.toString());
            session.confineTo(List.of());
            session.execute(
                    "create table texts as select sha256(cast(number as varchar)) as text from range(1_000_000) as "
                            + "numbers (number)");

            assertThat(scratch).isNotEmptyDirectory();
            assertThat(session.number("select count(*) from (select text from texts order by text limit 1_000_000)"))
                    .isEqualTo(1_000_000);
        }
    }

    private static String write(Path folder, String value) {
        return new ParquetFiles(folder).write("f", "select " + value + " as told");
    }
}
