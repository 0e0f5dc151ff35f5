package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.model.Models;

/** Audits the rows of one table. */
@Tag("time-zone")
class TableAuditTest {

    @TempDir
    private Path folder;

    @Test
    void digestIsTheSameWhateverTheOrderTheFilesAndTheRelease() {
        String slice = LikelyRow.of("mart.dim_slice");
        String other = slice.replace("'x' as slice_value", "'y' as slice_value");

        String one = digest("mart.dim_slice", "one", slice + " union all " + other);
        String again = digest(
                "mart.dim_slice",
                "again",
                other.replace("'x' as release_id", "'z' as release_id"),
                slice.replace("'x' as release_id", "'z' as release_id"));

        assertThat(one).hasSize(64).isEqualTo(again);
    }

    @Test
    void digestIsAnotherForEveryOtherValue() {
        String text = LikelyRow.of("core.event");

        assertThat(List.of(
                        digest("core.event", "base", text),
                        digest("core.event", "key", text.replace("'town:1'", "'town:2'")),
                        digest(
                                "core.event",
                                "null",
                                text.replace("timestamptz '2015-01-01 10:00:00+00'", "cast(null as timestamptz)")),
                        digest("core.event", "moment", text.replace("10:00:00+00", "10:00:00+01")),
                        digest("core.event", "day", text.replace("date '2015-01-01'", "date '2015-01-02'")),
                        digest("core.event", "value", text.replace("'phone'", "'computer'")),
                        digest("core.event", "twice", text + " union all " + text),
                        digest("core.event", "none", "select * from (" + text + ") where false")))
                .doesNotHaveDuplicates();
    }

    @Test
    void orderOfTheEntriesOfAMapIsNone() {
        String text = LikelyRow.of("core.event");

        assertThat(digest("core.event", "one", text))
                .isEqualTo(digest(
                        "core.event",
                        "other",
                        text.replace(
                                "map(['kind', 'priority'], ['phone', 'high'])",
                                "map(['priority', 'kind'], ['high', 'phone'])")));
    }

    @Test
    void expressionOfAModelIsAskedOfEveryRow() {
        String file = new ParquetFiles(folder)
                .write(
                        "rows",
                        LikelyRow.of("core.spell")
                                .replace("cast(null as date) as left_on", "date '1999-12-31' as left_on")
                                .replace("cast(null as date) as entered_on", "date '2000-01-01' as entered_on"));

        assertThat(AuditedTable.of("core.spell", columns("core.spell"), List.of(file))
                        .failed())
                .contains("LEAVES_AFTER_IT_ENTERS 1: a spell ends before it starts");
    }

    private String digest(String table, String name, String... files) {
        List<String> written = new ArrayList<>();
        for (String rows : files) {
            written.add(new ParquetFiles(folder).write(name + written.size(), rows));
        }
        return AuditedTable.of(table, columns(table), written).digest();
    }

    private static List<String> columns(String table) {
        return Models.find(table).orElseThrow().columnNames();
    }
}
