package uk.fpw.warehouse.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {

    @TempDir
    Path folder;

    private Path table;

    @BeforeEach
    void warehouse() throws IOException {
        Path warehouse = Files.createDirectories(folder.resolve("the force's warehouse"));
        Files.writeString(warehouse.resolve("warehouse.json"), "{}");
        table = Files.createDirectories(warehouse.resolve("data/0a1b/raw/requests/data"));
    }

    private Path written(String name, String content) throws IOException {
        return Files.write(table.resolve(name), content.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void failureOverADamagedFileSaysWhatItIsAndWhatBringsItBack() throws Exception {
        Path gone = table.resolve("00000-0-2016-01-12.0a1b2c3d4e5f6071-9288446f-00001.parquet");
        RuntimeException failure = new IllegalStateException(
                "scan failed",
                new UncheckedIOException(new IOException("File file:" + gone + " does not exist; see /usr/share/doc")));

        FpwException found = Objects.requireNonNull(Damage.causeOf(failure));

        assertThat(found).hasCause(failure);
        assertThat(found.exitCode()).isEqualTo(ExitCode.DAMAGED);
        assertThat(found).hasMessage("""
                a file of the warehouse is damaged:
                  %s: it is missing
                Feed requests: restore it from a backup, or withdraw load 2016-01-12.0a1b2c3d4e5f6071, with the loads \
                of the feed after it: fpw withdraw load 2016-01-12.0a1b2c3d4e5f6071 --with-later; then load their \
                files or dates again: fpw ingest requests
                Releases in which files are damaged: none; releases without these files: none
                Restore a file from a backup together with the .crc beside it, if there is one; then \
                `fpw verify --files` checks all other files""".formatted(gone));
        assertThat(Damage.causeOf(new IllegalStateException("later", found))).isSameAs(found);
    }

    @Test
    void failureOverASoundFileIsNoDamage() throws Exception {
        assertThat(Damage.causeOf(named(written("a.parquet", "PAR1 rows PAR1"))))
                .isNull();
        assertThat(Damage.causeOf(named(written("b.avro", "Obj\1 entries")))).isNull();
        assertThat(Damage.causeOf(named(written("c.puffin", "PFA1 marks PFA1"))))
                .isNull();
        assertThat(Damage.causeOf(named(written("d.metadata.json", "{\"format-version\": 3}"))))
                .isNull();
        assertThat(Damage.causeOf(named(folder.resolve("extract.parquet")))).isNull(); // a file of a source
        assertThat(Damage.causeOf(new IllegalStateException())).isNull();
        // The user can already act on this message, even though it may name a file.
        assertThat(Damage.causeOf(new FpwException(
                        ExitCode.CONFIGURATION, table.resolve("e.metadata.json") + " is of another warehouse")))
                .isNull();
    }

    /** Without checksums, only the beginning and end of a copied file can be checked. */
    @Test
    void fileThatWasCutIsDamagedWithoutChecksumsToo() throws Exception {
        for (Path cut : new Path[] {
            written("a.parquet", ""),
            written("b.parquet", "PAR1 rows"),
            written("c.avro", "entries"),
            written("d.puffin", "PFA1 marks"),
            written("e.metadata.json", "{\"format-version\": ")
        }) {
            assertThat(Damage.filesNamedBy(named(cut)))
                    .extracting(found -> found.file().path() + " " + found.problem())
                    .containsExactly(cut + " it is not complete");
        }
    }

    private static RuntimeException named(Path file) {
        return new IllegalStateException("cannot read " + file);
    }

    @Test
    void damageOfTheEmbeddedDatabaseIsToldFromAnAbsentOne() {
        assertThat(DatabaseErrors.isDamaged(new SQLException("File corrupted while reading record", "90030", 90030)))
                .isTrue();
        assertThat(DatabaseErrors.isDamaged(new SQLException(
                        "General error",
                        "HY000",
                        50000,
                        new IllegalStateException("Reading from file fpw.mv.db failed at 4096 [2.4.240/1]"))))
                .isTrue();
        assertThat(DatabaseErrors.isDamaged(
                        new SQLException("Database may be already in use [90020-240]", "90020", 90020)))
                .isFalse();
    }
}
