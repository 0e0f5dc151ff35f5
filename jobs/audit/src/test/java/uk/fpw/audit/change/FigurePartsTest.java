package uk.fpw.audit.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.audit.ParquetFiles;
import uk.fpw.audit.SpellRows;
import uk.fpw.audit.TwoReleases;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.warehouse.message.FigureChangeRequest.Differences;
import uk.fpw.warehouse.message.FigureChangeRequest.NewRows;
import uk.fpw.warehouse.message.FigureChangeRequest.StoredRows;

/** What one changed spell contributes to the totals of months and weeks, counted by hand. */
class FigurePartsTest {

    private static final String QUEUE =
            "[{\"queue\": \"seized\", \"earliest_entry\": \"2000-01-01\", \"data_as_at\": \"2016-01-10\", "
                    + "\"slices\": [\"kind\"]}]";

    @TempDir
    private Path folder;

    /** 1 June is a Monday: a month and a week begin on it. */
    @Test
    void spellThatLeftIsCountedInItsMonthAndItsWeekAndWaitsInNoneAfter() {
        assertThat(parts("A | 2015-06-01", "A | 2015-06-01 | 2015-06-10 | examined", "2015-06-15"))
                .containsExactly(
                        "month 2015-06-01 left_count recorded late 1",
                        "month 2015-06-01 waiting_count recorded late -1",
                        "week 2015-06-08 left_count recorded late 1",
                        "week 2015-06-08 waiting_count recorded late -1",
                        "week 2015-06-15 opening_count recorded late -1",
                        "week 2015-06-15 waiting_count recorded late -1");
    }

    /** From Tuesday to Wednesday: the months differ, and no week. */
    @Test
    void spellThatMovesToAnotherMonthWithinAWeekChangesMonthsOnly() {
        assertThat(parts("A | 2015-06-30", "A | 2015-07-01", "2016-01-10"))
                .containsExactly(
                        "month 2015-06-01 received_count corrected -1",
                        "month 2015-06-01 waiting_count corrected -1",
                        "month 2015-07-01 opening_count corrected -1",
                        "month 2015-07-01 received_count corrected 1");
    }

    /** From one week of June to the next: the weeks differ, and no month. */
    @Test
    void spellThatMovesToAnotherWeekWithinAMonthChangesWeeksOnly() {
        assertThat(parts("A | 2015-06-10", "A | 2015-06-17", "2016-01-10"))
                .containsExactly(
                        "week 2015-06-08 received_count corrected -1",
                        "week 2015-06-08 waiting_count corrected -1",
                        "week 2015-06-15 opening_count corrected -1",
                        "week 2015-06-15 received_count corrected 1");
    }

    /** The week of Wednesday, 1 July began in June, of which nothing has changed. */
    @Test
    void weekThatBeganInTheMonthBeforeChangesNothingOfThatMonth() {
        assertThat(parts("B | 2015-06-03", "B | 2015-06-03\nA | 2015-07-01 | 2015-07-03 | examined", "2016-01-10"))
                .containsExactly(
                        "month 2015-07-01 left_count recorded late 1",
                        "month 2015-07-01 received_count recorded late 1",
                        "week 2015-06-29 left_count recorded late 1",
                        "week 2015-06-29 received_count recorded late 1");
    }

    /** What readers saw as the latest figure, on a Sunday within a month. */
    @Test
    void spellThatIsGoneIsMissedOnTheLatestDayOfTheReplacedRelease() {
        assertThat(parts("B | 2015-12-29\nA | 2016-01-04", "B | 2015-12-29", "2016-01-10"))
                .filteredOn(part -> !part.startsWith("month"))
                .containsExactly(
                        "day 2016-01-10 opening_count corrected -1",
                        "day 2016-01-10 waiting_count corrected -1",
                        "week 2016-01-04 received_count corrected -1",
                        "week 2016-01-04 waiting_count corrected -1");
    }

    /** Of the totals, of periods that begin on that day or before; item A has a new row. */
    private List<String> parts(String before, String after, String to) {
        try (TwoReleases releases = new TwoReleases(folder)) {
            AuditSession session = releases.compare(
                    SpellRows.of("seized", before),
                    SpellRows.of("seized", after),
                    QUEUE,
                    new Differences(
                            false, false, false, List.of(), List.of(), Map.of("seized", List.of("devices")), Map.of()),
                    devices());
            FigureParts.count(session, "2016-01-10");
            return session
                    .rows("select concat_ws(' ', period_kind, period_start_on, measure, cause, part) from figure_part "
                            + "where slice = 'all' and exit_reason = 'all' and period_start_on <= date '" + to
                            + "' order by period_kind, period_start_on, measure")
                    .stream()
                    .map(row -> new QueryRow(row).text(0))
                    .toList();
        }
    }

    private NewRows devices() {
        String row = "select 'A' as _key, 'A' as _item, 'upsert' as _op, cast(2 as bigint) as _seq, 'l2' as _load_id, "
                + "date '2016-01-11' as _known_on, 'x' as note";
        return new NewRows(
                "devices",
                "town",
                "2016-01-10",
                List.of(),
                List.of(),
                List.of(),
                false,
                new StoredRows(List.of(new ParquetFiles(folder).write("devices", row)), List.of(), false, List.of()));
    }
}
