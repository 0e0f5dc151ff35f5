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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.load.RefusedRow;
import uk.fpw.warehouse.store.load.current.BucketDigests;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.row.RowVersion;

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

    @Tag("time-zone")
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
                new ExtractedRow(
                        4, 9, "k", 5, true, null, refused(9, "k", "size", "[0-9]"), ExtractedRow.UNKNOWN_ORDER),
                new ExtractedRow(
                        5, 10, null, 6, false, null, refused(10, null, null, null), ExtractedRow.UNKNOWN_ORDER),
                new ExtractedRow(6, 11, "gone", 0, true, null, null, ExtractedRow.UNKNOWN_ORDER));
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
                        null,
                        ExtractedRow.UNKNOWN_ORDER));
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
                                own.number(),
                                own.line(),
                                key,
                                row.contentHash(),
                                false,
                                own.version(),
                                null,
                                ExtractedRow.UNKNOWN_ORDER));
            }
            second.add(new ExtractedRow(
                    25_001,
                    25_001,
                    null,
                    6,
                    false,
                    null,
                    refused(25_001, null, null, null),
                    ExtractedRow.UNKNOWN_ORDER));
            first.append(second, 15_000);
            assertThat(all(first))
                    .hasSize(40_001)
                    .contains(new ExtractedRow(
                            40_001,
                            40_001,
                            null,
                            6,
                            false,
                            null,
                            refused(40_001, null, null, null),
                            ExtractedRow.UNKNOWN_ORDER));
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
            Set<ExtractedRow> others = ConcurrentHashMap.newKeySet();
            IntStream.range(0, KeyBucket.COUNT)
                    .parallel()
                    .forEach(bucket -> kept.forEach(bucket, row -> {
                        if (!("key " + row.number()).equals(row.key())) {
                            others.add(row);
                        }
                        numbers.add(row.number());
                    }));
            assertThat(others).isEmpty();
            assertThat(numbers).hasSize(300_000);
        }
    }

    @Test
    void sameRowsAreEqualInAnyOrderAndInTwoParts() {
        BucketDigests known = known(FEED, "a", "b", "c");
        for (List<List<ExtractedRow>> parts : List.of(
                List.of(List.of(row("a"), row("b"), row("c"))),
                List.of(List.of(row("c"), row("a"), row("b"))),
                List.of(List.of(row("c")), List.of(row("b"), row("a"))),
                List.of(List.<ExtractedRow>of(), List.of(row("b"), row("c"), row("a"))))) {
            assertThat(unequal(FEED, parts, known)).as(parts.toString()).isEmpty();
        }
        assertThat(unequal(FEED, List.of(List.of()), known(FEED))).isEmpty();
    }

    @Test
    void whateverElseThereIsIsUnequalInEitherPart() {
        BucketDigests known = known(FEED, "a", "b", "c");
        ExtractedRow otherHash = row("b", "hash-c");
        ExtractedRow refused =
                new ExtractedRow(7, 8, "b", 5, false, null, refused(8, "b", "size", null), ExtractedRow.UNKNOWN_ORDER);
        ExtractedRow withoutKey =
                new ExtractedRow(7, 8, null, 5, false, null, refused(8, null, null, null), ExtractedRow.UNKNOWN_ORDER);
        ExtractedRow deleted = new ExtractedRow(7, 8, "b", 0, false, null, null, ExtractedRow.UNKNOWN_ORDER);
        assertUnequalInEitherPart(known, bucket("d"), row("b"), row("d"));
        assertUnequalInEitherPart(known, bucket("b"));
        assertUnequalInEitherPart(known, bucket("b"), otherHash);
        assertUnequalInEitherPart(known, bucket("b"), row("b"), row("b"));
        assertUnequalInEitherPart(known, bucket("b"), row("b"), otherHash);
        assertUnequalInEitherPart(known, bucket("b"), row("b"), refused);
        assertUnequalInEitherPart(known, bucket("b"), refused);
        assertUnequalInEitherPart(known, 7, row("b"), withoutKey);
        assertUnequalInEitherPart(known, bucket("b"), row("b"), deleted);
        assertUnequalInEitherPart(known, bucket("b"), deleted);
    }

    @Test
    void refusedRowWithoutAKeyIsUnequalInTheBucketInWhichItLies() {
        ExtractedRow later = new ExtractedRow(
                300, 301, null, 5, false, null, refused(301, null, null, null), ExtractedRow.UNKNOWN_ORDER);
        assertThat(unequal(FEED, List.of(List.of(later)), known(FEED))).containsExactly(300 - KeyBucket.COUNT);
    }

    @Test
    void equalRowsWithoutAKeyOfTheirOwnAreThoseThatAreCounted() {
        Feed feed = TestFeeds.feed("crimes", List.of(), Feed.ROW, FEED.columns().toArray(Feed.Column[]::new));
        BucketDigests three = known(feed, "x|1", "x|2", "x|3");
        BucketDigests two = known(feed, "x|1", "x|2");
        for (List<List<ExtractedRow>> parts : List.of(
                List.of(List.of(row("x"), row("x"), row("x"))),
                List.of(List.of(row("x")), List.of(row("x"), row("x"))))) {
            assertThat(unequal(feed, parts, three)).isEmpty();
            assertThat(unequal(feed, parts, two)).containsExactly(KeyBucket.of(feed, "x|1"));
        }
        assertThat(unequal(feed, List.of(List.of(row("x"), row("x"))), three))
                .containsExactly(KeyBucket.of(feed, "x|1"));
        assertThat(unequal(feed, List.of(List.of(row("x")), List.of(row("x"))), two))
                .isEmpty();
    }

    /**
     * Asserts that rows in addition to a and c are detected: the last or only one in the first or in the second part.
     */
    private void assertUnequalInEitherPart(BucketDigests known, int bucket, ExtractedRow... rows) {
        List<ExtractedRow> first = new ArrayList<>(List.of(row("a"), row("c")));
        List<ExtractedRow> second = new ArrayList<>();
        for (int index = 0; index < rows.length; index++) {
            (index == rows.length - 1 ? second : first).add(rows[index]);
        }
        List<ExtractedRow> all = new ArrayList<>(first);
        all.addAll(second);
        for (List<List<ExtractedRow>> parts : List.of(List.of(all), List.of(first, second), List.of(second, first))) {
            assertThat(unequal(FEED, parts, known)).as(parts.toString()).containsExactly(bucket);
        }
    }

    /** The buckets in which the rows of all parts differ from the known ones. */
    private List<Integer> unequal(Feed feed, List<List<ExtractedRow>> parts, BucketDigests known) {
        try (ExtractedRows all = new ExtractedRows(feed, folder, false)) {
            parts.get(0).forEach(all::add);
            for (List<ExtractedRow> part : parts.subList(1, parts.size())) {
                ExtractedRows next = new ExtractedRows(feed, folder, false);
                part.forEach(next::add);
                all.append(next, parts.get(0).size());
            }
            return IntStream.range(0, KeyBucket.COUNT)
                    .filter(bucket -> !all.isEqual(bucket, known))
                    .boxed()
                    .toList();
        }
    }

    private static BucketDigests known(Feed feed, String... keys) {
        BucketDigests known = new BucketDigests(feed);
        for (String key : keys) {
            known.add(KeyBucket.of(feed, key), key, "hash-" + key.charAt(0));
        }
        return known;
    }

    private static int bucket(String key) {
        return KeyBucket.of(FEED, key);
    }

    private static ExtractedRow row(String key) {
        return row(key, "hash-" + key);
    }

    private static ExtractedRow row(String key, String hash) {
        Object[] none = {null, null, null, null, null, null};
        return new ExtractedRow(
                1,
                2,
                key,
                5,
                false,
                new RowVersion(key, key, hash, 2L, null, Arrays.asList(none)),
                null,
                ExtractedRow.UNKNOWN_ORDER);
    }

    private static ExtractedRow version(long number, String key, @Nullable String flags, @Nullable Object... values) {
        return new ExtractedRow(
                number,
                number + 1,
                key,
                -number,
                false,
                new RowVersion(key, "item", "hash", number + 1, flags, Arrays.asList(values)),
                null,
                ExtractedRow.UNKNOWN_ORDER);
    }

    private static RefusedRow refused(long line, @Nullable String key, @Nullable String field, @Nullable String shown) {
        return new RefusedRow(line, key, field, RefusedRow.Code.NO_MATCH, "does not match", shown);
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
