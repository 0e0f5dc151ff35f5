package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.metrics.series.ComparisonSpec;
import uk.fpw.statistics.wait.Golden;
import uk.fpw.warehouse.force.queue.CalendarPeriod;
import uk.fpw.warehouse.force.queue.PeriodKind;
import uk.fpw.warehouse.force.queue.WaitComparison;
import uk.fpw.warehouse.message.Declaration;

/** Comparisons and calendar periods through spells, their counts and the rows of the marts. */
@Tag("time-zone")
class WaitComparisonsTest {

    private static final String COMPARISONS = "mart.wait_comparison";
    private static final String WINDOWS = "mart.wait_window";

    private static ComparisonSpec bySlice(String name, int slice, int within, String... values) {
        return new ComparisonSpec(
                name,
                name,
                WaitComparison.By.SLICE,
                slice,
                null,
                false,
                Stream.of(values)
                        .map(value -> new ComparisonSpec.Group(0, value))
                        .toList(),
                within,
                null,
                null);
    }

    private static ComparisonSpec byPeriod(String name, WaitComparison.By by, String... periods) {
        List<CalendarPeriod> of = Stream.of(periods)
                .map(title -> Objects.requireNonNull(CalendarPeriod.parse(title)))
                .toList();
        return new ComparisonSpec(
                name,
                name,
                by,
                ComparisonSpec.NO_SLICE,
                of.isEmpty() ? PeriodKind.FINANCIAL_YEAR : of.get(0).kind(),
                of.isEmpty(),
                of.stream()
                        .map(period -> new ComparisonSpec.Group(period.number(), ""))
                        .toList(),
                ComparisonSpec.NO_SLICE,
                null,
                null);
    }

    /** A dataset of the references: its groups are values of a slice, compared as they are and within the strata. */
    private static Spells dataset(String name) {
        Spells spells = new Spells()
                .queue(
                        name,
                        0,
                        List.of("group", "strat"),
                        List.of("1", "2"),
                        List.of(
                                bySlice("group", 0, ComparisonSpec.NO_SLICE),
                                bySlice("group_within_strata", 0, 1),
                                bySlice("strat", 1, ComparisonSpec.NO_SLICE)));
        for (Map<String, String> row : Golden.csv(name + ".csv")) {
            spells.wait(
                    name,
                    Map.of("group", Golden.field(row, "group"), "strat", row.getOrDefault("strat", "only")),
                    0,
                    (int) Golden.number(row, "time"),
                    Golden.reason(Golden.field(row, "status")));
        }
        return spells;
    }

    @ParameterizedTest
    @CsvSource({
        "aml, logrank, group, 1",
        "lung, logrank, group, 1",
        "veteran, logrank, group, 3",
        "veteran, logrank_stratified_by_celltype, group_within_strata, 2"
    })
    void testOfTwoValuesOfASliceEqualsTheReference(String dataset, String test, String comparison, int parts) {
        JsonNode expected = Golden.json(dataset + "_expected.json").get(test);

        List<Spells.Row> rows = rows(dataset(dataset), parts, COMPARISONS, row -> row.has("comparison", comparison));

        assertThat(rows).hasSize(1);
        Spells.Row row = rows.get(0);
        List<String> groups = expected.get("groups")
                .valueStream()
                .map(group -> group.textValue().replaceAll("^group=", ""))
                .toList();
        int first = groups.indexOf(row.text("first_group"));
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(row.text("second_group")).isEqualTo(groups.get(1 - first));
        for (int g = 0; g < 2; g++) {
            String which = g == first ? "first_" : "second_";
            softly.assertThat((double) row.count(which + "left_count"))
                    .isEqualTo(expected.get("observed").get(g).doubleValue());
            Golden.same(
                    softly,
                    which + "expected",
                    expected.get("expected").get(g).doubleValue(),
                    row.number(which + "expected_count"));
        }
        Golden.same(softly, "chisq", expected.get("chisq").doubleValue(), row.number("chi_square"));
        Golden.same(softly, "p", Math.log10(expected.get("p").doubleValue()), row.number("log10_p"));
        Golden.same(softly, "adjusted for one test", row.number("log10_p"), row.number("log10_p_adjusted"));
        softly.assertAll();
    }

