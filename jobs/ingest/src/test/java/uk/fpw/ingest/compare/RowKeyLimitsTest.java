package uk.fpw.ingest.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.store.ledger.ChangeHistory;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.load.RowChanges;

/**
 * Extracts without a key: a changed row appears as one missing and one new row, and so does a lost row on a day with an
 * additional one.
 */
@Tag("time-zone")
class RowKeyLimitsTest {

    private static final LocalDate DAY = LocalDate.of(2024, 5, 3);

    private static final Feed CRIMES = TestFeeds.with(
            TestFeeds.feed("crimes", List.of(), Feed.ROW, TestFeeds.column("kind", "KIND", Feed.Type.TEXT)),
            new FeedLimits(
                    new FeedLimits.Rows(1, 0.01, 1, 0.05),
                    new FeedLimits.Changes(0.05, 0.25, 0.1, 0.05, 20, 100),
                    new FeedLimits.ChangesIn28Days(0.1, 0.2, 0.25)));

    @Test
    void newRowsMakeUpForMissingOnesUpToABoundOnly() {
        List<Night> usual = nights(20, 10);
        assertThatCode(() -> judge(usual, 1000, 100, 150)).doesNotThrowAnyException();
        assertThatThrownBy(() -> judge(usual, 1000, 101, 150))
                .hasMessage("table crimes: 51 of 1000 rows (5.1 %) deleted: 51 missing from the table beyond the 50 "
                        + "which "
                        + "a new one may have replaced (101 are new; at most as "
                        + "many count as limits.max_replaced_share: 0.05 or typical loads allow) (in 28 days "
                        + "before a load deleted at most 0), more than limits.max_deleted_share: "
                        + "0.05 in feeds/crimes.yml; nothing was loaded; check whether the table is "
                        + "complete and correct (if this many of its rows change "
                        + "often, raise limits.max_replaced_share). If it is, accept this "
                        + "once and run again: fpw accept crimes:deleted --date 2024-05-03 --reason \"WHY\"");
        // a truncated file with as many new rows as missing ones
        assertThatThrownBy(() -> judge(usual, 1000, 240, 240)).isInstanceOf(FpwException.class);
    }

    @Test
    void missingRowsBeyondTheNewOnesAreDeleted() {
        List<Night> usual = nights(20, 10);
        assertThatCode(() -> judge(usual, 1000, 90, 40)).doesNotThrowAnyException();
        assertThatThrownBy(() -> judge(usual, 1000, 91, 40))
                .hasMessageStartingWith(
                        "table crimes: 51 of 1000 rows (5.1 %) deleted: 51 missing from the table beyond the 40 which "
                                + "a new one may have replaced (in 28 days");
    }

    @Test
    void asManyAsTwiceTheUsualMayBeReplaced() {
        List<Night> busy = nights(5, 40);
        assertThatCode(() -> judge(busy, 1000, 80 + 50, 200)).doesNotThrowAnyException();
        assertThatThrownBy(() -> judge(busy, 1000, 80 + 51, 200)).isInstanceOf(FpwException.class);
        // Three nights were missed.
        List<Night> late = shifted(busy, 3);
        assertThatCode(() -> judge(late, 1000, 200, 200)).doesNotThrowAnyException();
    }

    @Test
    void secondLoadMayReplaceTwiceTheShareOrOnceForEachNight() {
        List<Night> first = List.of(new Night(DAY.minusDays(1), 0, 0, 0));
        assertThatCode(() -> judge(first, 1000, 150, 150)).doesNotThrowAnyException();
        assertThatThrownBy(() -> judge(first, 1000, 151, 151)).isInstanceOf(FpwException.class);
        List<Night> monthBefore = List.of(new Night(DAY.minusDays(31), 0, 0, 0));
        assertThatCode(() -> judge(monthBefore, 1000, 400, 400)).doesNotThrowAnyException();
    }

    @Test
    void rowsThatAreReplacedFewAtATimeStopTheFeedBeforeTheyAreMany() {
        // From the twentieth night on, each extract lacks thirty rows and has thirty others.
        List<Night> past = nights(60, 2);
        LocalDate stopped = DAY;
        for (int night = 0; night < 28; night++) {
            List<Night> before = past;
            LocalDate date = stopped;
            try {
                judge(before, date, 1000, 30, 30);
            } catch (FpwException failure) {
                assertThat(failure)
                        .hasMessage("table crimes: 252 of 1000 rows (25.2 %) missing in 28 days with the "
                                + "same number of new ones, 30 by this load, more than "
                                + "limits.max_replaced_share_28_days: 0.25 in feeds/crimes.yml; "
                                + "nothing was loaded; check whether the table is complete and correct. "
                                + "If it is, accept this once and run again: fpw accept "
                                + "crimes:replaced_28_days --date 2024-05-09 --reason \"WHY\"");
                return;
            }
            past = new ArrayList<>(past);
            past.add(new Night(date, 30, 30, 1000));
            stopped = stopped.plusDays(1);
        }
        throw new AssertionError("28 nights passed");
    }

