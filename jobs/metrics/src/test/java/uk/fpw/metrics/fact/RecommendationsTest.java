package uk.fpw.metrics.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.fact.DatedFigures.Asked;
import uk.fpw.metrics.fact.DatedFigures.Found;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TextRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.recommendation.Recommendation;

/** The recommendations of a force as rows; what the queries of their figures return is given. */
@Tag("time-zone")
class RecommendationsTest {

    private static final LocalDate THEN = LocalDate.of(2015, 8, 31);
    private static final LocalDate NOW = LocalDate.of(2015, 12, 31);
    private static final Force FORCE = ForceFolder.read(Path.of("src", "test", "resources", "backlog"));
    private static final String FIGURES = "figure, value_then, value_now, difference, is_better, value_then_reason, "
            + "value_now_reason, difference_reason";

    private final Map<Asked, List<Found>> found = new HashMap<>();

    private static Recommendation recommendation(
            String name, @Nullable LocalDate due, Recommendation.State state, Recommendation.Figure... figures) {
        return new Recommendation(
                name,
                new Recommendation.Report("An inspectorate", "A report", "4.2", THEN),
                "Examine <devices> sooner.",
                true,
                Recommendation.Kind.URGENT,
                "Head of forensics",
                new Recommendation.Due("within 3 months", due == null ? "not stated" : due.toString()),
                new Recommendation.Status(
                        state, THEN, "The board", state == Recommendation.State.DONE ? "Seen." : null),
                List.of(figures));
    }

    private static Recommendation.Figure figure(String name, Recommendation.Direction better) {
        return new Recommendation.Figure(
                name, "Title", "devices", better, "submission_to_report", "waiting_count", null, null, null);
    }

    private static Force force(Recommendation... recommendations) {
        Force.Meaning meaning = FORCE.meaning();
        return new Force(
                FORCE.folder(),
                FORCE.identity(),
                FORCE.sources(),
                new Force.Meaning(
                        meaning.stagings(),
                        meaning.queues(),
                        meaning.milestones(),
                        meaning.rules(),
                        meaning.schemes(),
                        meaning.gradings(),
                        meaning.facts(),
                        new Force.Background(
                                FORCE.changes(), FORCE.staffings(), FORCE.capacities(), List.of(recommendations))),
                FORCE.digest());
    }

    private void found(
            Recommendation recommendation, int figure, LocalDate day, @Nullable Double value, @Nullable String reason) {
        found(recommendation, figure, day, List.of(new Found(value, "1", reason)));
    }

    private void found(Recommendation recommendation, int figure, LocalDate day, List<Found> rows) {
        found.put(Asked.of(recommendation.name(), recommendation.figures().get(figure), day), rows);
    }

    private TextRows rows(LocalDate businessDate, Recommendation... recommendations) {
        TextRows rows = new TextRows();
        Recommendations.write(
                force(recommendations),
                new ReleaseKey("tiny", ReleaseId.of("2016-01-12.1"), (int) businessDate.toEpochDay()),
                found,
                values -> rows.accept(Recommendations.TABLE, values));
        return rows;
    }

    @Test
    void eachFigureIsAskedThenAndNowButNotAfterTheBusinessDate() {
        Recommendation devices = recommendation(
                "devices", null, Recommendation.State.OPEN, figure("waiting", Recommendation.Direction.LOWER));

        assertThat(Recommendations.asked(force(devices), NOW))
                .extracting(Asked::asAt)
                .containsExactly(THEN, NOW);
        assertThat(Recommendations.asked(force(devices), THEN))
                .extracting(Asked::asAt)
                .containsExactly(THEN);
        assertThat(Recommendations.asked(force(devices), THEN.minusDays(1)))
                .extracting(Asked::asAt)
                .containsExactly(THEN.minusDays(1));
    }