    @Test
    void everyPairOfFourValuesIsOneOfSixTests() {
        List<Spells.Row> rows = rows(dataset("veteran"), 1, COMPARISONS, row -> row.has("comparison", "strat"));

        assertThat(rows)
                .hasSize(6)
                .allMatch(row -> row.count("comparison_count") == 6)
                .allMatch(row -> Math.abs(Objects.requireNonNull(row.number("log10_p_adjusted"))
                                - Math.min(0, Objects.requireNonNull(row.number("log10_p")) + Math.log10(6)))
                        < 1e-12);
    }

    /** Business date 2016-01-12, observed since 2015-03-01, financial years from April. */
    private static Spells waits() {
        Spells spells = new Spells()
                .queue(
                        "devices",
                        0,
                        List.of("type"),
                        List.of("examined", "withdrawn"),
                        List.of(
                                byPeriod("years_of_entry", WaitComparison.By.COHORT),
                                byPeriod("years_at_risk", WaitComparison.By.WINDOW),
                                byPeriod("quarters", WaitComparison.By.COHORT, "2015 Q2", "2015 Q1", "2013 Q1"),
                                bySlice("types", 0, ComparisonSpec.NO_SLICE)));
        // contributor, entered, observed from, observed to, left as
        add(spells, "case 1", "2015-02-24", "2015-03-01", "2015-03-06", "examined"); // late entry on day 5
        add(spells, "case 1", "2015-03-20", "2015-03-20", "2015-04-02", "examined"); // leaves in the next year
        add(spells, "case 2", "2015-03-31", "2015-03-31", "2015-03-31", "withdrawn"); // on the last day of a year
        add(spells, "case 3", "2015-04-01", "2015-04-01", "2015-04-11", "examined"); // on the first day of the next
        add(spells, "case 3", "2015-06-20", "2015-06-20", "2016-01-12", null); // waits through three quarters
        spells.add(
                "devices",
                "case 4",
                true, // a re-entry is in no group
                Map.of("type", "phone"),
                LocalDate.parse("2015-04-01"),
                LocalDate.parse("2015-04-01"),
                LocalDate.parse("2015-04-02"),
                "examined");
        return spells;
    }

    private static void add(
            Spells spells, String contributor, String entered, String from, String to, @Nullable String leftAs) {
        spells.add(
                "devices",
                contributor,
                false,
                Map.of("type", "phone"),
                LocalDate.parse(entered),
                LocalDate.parse(from),
                LocalDate.parse(to),
                leftAs);
    }

    @Test
    void periodContainsWhatWasAtRiskInIt() {
        assertThat(lines(
                        rows(waits(), 2, WINDOWS, row -> row.has("is_total", true)),
                        "period",
                        "spell_count",
                        "left_count",
                        "still_waiting_count",
                        "longest_observed_days",
                        "curve_status",
                        "is_partial",
                        "contributor_count"))
                .containsExactly(
                        // March is observed from the first entry that is known, so that the year is partial
                        "2014/15 | 3 | 2 | 1 | 11 | ok | true | 2",
                        "2015/16 | 3 | 2 | 1 | 206 | ok | true | 2",
                        "2015 Q1 | 3 | 2 | 1 | 11 | ok | true | 2",
                        "2015 Q2 | 3 | 2 | 1 | 13 | risk set empties on day 10 while later items enter: read only up "
                                + "to day 10 | false | 2",
                        "2015 Q3 | 1 | 0 | 1 | 102 | nobody observed before day 11: shares are of those still waiting "
                                + "then; no exits | false | 1",
                        "2015 Q4 | 1 | 0 | 1 | 194 | nobody observed before day 103: shares are of those still "
                                + "waiting then; no exits | false | 1",
                        "2016 Q1 | 1 | 0 | 1 | 206 | nobody observed before day 195: shares are of those still "
                                + "waiting then; no exits | true | 1");
    }

