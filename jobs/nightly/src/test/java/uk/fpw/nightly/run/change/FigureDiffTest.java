package uk.fpw.nightly.run.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.ReleaseSteps.Step;

/** Releases 1, 2 and 3 of the days of December replaced one another; 3x was withdrawn, and 4 replaced 3. */
@Tag("time-zone")
class FigureDiffTest {

    private static final LocalDate NOVEMBER = LocalDate.of(2015, 11, 30);

    private final Map<ReleaseId, Step> recorded = Stream.of(
                    step("1", null, null),
                    step("2", "1", null),
                    step("3", "2", null),
                    step("3x", "3", null),
                    step("4", "3", null),
                    step("5", "4", "it has lost core.spell"))
            .collect(Collectors.toMap(Step::releaseId, step -> step));

    @Test
    void stepsLeadFromOneReleaseToTheOther() {
        assertThat(FigureDiff.steps(recorded, id("1"), id("4"))).containsExactly(id("2"), id("3"), id("4"));
        assertThat(FigureDiff.steps(recorded, id("3"), id("3x"))).containsExactly(id("3x"));
        assertThat(FigureDiff.steps(recorded, id("2"), id("2"))).isEmpty();
    }

    @Test
    void stepsAfterAGapAreKnown() {
        FigureDiff.Chain broken = FigureDiff.chain(recorded, id("8"), id("4"));
        assertThat(broken.steps()).containsExactly(id("1"), id("2"), id("3"), id("4"));
        assertThat(broken.gap()).isEqualTo("no release from " + id("1") + " to " + id("4") + " replaced " + id("8"));
        assertThat(FigureDiff.chain(recorded, id("2"), id("4")).gap()).isNull();
    }

    @Test
    void stepWhoseRowsAreNoLongerKeptIsNotLeftOutOfTheSum() {
        List<ReleaseId> steps = List.of(ReleaseId.of("2015-11-30.1"), ReleaseId.of("2015-12-31.1"));
        ReleaseId from = ReleaseId.of("2015-10-31.1");

        FigureDiff.requireKept(steps, from, steps.get(1), LocalDate.of(2018, 1, 30));

        assertThatThrownBy(() -> FigureDiff.requireKept(steps, from, steps.get(1), LocalDate.of(2018, 2, 1)))
                .hasMessageStartingWith("the steps from release 2015-10-31.1 to 2015-12-31.1 cannot be added "
                        + "up: what release 2015-11-30.1 changed is no longer kept: steps stay for 26 months. ");
    }

    @Test
    void missingStepIsNamedWithWhatToDo() {
        String instead = ". Compare their tables instead: fpw query --release ";
        assertRefused(
                "3x",
                "4",
                "no release from " + id("1") + " to " + id("4") + " replaced " + id("3x")
                        + ": give the earlier release first; a release that was withdrawn before the next one was "
                        + "created was not replaced" + instead + id("3x") + ", and --release " + id("4"));
        assertRefused(
                "8",
                "9",
                "what release " + id("9") + " changed is not recorded: an earlier version created it" + instead
                        + id("8") + ", and --release " + id("9"));
        assertRefused(
                "1",
                "5",
                "release " + id("5") + " could not be compared with release " + id("4")
                        + ", which it replaced: it has lost core.spell" + instead + id("1") + ", and --release "
                        + id("5"));
    }

