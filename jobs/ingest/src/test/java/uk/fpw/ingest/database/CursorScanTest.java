package uk.fpw.ingest.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.source.CursorGap;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.load.Watermark;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** How far a watermark rises. */
@Tag("time-zone")
class CursorScanTest {

    @Test
    void firstLoadStopsBelowAGap() {
        CursorScan scan = scan(null, 1, 2, 1_000_002, 2_000_003, 2_000_004);

        assertThat(scan.highest()).isEqualTo("1000002");
        assertThat(scan.gap()).isEqualTo(new CursorGap(1_000_002, 2_000_003, 2));
    }

    @Test
    void identityColumnThatJumpsAfterARestartRises() {
        CursorScan scan = scan(known(1000), 1001, 2001, 12_001);

        assertThat(scan.highest()).isEqualTo("12001");
        assertThat(scan.gap()).isNull();
        assertThat(scan.isBehind()).isFalse();
    }

    @Test
    void hundredUsualAdvancesAreNoGap() {
        // The median of four is the third.
        Watermark known = known(1000, 5, 20_000, 30_000, 900_000);

        assertThat(scan(known, 3_001_000).highest()).isEqualTo("3001000");
        assertThat(scan(known, 3_001_001).highest()).isEqualTo("1000");
        assertThat(scan(known, 3_001_001).gap()).isEqualTo(new CursorGap(1000, 3_001_001, 1));
    }

    @Test
    void gapIsClosedOnceValuesComeBetween() {
        assertThat(scan(known(1000), 1500, 1_001_500, 1_900_000).highest()).isEqualTo("1900000");
    }

    @Test
    void largestNumbersDoNotOverflow() {
        assertThat(scan(known(1000), Long.MAX_VALUE).highest()).isEqualTo("1000");
        assertThat(scan(known(Long.MAX_VALUE - 5), Long.MAX_VALUE).highest()).isEqualTo("9223372036854775807");
        assertThat(scan(null, Long.MIN_VALUE, Long.MAX_VALUE).highest()).isEqualTo("-9223372036854775808");
    }

    @Test
    void sourceIsBehindIfEverythingLiesBelowTheLookBack() {
        assertThat(scan(known(1000), 990).isBehind()).isFalse();
        assertThat(scan(known(1000), 989).isBehind()).isTrue();
        assertThat(scan(known(1000)).isBehind()).isTrue();
        assertThat(scan(known(1000), 999_999_999).isBehind()).isTrue();
        assertThat(scan(null).isBehind()).isFalse();
    }

    @Test
    void watermarkNeverFalls() {
        assertThat(scan(known(1000), 995).highest()).isEqualTo("1000");
    }

    @Test
    void dateRisesOverAnyGapUpToTheBusinessDate() {
        CursorScan scan = scan(
                Feed.Type.DATE,
                new Watermark("at", "2015-01-01", List.of(), true),
                "2014-12-20",
                "2016-01-12",
                "2016-01-13");

        assertThat(scan.highest()).isEqualTo("2016-01-12");
        assertThat(scan.gap()).isNull();
    }

    @Test
    void rangesOfOneReadingTellWhatItTells() {
        Watermark known = new Watermark("at", "2015-01-01", List.of(), true);
        CursorScan first = scan(Feed.Type.DATE, known, "2016-01-02", "2015-03-01");
        first.addAll(scan(Feed.Type.DATE, known, "2014-12-01", "2016-01-13", "2016-01-03"));
        assertThat(first.highest()).isEqualTo("2016-01-03");
        assertThat(first.isBehind()).isFalse();

        CursorScan numbers = scan(known(1000), 900);
        assertThat(numbers.isBehind()).isTrue();
        numbers.addAll(scan(known(1000), 800, 2_000_000));
        assertThat(numbers.isBehind()).isTrue();
        assertThat(numbers.highest()).isEqualTo("1000");
        assertThat(numbers.gap()).isEqualTo(new CursorGap(1000, 2_000_000, 1));
        numbers.addAll(scan(known(1000), 995));
        assertThat(numbers.isBehind()).isFalse();
    }

    private static Watermark known(long value, long... advances) {
        return new Watermark(
                "at", Long.toString(value), LongStream.of(advances).boxed().toList(), true);
    }

    private static CursorScan scan(@Nullable Watermark known, long... values) {
        return scan(
                Feed.Type.WHOLE,
                known,
                LongStream.of(values).mapToObj(Long::toString).toArray(String[]::new));
    }

    private static CursorScan scan(Feed.Type type, @Nullable Watermark known, String... values) {
        Feed.Column column =
                new Feed.Column("at", "at", type, Feed.TextFormat.PLAIN, false, Feed.Privacy.NOT_PERSONAL, "Test.");
        Origin.Cursor declared = SchemaDefaults.cursor("at", 10);
        Feed feed = new Feed(
                "test",
                "test",
                "Test.",
                new Feed.Input("test", new Origin.DatabaseRows("test", null, declared), Feed.Extract.CHANGES),
                new Feed.Rows(List.of(column), List.of("at"), Set.of(), "at", null),
                FeedLimits.atLeast(0));
        CursorColumn cursor = Objects.requireNonNull(
                CursorColumn.of(feed, declared, LocalDate.of(2016, 1, 12), ZoneId.of("Europe/London")));
        CursorScan scan = new CursorScan(cursor, known == null ? null : cursor.start(known));
        // in any order: the highest first, the rest unchanged
        List<String> order = new ArrayList<>(List.of(values));
        Collections.rotate(order, 1);
        for (String value : order) {
            scan.add(value);
        }
        return scan;
    }
}
