package uk.fpw.nightly.cli.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.ingest.ErasureInput;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.absence.FileSearch.Gap;
import uk.fpw.warehouse.store.absence.FileSearch.Hit;
import uk.fpw.warehouse.store.absence.FileSearch.Result;
import uk.fpw.warehouse.store.rewrite.Erasing;

class AbsenceSearchTest {

    private final List<String> lines = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void absenceIsSaidWithWhatWasNotSearched() {
        search(Set.of("4711", "canary"), List.of())
                .report(
                        new Result(
                                List.of(), List.of(new Gap("the data directory of PostgreSQL", "cannot be read")), 41),
                        new Result(List.of(), List.of(), 1200),
                        lines::add);

        assertThat(lines)
                .containsExactly(
                        "Searched every byte of 1,200 files, and every row of 41 tables of the database: nothing was "
                                + "found.",
                        "  not searched for: 1 value of fewer than 6 bytes, which would be found in others",
                        "  not searched: the data directory of PostgreSQL cannot be read",
                        "Left to you: the files of PostgreSQL: pg_basebackup --pgdata=COPY --wal-method=fetch  # then "
                                + "fpw erase --search --also COPY, and delete COPY");
    }

    @Test
    void whatIsLeftFailsAndNamesThePlacesButNoValue() {
        FpwException failed = catchThrowableOfType(FpwException.class, () -> search(Set.of("canary"), List.of())
                .report(
                        new Result(List.of(new Hit("table ops.refusal", 1)), List.of(), 41),
                        new Result(List.of(new Hit("/w/site/x.html", 1234)), List.of(), 1),
                        lines::add));

        assertThat(failed.exitCode()).isEqualTo(ExitCode.DAMAGED);
        assertThat(failed)
                .hasMessageStartingWith("what was searched for is in 2 places (above).")
                .hasMessageNotContaining("canary");
        assertThat(lines)
                .containsExactly(
                        "Searched every byte of 1 file, and every row of 41 tables of the database: found in "
                                + "2 places.",
                        "  found: table ops.refusal (1 time)",
                        "  found: /w/site/x.html (1,234 times)");
    }

    @Test
    void warehouseAndOtherPlacesAreSearchedForWordsKeysAndPseudonyms() throws IOException {
        Path warehouse = Files.createDirectories(folder.resolve("warehouse/site"));
        Path word = Files.writeString(warehouse.resolve("word.html"), "<td>canary</td>");
        Path other = Files.createDirectory(folder.resolve("other"));
        Path key = Files.writeString(other.resolve("key.tsv"), "devices\tD4711-9\n");
        Path pseudonym = Files.writeString(folder.resolve("pseudonym.txt"), "abcdefghijklmno...");
        Files.writeString(folder.resolve("elsewhere.txt"), "canary");

        Result found = search(Set.of("canary"), List.of(other, pseudonym)).files();

        assertThat(found.hits()).containsExactly(hit(word), hit(key), hit(pseudonym));
        assertThatThrownBy(() -> AbsenceSearch.requireThere(List.of(other, folder.resolve("nowhere"))))
                .isInstanceOf(FpwException.class)
                .hasMessage("--also " + folder.resolve("nowhere")
                        + ": there is no such file or folder. Nothing was changed");
    }

    private static Hit hit(Path file) throws IOException {
        return new Hit(file.toRealPath().toString(), 1);
    }

    private AbsenceSearch search(Set<String> words, List<Path> also) {
        return AbsenceSearch.of(
                Force.Storage.embedded(folder.resolve("warehouse")),
                List.of(new ErasureInput(
                        new Erasing.Rows(Map.of("devices", Set.of("D4711-9")), Set.of("abcdefghijklmnopqrstuvwxyz")),
                        words,
                        List.of())),
                also);
    }
}
