package uk.fpw.ingest.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.load.KeyBucket;
import uk.fpw.warehouse.load.Refusal;
import uk.fpw.warehouse.load.RowVersion;

class ExtractedRowsTest {

    private static final Feed FEED = TestFeeds.feed(
            "devices",
            List.of("id"),
            "id",
            TestFeeds.column("id", "ID", Feed.Type.TEXT),
            TestFeeds.column("size", "SIZE", Feed.Type.WHOLE),
            TestFeeds.column("weight", "WEIGHT", Feed.Type.DECIMAL),
            TestFeeds.column("sealed", "SEALED", Feed.Type.BOOLEAN),
            TestFeeds.column("seized_on", "SEIZED", Feed.Type.DATE),
            TestFeeds.column("sent_at", "SENT", Feed.Type.INSTANT));

    @TempDir
    Path folder;

    @Test
    void rowsOfEveryKindComeBackAsTheyWere() {
        List<ExtractedRow> rows = List.of(
                version(
                        1,
                        "é😀|1",
                        null,
                        "A",
                        7L,
                        decimal("-12.500000000"),
                        true,
                        LocalDate.of(1, 1, 1),
                        Instant.EPOCH),
                version(
                        2,
                        "k",
                        "sent_at:ambiguous",
                        "B",
                        Long.MIN_VALUE,
                        decimal("99999999999999999999999999999.999999999"),
                        false,
                        LocalDate.of(9999, 12, 31),
                        Instant.parse("0001-01-01T00:00:00.000001Z")),
                version(3, "none", null, null, null, null, null, null, null),
                new ExtractedRow(4, 9, "k", 5, true, null, refusal(9, "k", "size", "[0-9]")),
                new ExtractedRow(5, 10, null, 6, false, null, refusal(10, null, null, null)),
                new ExtractedRow(6, 11, "gone", 0, true, null, null));
        try (ExtractedRows kept = new ExtractedRows(FEED, folder)) {
            rows.forEach(kept::add);
            assertThat(all(kept)).containsExactlyInAnyOrderElementsOf(rows);
            assertThat(of(kept, KeyBucket.of(FEED, "k")))
                    .filteredOn(row -> "k".equals(row.key()))
                    .containsExactly(rows.get(1), rows.get(3));
        }
    }

    private static ExtractedRow version(long number, String key, @Nullable String flags, @Nullable Object... values) {
        return new ExtractedRow(
                number,
                number + 1,
                key,
                -number,
                false,
                new RowVersion(key, "item", "hash", number + 1, flags, Arrays.asList(values)),
                null);
    }

    private static Refusal refusal(long line, @Nullable String key, @Nullable String field, @Nullable String shown) {
        return new Refusal(line, key, field, Refusal.Code.NO_MATCH, "does not match", shown);
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    private static List<ExtractedRow> all(ExtractedRows kept) {
        List<ExtractedRow> found = new ArrayList<>();
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            found.addAll(of(kept, bucket));
        }
        return found;
    }

    private static List<ExtractedRow> of(ExtractedRows kept, int bucket) {
        List<ExtractedRow> found = new ArrayList<>();
        kept.forEach(bucket, found::add);
        return found;
    }
}
