package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.model.Models;

/**
 * A year of monthly nights over three years of devices, of which those closed two years ago are removed after each
 * night: every release states of every period, before and after the removal, what a warehouse states that never removed
 * anything.
 */
@Tag("thorough")
class RetentionIT {

    private static final LocalDate FIRST = LocalDate.of(2023, 3, 31);
    private static final int MONTHS = 12;
    private static final int HOLDS_END_AFTER = 5;

    /** Cohorts and windows leave whole; that of all entries has those since. */
    private static final Set<String> OF_COHORTS = Set.of("mart.wait_curve", "mart.wait_summary", "mart.wait_window");

    /** A window, or the cohort of a year. */
    private static final Pattern OF_YEAR = Pattern.compile("'window_kind'|first entries 20[0-9]{2}/");

    /** They compare groups of items, or count them. */
    private static final Set<String> OF_ITEMS_THAT_ARE_THERE = Set.of("mart.wait_comparison", "mart.dim_slice");

    @TempDir
    private static Path folder;

    @Test
    void noPublishedPeriodChangesWhenRowsAreRemoved() throws Exception {
        Installation fpw = Installation.here(folder);
        RetainedForce whole = RetainedForce.in(folder.resolve("whole"), 7, false);
        RetainedForce retained = RetainedForce.in(folder.resolve("retained"), 7, true);
        whole.succeed(fpw, FIRST);
        SortedSet<String> held = hold(fpw, retained);
        long removed = 0;
        try (Connection one = whole.trial().keepOpen()) {
            for (int month = 0; month < MONTHS; month++) {
                LocalDate date = FIRST.plusDays(1).plusMonths(month).minusDays(1);
                if (month > 0) {
                    whole.succeed(fpw, date);
                    retained.succeed(fpw, date);
                    assertThat(rowsOf(
                                    retained,
                                    "select received_count, kept_out_count, deleted_count, loaded_count + "
                                            + "unchanged_count from ops.feed_load where business_date = date '" + date
                                            + "'"))
                            .containsExactly(retained.sentCount(date) + " | " + removed + " | 0 | "
                                    + (retained.sentCount(date) - removed));
                }
                assertThat(rows(one, "select max(business_date) from ops.release"))
                        .containsExactly(date.toString());
                compare(fpw, whole, retained, date);

                SortedSet<String> over = retained.over(date);
                over.removeAll(month < HOLDS_END_AFTER ? held : Set.of());
                Installation.Outcome preview = fpw.succeed("retain", "--force", retained.path());
                assertThat(preview.out()).contains("To be removed, by release " + date + ".1:", "Nothing was changed.");
                Installation.Outcome done = retain(fpw, retained);
                assertThat(done.out()).contains("Removed:", "raw.devices: ", "The database was compacted.");
                assertThat(numberIn(done.out(), "of items that were closed before "))
                        .as(done.out())
                        .isEqualTo(over.size() - removed);
                assertThat(done.out().contains("2 held")).isEqualTo(month < HOLDS_END_AFTER);
                removed = over.size();

                if (month == 0 || month == MONTHS - 1) {
                    List<String> content = WarehouseContent.of(retained.trial());
                    assertThat(retain(fpw, retained).out()).contains("Nothing is to be removed; nothing was changed.");
                    assertThat(WarehouseContent.of(retained.trial())).isEqualTo(content);
                    fpw.succeed("verify", "--files", "--force", retained.path());
                }
                if (month == HOLDS_END_AFTER - 1) {
                    keys(held);
                    fpw.succeed(
                            "retain",
                            "--release",
                            "--feed",
                            "devices",
                            "--key-file",
                            folder.resolve("keys.txt").toString(),
                            "--force",
                            retained.path());
                }
            }
            assertThat(removed).isGreaterThan(200);
        }
    }

    /** Two of the devices that would be removed first are held. */
    private static SortedSet<String> hold(Installation fpw, RetainedForce retained) throws Exception {
        retained.succeed(fpw, FIRST);
        SortedSet<String> held = retained.over(FIRST).stream().limit(2).collect(Collectors.toCollection(TreeSet::new));
        keys(held);
        String file = folder.resolve("keys.txt").toString();
        Installation.Outcome outcome = fpw.succeed(
                "retain",
                "--hold",
                "--feed",
                "devices",
                "--key-file",
                file,
                "--reason",
                "complaint 12",
                "--review-on",
                "2023-06-01",
                "--force",
                retained.path());
        assertThat(outcome.out()).contains("Held until they are released: 2 rows of devices");
        assertThat(fpw.succeed("retain", "--list", "--force", retained.path()).out())
                .contains("to be reviewed on 2023-06-01: complaint 12")
                .doesNotContain("-C");
        return held;
    }

    private static void keys(SortedSet<String> devices) throws Exception {
        Files.write(folder.resolve("keys.txt"), devices);
    }

    static Installation.Outcome retain(Installation fpw, RetainedForce force) {
        return fpw.succeed("retain", "--confirm", "--reason", "our schedule", "--force", force.path());
    }

    private static long numberIn(String text, String before) {
        return text.lines()
                .filter(line -> line.contains(before))
                .mapToLong(line -> Long.parseLong(
                        line.replaceAll(".*\\): ([0-9,]+) rows? .*", "$1").replace(",", "")))
                .sum();
    }

    /**
     * Compares the current releases, table by table. Periods and everything else are equal, but for the mark of copied
     * rows; cohorts of which items were removed are gone, those of later years are equal.
     */
    private static void compare(Installation fpw, RetainedForce whole, RetainedForce retained, LocalDate date) {
        Map<String, Set<String>> expected = figures(fpw, whole);
        Map<String, Set<String>> actual = figures(fpw, retained);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((mart, rows) -> {
            Set<String> others = actual.getOrDefault(mart, Set.of());
            Set<String> gone = new TreeSet<>(rows);
            gone.removeAll(others);
            Set<String> added = new TreeSet<>(others);
            added.removeAll(rows);
            if (OF_COHORTS.contains(mart)) {
                added.removeIf(row -> !OF_YEAR.matcher(row).find());
            } else if (!OF_ITEMS_THAT_ARE_THERE.contains(mart)) {
                assertThat(gone).as("gone from " + mart + " on " + date).isEmpty();
            }
            if (!OF_ITEMS_THAT_ARE_THERE.contains(mart)) {
                assertThat(added).as("new in " + mart + " on " + date).isEmpty();
            }
        });
    }

    /** The rows of all marts of the current release. */
    private static Map<String, Set<String>> figures(Installation fpw, RetainedForce force) {
        String sql = Models.marts().stream()
                .map(model -> "select '" + model.table() + "' as mart, cast(t as varchar) as row_text from "
                        + model.table() + " as t")
                .collect(Collectors.joining(" union all "));
        Map<String, Set<String>> figures = new TreeMap<>();
        for (JsonNode row : Installation.rows(fpw.succeed("query", "--force", force.path(), "--format", "json", sql))) {
            figures.computeIfAbsent(row.path("mart").asText(), mart -> new TreeSet<>())
                    .add(row.path("row_text").asText().replaceAll("'?is_frozen'?: (true|false|NULL)", "is_frozen"));
        }
        return figures;
    }

    /** Its database is compacted, and so not kept open. */
    private static List<String> rowsOf(RetainedForce force, String sql) throws SQLException {
        try (Connection connection = force.trial().keepOpen()) {
            return rows(connection, sql);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    values.add(rows.getString(column));
                }
                found.add(String.join(" | ", values));
            }
        }
        return found;
    }
}
