package uk.fpw.nightly.run.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.FigureChangeSummary.ChangedFigure;
import uk.fpw.warehouse.message.FigureChangeSummary.Part;
import uk.fpw.warehouse.message.StatisticChangeSummary;
import uk.fpw.warehouse.store.ledger.QueueDefinitions;

@Tag("time-zone")
class FigureChangeReportTest {

    @Test
    void largestChangeIsPrintedWithItsCauses() {
        ChangedFigure largest = new ChangedFigure(
                "awaiting_examination",
                "all",
                "waiting_count",
                "2015-10-01",
                1751,
                1754,
                List.of(new Part("deleted", -1), new Part("recorded late", 4)));

        assertThat(printed(FigureChangeSummary.compared(
                        ReleaseId.of("2015-11-30.1"), new FigureChangeSummary.Counts(12_276, 123, 0, 3), largest)))
                .isEqualTo("""

                        Counts of past months, compared with release 2015-11-30.1
                          123 of 12,276 have changed; the query what_changed lists them with their causes
                          reference data: 3 changed spells refer to no row that changed, so the cause is only \
                        likely
                          largest   awaiting_examination, all, 2015-10: waiting_count 1,754 instead of 1,751 \
                        (deleted -1, recorded late +4)
                        """);
    }

    @Test
    void nothingThatChangedAndNothingThatCouldBeComparedAreNotTheSame() {
        assertThat(printed(FigureChangeSummary.compared(
                        ReleaseId.of("2015-11-30.1"), new FigureChangeSummary.Counts(12_276, 0, 0, 0), null)))
                .endsWith("\n  none of 12,276 has changed\n");
        assertThat(printed(FigureChangeSummary.notCompared(
                        ReleaseId.of("2015-11-30.1"), "it has lost core.spell", List.of())))
                .endsWith("\n  not compared, since it has lost core.spell\n");
        assertThat(printed(null)).isEmpty();
    }

    @Test
    void quantilesAndSharesHaveALineIfMoreThanTimeHasMovedThem() {
        FigureChangeSummary counts = FigureChangeSummary.compared(
                ReleaseId.of("2015-11-30.1"), new FigureChangeSummary.Counts(12_276, 0, 0, 0), null);

        assertThat(printed(counts.with(new StatisticChangeSummary(null, false, 1234, 0))))
                .endsWith("\n  none of 12,276 has changed\n  1,234 quantiles and shares have moved, not by time alone; "
                        + "the query what_changed_statistics lists them\n");
        assertThat(printed(counts.with(new StatisticChangeSummary(null, false, 0, 0))))
                .endsWith("\n  none of 12,276 has changed\n");
        assertThat(printed(counts.with(StatisticChangeSummary.failed("Binder Error", "report it"))))
                .endsWith("\n  quantiles and shares were not compared, since the audit could not compute them "
                        + "(Binder Error); report it\n");
    }

    @Test
    void otherDaysOfServiceAreNotedWithTheirCause() {
        List<String> notes = PresentationNotes.between(
                Map.of(
                        "calls", used("calls", Map.of("service", "working_days")),
                        "seized", used("seized", Map.of("service", "every_day"))),
                Map.of(
                        "calls", used("calls", Map.of("service", "every_day", "later", "a")),
                        "seized", used("seized", Map.of("service", "every_day")),
                        "new", used("new", Map.of("service", "every_day"))));

        assertThat(printed(FigureChangeSummary.compared(
                                ReleaseId.of("2015-11-30.1"), new FigureChangeSummary.Counts(12_276, 0, 0, 0), null)
                        .withNotes(notes)))
                .endsWith("\n  none of 12,276 has changed\n  definition: calls has service every_day instead of "
                        + "working_days; no count differs by it, but charts or verdicts may\n");
    }

    /** A release that did not record it had none. */
    @Test
    void pairsOfSlicesThatBeginAreNotedAndChangeNoOtherFigure() {
        assertThat(PresentationNotes.between(
                        Map.of("seized", used("seized", Map.of("service", "working_days"))),
                        Map.of("seized", used("seized", Map.of("service", "every_day", "cross", "kind x area")))))
                .containsExactly(
                        "definition: seized has service every_day instead of working_days; no count differs by it, "
                                + "but charts or verdicts may",
                        "definition: seized has cross kind x area instead of none; figures by pairs of slices begin "
                                + "or end, and no other figure differs by it");
    }

    private static QueueDefinitions.Used used(String queue, Map<String, String> presentation) {
        return new QueueDefinitions.Used(queue, 1, "s", "r", presentation);
    }

    private static String printed(@Nullable FigureChangeSummary changes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new FigureChangeReport(new PrintStream(out, true, StandardCharsets.UTF_8)).print(changes);
        return out.toString(StandardCharsets.UTF_8);
    }
}
