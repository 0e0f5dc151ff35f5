package uk.fpw.publish.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("time-zone")
class SortedRowsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<List<@Nullable Object>> rows = List.of(
            row("b", 2L, "first"),
            row("b", 10L, "second"),
            row("a", 3L, "third"),
            row(null, 1L, "fourth"),
            row("a", null, "fifth"),
            row("b", 2L, "sixth"),
            row("a", -1L, "seventh"));

    private final List<String> ordered = List.of("seventh", "third", "fifth", "first", "sixth", "second", "fourth");

    @Test
    void rowsAreSortedByTheirKeysHoweverManyFitIntoMemory() throws IOException {
        for (int inMemory : new int[] {1, 2, 3, 7, 100}) {
            assertThat(sorted(rows, inMemory).stream().map(row -> row.get(2)))
                    .as("%s in memory", inMemory)
                    .isEqualTo(ordered);
        }
    }

    @Test
    void valuesOfEveryTypeComeBackFromTheFiles() throws IOException {
        List<@Nullable Object> row = row(
                "\u00e9\n\"=1\"",
                Long.MIN_VALUE,
                0.1,
                true,
                LocalDate.of(2016, 2, 29),
                LocalDateTime.of(2016, 1, 12, 23, 59, 59, 1000),
                null,
                "");
        assertThat(sorted(List.of(row, row), 1)).isEqualTo(List.of(row, row));
    }

    @Test
    void noFileIsLeft() throws IOException {
        sorted(rows, 2);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> added, int inMemory) throws IOException {
        List<List<@Nullable Object>> found = new ArrayList<>();
        try (SortedRows sorted = new SortedRows(folder, List.of(0, 1), inMemory)) {
            for (List<@Nullable Object> row : added) {
                sorted.add(row);
            }
            sorted.forEach(found::add);
        }
        return found;
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}