    @Test
    void slicesHaveFinancialYearsOnly() {
        assertThat(lines(rows(waits(), 1, WINDOWS, row -> row.has("slice_value", "phone")), "period"))
                .containsExactly("2014/15", "2015/16");
    }

    @Test
    void groupsOfPeriods() {
        assertThat(lines(
                        rows(waits(), 3, COMPARISONS, row -> !row.has("comparison", "types")),
                        "comparison",
                        "group_meaning",
                        "first_group",
                        "first_spell_count",
                        "first_left_count",
                        "second_group",
                        "second_spell_count",
                        "second_left_count",
                        "contributor_count",
                        "comparison_count",
                        "test_status"))
                .containsExactly(
                        "years_of_entry | received in | 2014/15 | 3 | 3 | 2015/16 | 2 | 1 | 3 | 1 | fewer than 5 exits "
                                + "expected of a group: p is rough",
                        "years_at_risk | time at risk in | 2014/15 | 3 | 2 | 2015/16 | 3 | 2 | 3 | 1 | fewer than 5 "
                                + "exits expected of a group: p is rough",
                        "quarters | received in | 2015 Q2 | 2 | 1 | 2015 Q1 | 3 | 3 | 3 | 1 | fewer than 5 exits "
                                + "expected of a group: p is rough",
                        "quarters | received in | 2015 Q2 | 2 | 1 | 2013 Q1 | 0 | 0 | 1 | 1 | no items in 2013 Q1",
                        "quarters | received in | 2015 Q1 | 3 | 3 | 2013 Q1 | 0 | 0 | 2 | 1 | no items in 2013 Q1");
    }

    @Test
    void timeAtRiskIsComparedByHand() {
        // 2014/15: days 5-10 examined on 10, days 0-11 censored, day 0 withdrawn; 2015/16: days 12-13 examined on 13,
        // days 0-10 examined on 10, days 0-206 censored.
        // day 0: 1 of 4 leaves, 2 of the 4 of 2014/15: expected 1/2, variance 1*3/3*(2/4)*(2/4) = 1/4
        // day 10: 2 of 4 leave, 2 of the 4:            expected 1,   variance 2*2/3*(2/4)*(2/4) = 1/3
        // day 13: only 2015/16 is at risk. (2 - 3/2)^2 / (1/4 + 1/3) = 3/7
        Spells.Row row = rows(waits(), 1, COMPARISONS, one -> one.has("comparison", "years_at_risk"))
                .get(0);

        SoftAssertions softly = new SoftAssertions();
        Golden.same(softly, "expected", 1.5, row.number("first_expected_count"));
        Golden.same(softly, "chi-square", 3.0 / 7, row.number("chi_square"));
        softly.assertThat(row.day("compared_to_days")).isEqualTo(11);
        softly.assertAll();
    }

    @Test
    void everyPeriodIsComparedWithTheOneDirectlyBeforeIt() {
        Spells spells = new Spells()
                .queue(
                        "devices",
                        0,
                        List.of("type"),
                        List.of("examined", "withdrawn"),
                        List.of(byPeriod("years", WaitComparison.By.COHORT)));
        add(spells, "case 1", "2012-05-01", "2015-03-01", "2015-03-06", "examined");
        add(spells, "case 2", "2014-05-01", "2015-03-01", "2015-03-08", "examined");
        add(spells, "case 3", "2015-04-01", "2015-04-01", "2015-04-11", "examined");

        assertThat(lines(
                        rows(spells, 2, COMPARISONS, row -> true),
                        "first_group",
                        "first_spell_count",
                        "second_group",
                        "second_spell_count",
                        "chi_square",
                        "compared_to_days",
                        "test_status"))
                .containsExactly(
                        "2013/14 | 0 | 2014/15 | 1 | null | null | no items in 2013/14",
                        "2014/15 | 1 | 2015/16 | 1 | null | null | too few have left: 2");
    }