    private void assertRefused(String from, String to, String why) {
        assertThatThrownBy(() -> FigureDiff.steps(recorded, id(from), id(to)))
                .isInstanceOfSatisfying(FpwException.class, failed -> assertThat(failed.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("the steps from release " + id(from) + " to " + id(to) + " cannot be added up: " + why);
    }

    @Test
    void partsOfEachCauseAreAddedUpAndStepsOfOthersAreNot() {
        assertThat(add("""
                2 | 751 | 753 | recorded late | 3
                2 | 751 | 753 | deleted | -1
                3 | 753 | 754 | recorded late | 2
                3 | 753 | 754 | corrected | -1
                3x | 754 | 10 | deleted | -744
                4 | 754 | 753 | corrected | -1
                """)).isEqualTo("751 753 {deleted=-1, corrected=-2, recorded late=5}");
    }

    @Test
    void figureThatIsAsBeforeDoesNotDiffer() {
        assertThat(add("2 | 751 | 753 | recorded late | 2\n4 | 753 | 751 | deleted | -2"))
                .isEmpty();
    }

    @Test
    void causeThatCancelsOutIsNone() {
        assertThat(add("2 | 1 | 2 | corrected | 1\n3 | 2 | 2 | corrected | -1\n3 | 2 | 2 | deleted | 1"))
                .isEqualTo("1 2 {deleted=1}");
    }

    @Test
    void figureThatIsNotAvailableHasACauseAndNoPart() {
        assertThat(add("2 | 7 | - | withdrawn load | -")).isEqualTo("7 null {withdrawn load=null}");
        assertThat(add("2 | - | 7 | coverage | -\n3 | 7 | 8 | corrected | 1")).isEqualTo("null 8 {coverage=null}");
    }

    /** The causes in between are unknown. */
    @Test
    void gapBetweenTwoKnownValuesIsTheCauseOfWhatIsNotExplainedAroundIt() {
        assertThat(add("2 | 7 | - | coverage | -\n3 | - | 10 | coverage | -\n4 | 10 | 9 | deleted | -1"))
                .isEqualTo("7 9 {coverage=3, deleted=-1}");
    }

    /** The order of rows in files is not defined. */
    @Test
    void rowsMayComeInAnyOrder() {
        assertThat(add("""
                4 | 754 | 753 | corrected | -1
                3 | 753 | 754 | recorded late | 2
                2 | 751 | 753 | deleted | -1
                3 | 753 | 754 | corrected | -1
                2 | 751 | 753 | recorded late | 3
                """)).isEqualTo("751 753 {deleted=-1, corrected=-2, recorded late=5}");
        assertThat(add("4 | 10 | 9 | deleted | -1\n3 | - | 10 | coverage | -\n2 | 7 | - | withdrawn load | -"))
                .isEqualTo("7 9 {coverage=3, deleted=-1}");
    }

    @Test
    void monthThatWasNotOverInTheEarlierReleaseHadNoFigure() {
        assertThat(FigureDiff.add(
                        rows("2 | 1 | 2 | corrected | 1")::forEach, List.of(id("2")), LocalDate.of(2015, 10, 30)))
                .isEmpty();
    }

    /** Release 3 was created by a version that recorded months only; release 4 changed nothing. */
    @Test
    void stepThatWasRecordedByMonthOnlyIsNotAddedUpByWeek() {
        List<ReleaseId> steps = List.of(id("2"), id("3"), id("4"));
        Set<String> byMonth = Set.of(id("2").value(), id("3").value());

        FigureDiff.requireWeeks(steps, byMonth, byMonth, id("1"), id("4"));
        assertThatThrownBy(() -> FigureDiff.requireWeeks(steps, byMonth, Set.of(id("2").value()), id("1"), id("4")))
                .isInstanceOf(FpwException.class)
                .hasMessage("the steps from release " + id("1") + " to " + id("4") + " cannot be added up: what "
                        + "release " + id("3") + " changed is recorded by month and not by week; leave out --by week. "
                        + "Compare their tables instead: fpw query --release " + id("1") + ", and --release "
                        + id("4"));
    }

    private static Step step(String release, @Nullable String replaced, @Nullable String notCompared) {
        return new Step(id(release), replaced == null ? null : id(replaced), notCompared);
    }

    /** Release 3 is 2015-12-03.1, and 3x is 2015-12-03.2. */
    private static ReleaseId id(String release) {
        return ReleaseId.of("2015-12-0" + release.charAt(0) + (release.endsWith("x") ? ".2" : ".1"));
    }

    private static String add(String lines) {
        return FigureDiff.add(rows(lines)::forEach, List.of(id("2"), id("3"), id("4")), NOVEMBER).stream()
                .map(figure -> figure.from() + " " + figure.to() + " " + figure.parts())
                .collect(Collectors.joining("\n"));
    }

    private static List<Map<String, @Nullable Object>> rows(String lines) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            String[] fields = line.split(" \\| ", -1);
            Map<String, @Nullable Object> row = new HashMap<>(Map.of(
                    "new_release_id", id(fields[0]).value(),
                    "queue", "seized",
                    "slice", "all",
                    "slice_value", "all",
                    "measure", "waiting_count",
                    "exit_reason", "all",
                    "period_start_on", LocalDate.of(2015, 10, 1),
                    "period_end_on", LocalDate.of(2015, 10, 31),
                    "cause", fields[3]));
            row.put("replaced_value", number(fields[1]));
            row.put("new_value", number(fields[2]));
            row.put("part", number(fields[4]));
            rows.add(row);
        }
        return rows;
    }

    private static @Nullable Long number(String text) {
        return text.equals("-") ? null : Long.valueOf(text);
    }
}
