package uk.fpw.ingest.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.load.RowChanges;
import uk.fpw.warehouse.store.load.row.RowVersion;

class LostValuesTest {

    private static final Feed CRIMES = TestFeeds.feed(
            "crimes",
            List.of(),
            Feed.ROW,
            TestFeeds.column("kind", "KIND", Feed.Type.TEXT),
            TestFeeds.column("outcome", "OUTCOME", Feed.Type.TEXT));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    what                                                  | missing | with a value | unreadable | new \
                    | with a value | lost
                    the column became empty                               |     300 |          300 |          0 | 300 \
                    |            0 | 300
                    the same, and some rows came                          |     300 |          300 |          0 | 320 \
                    |           15 | 285
                    the same, and some rows are gone                      |     320 |          310 |          0 | 300 \
                    |            0 | 290
                    values were filled in                                 |      30 |            0 |          0 |  50 \
                    |           30 |   0
                    values were corrected                                 |      30 |           30 |          0 |  30 \
                    |           30 |   0
                    values were filled in, and two were taken away        |      30 |            2 |          0 |  30 \
                    |           28 |   0
                    two values were taken away                            |      30 |            2 |          0 |  30 \
                    |            0 |   2
                    rows are gone                                         |      50 |           50 |          0 |   0 \
                    |            0 |   0
                    rows are gone, and others without a value came        |      50 |           50 |          0 |  20 \
                    |            0 |  20
                    rows cannot be read, and others without a value came  |      50 |           50 |         50 |  20 \
                    |            0 |   0
                    """, useHeadersInDisplayName = true)
    void valuesOfMissingRowsThatNewOnesDoNotHaveAreLost(
            String what, long missing, long valued, long unreadable, int fresh, int filled, long lost) {
        LostValues values = new LostValues(CRIMES, List.of(0, 1));
        for (int row = 0; row < fresh; row++) {
            values.add(row("theft", row < filled ? "charged" : null));
        }
        Map<String, RowChanges.Emptied> emptied = values.ofReplaced(
                columns -> {
                    // every row has a kind
                    Map<String, long[]> counts = new HashMap<>();
                    counts.put("kind", new long[] {1000, missing});
                    counts.put("outcome", new long[] {400, valued});
                    counts.keySet().retainAll(columns);
                    return counts;
                },
                new MissingRows(missing, unreadable, Map.of()));
        assertThat(emptied)
                .as(what)
                .isEqualTo(lost == 0 ? Map.of() : Map.of("outcome", new RowChanges.Emptied(lost, 400)));
    }

    @Test
    void currentRowsAreReadOnlyIfARowHasNoValue() {
        LostValues values = new LostValues(CRIMES, List.of(0, 1));
        values.add(row("theft", "charged"));
        assertThat(values.ofReplaced(LostValuesTest::notToBeRead, MissingRows.allDeleted(1)))
                .isEmpty();
        assertThat(values.ofChanged(LostValuesTest::notToBeRead)).isEmpty();
    }

    private static Map<String, long[]> notToBeRead(List<String> columns) {
        throw new AssertionError("read " + columns);
    }

    private static RowVersion row(String kind, @Nullable String outcome) {
        return new RowVersion("hash|1", "hash|1", "hash", 2L, null, Arrays.asList(kind, outcome));
    }
}
