package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Models;

/**
 * What the current releases of two warehouses with the same rows may differ in if one of them has removed those that
 * were closed before a day: the mark of copied rows; cohorts, windows and comparisons of items that entered before that
 * day, and what is said about the change of such a cohort; and the number of items. Everything else is equal, row by
 * row and column by column.
 *
 * @param whole the warehouse that has removed nothing
 * @param retainedFrom the day before which closed items were removed; null if none were
 * @param date business date of both releases
 */
record RetainedFigures(
        Installation fpw,
        RetainedForce whole,
        RetainedForce retained,
        @Nullable LocalDate retainedFrom,
        LocalDate date) {

    private static final Set<String> OF_ITEMS = Set.of(
            "mart.wait_curve",
            "mart.wait_summary",
            "mart.wait_window",
            "mart.wait_comparison",
            "mart.statistic_change",
            "mart.dim_slice");

    /** A cohort of a financial year, in contrast to those of all entries, which have the items that are there. */
    private static final Pattern OF_YEAR = Pattern.compile("first entries (\\d{4})/\\d{2}");

    private static final Pattern QUARTER = Pattern.compile("(\\d{4}) Q([1-4])");

    /** They depend on the number of tests of the same declaration, of which some are gone. */
    private static final List<String> OF_ALL_TESTS = List.of("comparison_count", "log10_p_adjusted");

    /** Compares all marts. */
    void compare() {
        Map<String, Set<String>> expected = periods(whole);
        Map<String, Set<String>> actual = periods(retained);
        Set<String> marts = new TreeSet<>(expected.keySet());
        marts.addAll(actual.keySet());
        for (String mart : marts) {
            equal(mart, actual.getOrDefault(mart, Set.of()), expected.getOrDefault(mart, Set.of()));
        }
        compare("mart.wait_curve", this::isOfLaterYear);
        compare("mart.wait_summary", this::isOfLaterYear);
        compare(
                "mart.wait_window",
                row -> isSince(LocalDate.parse(row.path("period_start_on").asText())));
        compare(
                "mart.wait_comparison",
                row -> row.path("compared_by").asText().equals("slice")
                        ? retainedFrom == null
                        : isSince(quarter(row.path("first_group").asText())));
        Predicate<JsonNode> isOther = row -> !row.path("mart").asText().equals("wait_summary") || isOfLaterYear(row);
        equal(
                "mart.statistic_change",
                rows(retained, "mart.statistic_change", isOther),
                rows(whole, "mart.statistic_change", isOther));
        fewerItems();
        slices();
    }

    private static void equal(String mart, Set<String> actual, Set<String> expected) {
        Set<String> gone = new TreeSet<>(expected);
        gone.removeAll(actual);
        Set<String> added = new TreeSet<>(actual);
        added.removeAll(expected);
        assertThat(gone).as("gone from " + mart).isEmpty();
        assertThat(added).as("new in " + mart).isEmpty();
    }

    private boolean isOfLaterYear(JsonNode row) {
        return isOfAllEntries(row) ? retainedFrom == null : isSince(yearOf(row));
    }

    private boolean isSince(LocalDate start) {
        return retainedFrom == null || !start.isBefore(retainedFrom);
    }

    private static boolean isOfAllEntries(JsonNode row) {
        return Set.of("first entries", "re-entries").contains(row.path("cohort").asText());
    }

    private static LocalDate yearOf(JsonNode row) {
        Matcher year = OF_YEAR.matcher(row.path("cohort").asText());
        assertThat(year.matches()).as(row.toString()).isTrue();
        return LocalDate.of(Integer.parseInt(year.group(1)), 4, 1);
    }

    private static LocalDate quarter(String title) {
        Matcher quarter = QUARTER.matcher(title);
        assertThat(quarter.matches()).as(title).isTrue();
        return LocalDate.of(Integer.parseInt(quarter.group(1)), 3 * Integer.parseInt(quarter.group(2)) - 2, 1);
    }

    /** The rows that are compared are those of the whole warehouse that have lost no item, and no others. */
    private void compare(String mart, Predicate<JsonNode> isCompared) {
        equal(
                mart,
                rows(retained, mart, row -> isCompared.test(row) || !isOfAllItems(row)),
                rows(whole, mart, isCompared));
    }

    private static boolean isOfAllItems(JsonNode row) {
        return isOfAllEntries(row) || row.path("compared_by").asText().equals("slice");
    }

    private Set<String> rows(RetainedForce force, String mart, Predicate<JsonNode> isCompared) {
        Set<String> rows = new TreeSet<>();
        for (JsonNode row : query(force, mart)) {
            if (isCompared.test(row)) {
                rows.add((retainedFrom == null ? row : ((ObjectNode) row).without(OF_ALL_TESTS)).toString());
            }
        }
        return rows;
    }

    /** Cohorts of all entries, and values that are compared, are the same, with the items that are there. */
    private void fewerItems() {
        Map<String, Long> before = new TreeMap<>();
        for (JsonNode row : query(whole, "mart.wait_summary")) {
            before.put(
                    series(row) + row.path("cohort").asText(),
                    row.path("spell_count").asLong());
        }
        for (JsonNode row : query(retained, "mart.wait_summary")) {
            String cohort = series(row) + row.path("cohort").asText();
            assertThat(row.path("spell_count").asLong())
                    .as(cohort)
                    .isLessThanOrEqualTo(before.getOrDefault(cohort, 0L));
        }
    }

    /** Items that had left before that day for the last time are not counted, also those that were closed later. */
    private void slices() {
        Map<String, Long> left = retainedFrom == null ? Map.of() : whole.leftBefore(retainedFrom, date);
        Map<String, Long> expected = new TreeMap<>();
        for (JsonNode row : query(whole, "mart.dim_slice")) {
            String value = row.path("slice_value").asText();
            long gone = value.equals("all")
                    ? left.values().stream().mapToLong(Long::longValue).sum()
                    : left.getOrDefault(value.equals("(not recorded)") ? "" : value, 0L);
            if (row.path("item_count").asLong() > gone) {
                expected.put(series(row), row.path("item_count").asLong() - gone);
            }
        }
        Map<String, Long> actual = new TreeMap<>();
        query(retained, "mart.dim_slice")
                .forEach(row -> actual.put(series(row), row.path("item_count").asLong()));
        assertThat(actual).as("mart.dim_slice").isEqualTo(expected);
    }

    private static String series(JsonNode row) {
        return row.path("queue").asText() + " " + row.path("slice").asText() + " "
                + row.path("slice_value").asText() + " ";
    }

    private List<JsonNode> query(RetainedForce force, String mart) {
        return fpw.query(force.trial().folder(), "select * from " + mart);
    }

    /** The rows of all other marts, without the mark of copied ones. */
    private Map<String, Set<String>> periods(RetainedForce force) {
        String sql = Models.marts().stream()
                .filter(model -> !OF_ITEMS.contains(model.table()))
                .map(model -> "select '" + model.table() + "' as mart, cast(t as varchar) as row_text from "
                        + model.table() + " as t")
                .collect(Collectors.joining(" union all "));
        Map<String, Set<String>> figures = new TreeMap<>();
        for (JsonNode row : fpw.query(force.trial().folder(), sql)) {
            figures.computeIfAbsent(row.path("mart").asText(), mart -> new TreeSet<>())
                    .add(row.path("row_text").asText().replaceAll("'?is_frozen'?: (true|false|NULL)", "is_frozen"));
        }
        return figures;
    }
}