    /** Intervals of Wilson (1927) and Newcombe (1998, method 10) by hand. */
    @Test
    void sharesOfASampleHaveIntervals() {
        Recommendation audits = recommendation(
                "audits", null, Recommendation.State.DONE, figure("inadequate", Recommendation.Direction.LOWER));
        found(audits, 0, THEN, List.of(new Found(5 / 22.0, "1", null, 5, 22)));
        found(audits, 0, NOW, List.of(new Found(0.4, "1", null, 10, 25)));

        List<String> row = List.of(rows(NOW, audits)
                .of(
                        Recommendations.TABLE,
                        "part_count_then, of_count_then, low_then, high_then, low_now, high_now, difference_low, "
                                + "difference_high")
                .get(0)
                .split("[|]", -1));
        assertThat(row.subList(0, 2)).containsExactly("5", "22");
        assertThat(row.subList(2, 8).stream().mapToDouble(Double::parseDouble).toArray())
                .containsExactly(
                        new double[] {
                            0.10123039985248515,
                            0.4343995317522171,
                            0.2340330237774797,
                            0.5926054264103301,
                            -0.09269041758430283,
                            0.4029087632607572
                        },
                        within(1e-9));
    }

    @Test
    void valueThatIsNotOfItsCountsIsNotShown() {
        Recommendation audits = recommendation(
                "audits", null, Recommendation.State.DONE, figure("inadequate", Recommendation.Direction.LOWER));
        found(audits, 0, THEN, List.of(new Found(0.3, "1", null, 5, 22)));
        found(audits, 0, NOW, List.of(new Found(0.4, "1", null, 10, 25)));

        assertThat(rows(NOW, audits).of(Recommendations.TABLE, FIGURES))
                .containsExactly("inadequate|null|0.4|null|null|for 2015-08-31 the query returns a value that is not "
                        + "part_count of of_count|null|there is no figure then");
    }

    @ParameterizedTest
    @CsvSource({"2.5, 25, 10", "0, 0, 0", "-0.5, -5, 10"})
    void countsThatAreNoShareAreNotLeftOutWhileTheirValueIsShown(double value, int part, int of) {
        Recommendation audits = recommendation(
                "audits", null, Recommendation.State.DONE, figure("inadequate", Recommendation.Direction.LOWER));
        found(audits, 0, THEN, List.of(new Found(0.4, "1", null, 10, 25)));
        found(audits, 0, NOW, List.of(new Found(value, "1", null, part, of)));

        assertThat(rows(NOW, audits).of(Recommendations.TABLE, FIGURES).get(0))
                .startsWith("inadequate|0.4|null|null|null|")
                .contains(" the query returns a value that is not part_count of of_count");
    }

    @Test
    void whatIsBetterDependsOnTheDirection() {
        Recommendation devices = recommendation(
                "devices",
                null,
                Recommendation.State.OPEN,
                figure("fewer", Recommendation.Direction.LOWER),
                figure("more", Recommendation.Direction.HIGHER),
                figure("same", Recommendation.Direction.LOWER));
        found(devices, 0, THEN, 150.0, null);
        found(devices, 0, NOW, 142.0, null);
        found(devices, 1, THEN, 150.0, null);
        found(devices, 1, NOW, 142.0, null);
        found(devices, 2, THEN, 0.0, null);
        found(devices, 2, NOW, 0.0, null);

        assertThat(rows(NOW, devices).of(Recommendations.TABLE, FIGURES))
                .containsExactly(
                        "fewer|150.0|142.0|-8.0|true|null|null|null",
                        "more|150.0|142.0|-8.0|false|null|null|null",
                        "same|0.0|0.0|0.0|false|null|null|null");
    }