    @Test
    void whatWasAcceptedLeavesTheSumOfReplacedRows() {
        List<Night> past = new ArrayList<>(nights(60, 2));
        for (int night = 6; night > 0; night--) {
            past.set(60 - night, new Night(DAY.minusDays(night), 45, 45, 1000));
        }
        assertThatThrownBy(() -> judge(past, 1000, 40, 40))
                .hasMessageContaining("fpw accept crimes:replaced_28_days --date 2024-05-03");
        past.set(57, past.get(57).accepted(AcceptableLimit.REPLACED_28_DAYS));
        assertThatCode(() -> judge(past, 1000, 40, 40)).doesNotThrowAnyException();
    }

    @Test
    void missingRowsBeyondTheBoundStopTheFeedBeforeTheyAreManyToo() {
        List<Night> past = new ArrayList<>(nights(60, 2));
        past.set(58, new Night(DAY.minusDays(2), 90, 50, 1000)); // 50 count as replaced, 40 as deleted.
        past.set(59, new Night(DAY.minusDays(1), 90, 50, 1000));
        assertThatThrownBy(() -> judge(past, 1000, 80, 80))
                .hasMessageContaining("110 of 1000 rows (11.0 %) deleted in 28 days, 30 by this load, more than "
                        + "limits.max_deleted_share_28_days: 0.1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    what                                          | before | missing | new | nights | each night | since
                    nothing changed                               |   1000 |       0 |   0 |     60 |          0 |     1
                    a few cases were closed and a few came        |   1000 |      12 |  20 |     60 |         10 |     1
                    a busy night of rows that seldom change       |   5000 |     240 | 260 |     60 |          5 |     1
                    four in a hundred change every night          |   1000 |      45 |  48 |     60 |         40 |     1
                    the recording of a week on its Monday         |   1000 |     110 | 140 |      8 |         90 |     7
                    a file a month                                |   1000 |     180 | 210 |      2 |        160 |    28
                    the oldest of 84 months was purged            |   8400 |     160 |  90 |     60 |         60 |     1
                    a feed of so few rows that shares say nothing |     60 |      30 |  30 |     60 |          3 |     1
                    the first nights of a feed                    |   1000 |      60 |  70 |      2 |          0 |     1
                    a window of the last 90 days, moved on by one |   9000 |     100 | 100 |     60 |        100 |     1
                    """, useHeadersInDisplayName = true)
    void usualNightIsNotStopped(String what, long before, long missing, long fresh, int nights, long each, int since) {
        List<Night> past = new ArrayList<>();
        for (int night = nights; night > 0; night--) {
            boolean isFirst = night == nights && nights < 10;
            past.add(new Night(DAY.minusDays((long) night * since), each, each, isFirst ? 0 : before));
        }
        assertThatCode(() -> judge(past, before, missing, fresh)).as(what).doesNotThrowAnyException();
    }

    /**
     * A past load.
     *
     * @param replaced number of missing rows that counted as changed
     * @param accepted exceeded limits that a person accepted
     */
    private record Night(LocalDate date, long missing, long replaced, long before, Set<AcceptableLimit> accepted) {

        Night(LocalDate date, long missing, long replaced, long before) {
            this(date, missing, replaced, before, Set.of());
        }

        Night accepted(AcceptableLimit limit) {
            return new Night(date, missing, replaced, before, Set.of(limit));
        }

        ChangeHistory.Past past() {
            return new ChangeHistory.Past(date, 100, missing, new RowChanges(before, replaced, Map.of(), accepted));
        }
    }

    /** Loads of 1,000 rows up to the previous day. */
    private static List<Night> nights(int count, long replaced) {
        List<Night> nights = new ArrayList<>();
        for (int night = count; night > 0; night--) {
            nights.add(new Night(DAY.minusDays(night), replaced, replaced, 1000));
        }
        return nights;
    }

    private static List<Night> shifted(List<Night> nights, int days) {
        return nights.stream()
                .map(night ->
                        new Night(night.date().minusDays(days), night.missing(), night.replaced(), night.before()))
                .toList();
    }

    private static void judge(List<Night> past, long before, long missing, long fresh) {
        judge(past, DAY, before, missing, fresh);
    }

    private static void judge(List<Night> past, LocalDate date, long before, long missing, long fresh) {
        LocalDate start = date.minusDays(ChangeHistory.DAYS);
        ChangeHistory history = new ChangeHistory(
                past.stream()
                        .filter(night -> night.date().isAfter(start))
                        .map(Night::past)
                        .toList(),
                past.stream()
                        .filter(night -> !night.date().isAfter(start)
                                && night.date().isAfter(start.minusDays(ChangeHistory.DAYS)))
                        .map(Night::past)
                        .toList());
        ChangeLimits limits = new ChangeLimits(new Source(CRIMES), history, date);
        limits.compare(
                new RowChanges(before, Math.min(missing, fresh), Map.of(), Set.of()),
                MissingRows.allDeleted(missing),
                0);
        limits.enforce(limit -> null);
    }

    private record Source(Feed feed) implements RowSource {

        @Override
        public String name() {
            return "crimes";
        }

        @Override
        public String place() {
            return "table crimes";
        }

        @Override
        public String what() {
            return "the table";
        }

        @Override
        public String numbering() {
            return "row";
        }

        @Override
        public SourceRows open() {
            throw new UnsupportedOperationException("not read");
        }
    }
}