    @Test
    void comparisonThatWasChangedAfterItWasDeclaredHasNoTest() {
        ComparisonSpec spec = byPeriod("quarters", WaitComparison.By.COHORT, "2015 Q1", "2015 Q2");
        Spells spells = new Spells()
                .queue(
                        "devices",
                        0,
                        List.of("type"),
                        List.of("examined"),
                        List.of(new ComparisonSpec(
                                spec.name(),
                                spec.title(),
                                spec.by(),
                                spec.slice(),
                                spec.kind(),
                                spec.isEvery(),
                                spec.groups(),
                                spec.within(),
                                new Declaration(
                                        LocalDate.of(2016, 1, 4), LocalDate.of(2016, 1, 11), "of, within", null),
                                null)));
        for (int i = 0; i < 9; i++) {
            add(spells, "case 1", "2015-03-20", "2015-03-20", "2015-04-0" + (i + 1), "examined");
            add(spells, "case 2", "2015-04-20", "2015-04-20", "2015-05-0" + (i + 1), "examined");
        }

        assertThat(lines(
                        rows(spells, 1, COMPARISONS, row -> true),
                        "declared_on",
                        "declaration_changed_on",
                        "first_left_count",
                        "chi_square",
                        "log10_p_adjusted",
                        "comparison_count",
                        "compared_to_days",
                        "test_status"))
                .containsExactly("2016-01-04 | 2016-01-11 | 9 | null | null | 0 | 19 | changed after it was declared "
                        + "on 2016-01-04: on 2016-01-11 another 'of, within' was declared; give what is compared now a "
                        + "name of its own");
    }

    @Test
    void comparisonWithoutAPairSaysWhy() {
        assertThat(lines(
                        rows(waits(), 1, COMPARISONS, row -> row.has("comparison", "types")),
                        "group_meaning",
                        "first_group",
                        "second_group",
                        "first_spell_count",
                        "comparison_count",
                        "chi_square",
                        "test_status"))
                .containsExactly(
                        "value at entry of type | phone | (none) | null | 0 | null | there is nothing yet to compare "
                                + "it with");

        Spells many = new Spells()
                .queue(
                        "devices",
                        0,
                        List.of("type"),
                        List.of("examined"),
                        List.of(bySlice("types", 0, ComparisonSpec.NO_SLICE)));
        IntStream.range(0, 11).forEach(i -> many.wait("devices", Map.of("type", "type " + i), 0, i, "examined"));
        assertThat(lines(rows(many, 1, COMPARISONS, row -> true), "first_group", "second_group", "test_status"))
                .containsExactly("(11 values) | (none) | 11 values are too many to compare each with every other: name "
                        + "some in 'of'");
    }

    @Test
    void partsAddUpHoweverTheyAreDivided() {
        Set<String> both = Set.of(COMPARISONS, WINDOWS);
        assertThat(dataset("veteran").reversed().rows(7, both))
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .isEqualTo(dataset("veteran").rows(1, both));
    }

    private static List<Spells.Row> rows(Spells spells, int parts, String mart, Predicate<Spells.Row> which) {
        List<Spells.Row> rows = new ArrayList<>(spells.rows(parts, Set.of(mart)).getOrDefault(mart, List.of()));
        rows.removeIf(which.negate());
        return rows;
    }

    private static Stream<String> lines(List<Spells.Row> rows, String... columns) {
        return rows.stream().map(row -> Stream.of(columns).map(row::text).collect(Collectors.joining(" | ")));
    }
}