    @Test
    void whatIsNotKnownIsNullWithItsReason() {
        Recommendation devices = recommendation(
                "devices",
                null,
                Recommendation.State.OPEN,
                figure("before_the_data", Recommendation.Direction.LOWER),
                figure("not_available", Recommendation.Direction.LOWER),
                figure("no_value", Recommendation.Direction.LOWER),
                figure("two_rows", Recommendation.Direction.LOWER),
                figure("other_version", Recommendation.Direction.LOWER));
        found(devices, 0, NOW, 142.0, null);
        found(devices, 1, THEN, 150.0, null);
        found(devices, 1, NOW, null, "feed devices is known to 2015-12-01");
        found(devices, 2, THEN, null, null);
        found(devices, 2, NOW, null, null);
        found(devices, 3, THEN, 150.0, null);
        found(devices, 3, NOW, List.of(new Found(1.0, "1", null), new Found(2.0, "1", null)));
        found(devices, 4, THEN, 0.5, null);
        found(devices, 4, NOW, List.of(new Found(0.25, "2", null)));

        assertThat(rows(NOW, devices).of(Recommendations.TABLE, FIGURES))
                .containsExactly(
                        "before_the_data|null|142.0|null|null|our data has no such figure for 2015-08-31|null|there is "
                                + "no figure then",
                        "not_available|150.0|null|null|null|null|feed devices is known to 2015-12-01|there is no "
                                + "figure now",
                        "no_value|null|null|null|null|the figure for 2015-08-31 is not known|the figure for "
                                + "2015-12-31 is not known|there is no figure then or now",
                        "two_rows|150.0|null|null|null|null|the query returns 2 rows for 2015-12-31 and not one|there "
                                + "is no figure now",
                        "other_version|0.5|0.25|null|null|null|null|the definitions differ: version 1 then, 2 now");
    }

    @Test
    void releaseOfADayBeforeTheRecommendationHasNoFigureThen() {
        Recommendation devices = recommendation(
                "devices", null, Recommendation.State.OPEN, figure("waiting", Recommendation.Direction.LOWER));
        found(devices, 0, THEN.minusDays(1), 149.0, null);

        assertThat(rows(THEN.minusDays(1), devices).of(Recommendations.TABLE, FIGURES))
                .containsExactly("waiting|null|149.0|null|null|it was made after 2015-08-30, the last day of these "
                        + "figures|null|there is no figure then");
    }

    @Test
    void statusIsWhatTheForceSaysWhateverTheFigure() {
        LocalDate due = LocalDate.of(2015, 11, 30);
        Recommendation open =
                recommendation("open", due, Recommendation.State.OPEN, figure("f", Recommendation.Direction.LOWER));
        Recommendation done =
                recommendation("done", due, Recommendation.State.DONE, figure("f", Recommendation.Direction.LOWER));
        for (Recommendation one : List.of(open, done)) {
            found(one, 0, THEN, 150.0, null);
        }
        found(open, 0, NOW, 0.0, null);
        found(done, 0, NOW, 200.0, null);

        assertThat(rows(NOW, open, done)
                        .of(
                                Recommendations.TABLE,
                                "recommendation, status, is_overdue, evidence, difference, is_better"))
                .containsExactly("open|open|true|null|-150.0|true", "done|done|false|Seen.|50.0|false");
    }

    @Test
    void recommendationWithoutAFigureIsListed() {
        assertThat(rows(NOW, recommendation("training", null, Recommendation.State.IN_PROGRESS))
                        .of(
                                Recommendations.TABLE,
                                "force, recommendation, figure, made_by, report_title, report_reference, made_on, "
                                        + "words, is_quoted, recommendation_kind, owner, due_within, due_on, "
                                        + "is_overdue, status, status_on, status_decided_by, figure_title, unit, "
                                        + "better_direction, value_now_reason, then_as_at, now_as_at, release_id"))
                .containsExactly("tiny|training|none|An inspectorate|A report|4.2|2015-08-31|Examine <devices> "
                        + "sooner.|true|urgent|Head of forensics|within 3 months|null|null|in_progress|2015-08-31|The "
                        + "board|null|null|null|no figure is declared for it|2015-08-31|2015-12-31|2016-01-12.1");
    }

    @Test
    void namesThatTheForceHasWrittenAreParametersOfAQueueFigure() {
        Recommendation.Figure hostile = new Recommendation.Figure(
                "f", "t", "u", Recommendation.Direction.LOWER, "q", "waiting_count", "kind", "' or 1 = 1 --", null);

        assertThat(DatedFigures.query(hostile)).doesNotContain("1 = 1");
        assertThat(DatedFigures.parameters(hostile, NOW))
                .isEqualTo(Map.of("as_at", NOW, "queue", "q", "slice", "kind", "slice_value", "' or 1 = 1 --"));
        assertThat(DatedFigures.parameters(figure("total", Recommendation.Direction.LOWER), NOW))
                .containsEntry("slice", "all")
                .containsEntry("slice_value", "all");
    }
}
