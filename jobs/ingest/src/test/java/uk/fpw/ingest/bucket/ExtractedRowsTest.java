package uk.fpw.ingest.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
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
        try (ExtractedRows kept = new ExtractedRows(FEED, folder, true)) {
            rows.forEach(kept::add);
            assertThat(all(kept)).containsExactlyInAnyOrderElementsOf(rows);
            assertThat(of(kept, KeyBucket.of(FEED, "k")))
                    .filteredOn(row -> "k".equals(row.key()))
                    .containsExactly(rows.get(1), rows.get(3));
        }
    }

    @Test
    void textsOfAnyLengthAndAlphabetAndItemsThatAreKeysComeBack() {
        List<ExtractedRow> rows = new ArrayList<>();
        for (int length = 0; length < 70; length++) {
            for (String text : List.of("k".repeat(length), "k".repeat(length) + "é", "😀" + "k".repeat(length))) {
                rows.add(new ExtractedRow(
                        rows.size() + 1L,
                        rows.size() + 7L,
                        text,
                        5,
                        length % 2 == 0,
                        new RowVersion(
                                text,
                                length % 3 == 0 ? text : "item",
                                text,
                                rows.size() + 7L,
                                text,
                                Arrays.asList(text, null, null, null, null, null)),
                        null));
            }
        }
        try (ExtractedRows kept = new ExtractedRows(FEED, folder, true)) {
            rows.forEach(kept::add);
            assertThat(all(kept)).containsExactlyInAnyOrderElementsOf(rows);
        }
    }

    @Test
    void rowsOfAnotherReadingComeBehindAndAreCountedOn() {
        Object[] none = {null, null, null, null, null, null};
        try (ExtractedRows first = new ExtractedRows(FEED, folder, true);
                ExtractedRows all = new ExtractedRows(FEED, folder, true)) {
            ExtractedRows second = new ExtractedRows(FEED, folder, true);
            for (int number = 1; number <= 40_000; number++) {
                String key = "k" + number % 50;
                boolean isFirst = number <= 15_000;
                ExtractedRow row = version(number, key, null, none);
                all.add(row);
                ExtractedRow own = isFirst ? row : version(number - 15_000, key, null, none);
                (isFirst ? first : second)
                        .add(new ExtractedRow(
                                own.number(), own.line(), key, row.contentHash(), false, own.version(), null));
            }
            second.add(new ExtractedRow(25_001, 25_001, null, 6, false, null, refusal(25_001, null, null, null)));
            first.append(second, 15_000);
            assertThat(all(first))
                    .hasSize(40_001)
                    .contains(
                            new ExtractedRow(40_001, 40_001, null, 6, false, null, refusal(40_001, null, null, null)));
            for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
                List<ExtractedRow> known = of(first, bucket);
                assertThat(known).hasSize((int) first.count(bucket));
                assertThat(known).filteredOn(row -> row.key() != null).isEqualTo(of(all, bucket));
            }
            assertThat(first.mayHold("k7")).isTrue();
            assertThat(first.mayHold("unknown")).isFalse();
        }
    }

    @Test
    void severalThreadsReadDifferentBucketsAtOnce() {
        try (ExtractedRows kept = new ExtractedRows(FEED, folder, true)) {
            for (int number = 1; number <= 300_000; number++) {
                kept.add(version(number, "key " + number, null, "A", null, null, null, null, null));
            }
            Set<Long> numbers = ConcurrentHashMap.newKeySet();
            IntStream.range(0, KeyBucket.COUNT)
                    .parallel()
                    .forEach(bucket -> kept.forEach(bucket, row -> {
                        assertThat(row.key()).isEqualTo("key " + row.number());
                        numbers.add(row.number());
                    }));
            assertThat(numbers).hasSize(300_000);
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
