package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A year of monthly nights over three years of devices, of which those closed two years ago are removed after each
 * night: every release states of every period, before and after the removal, what a warehouse states that never removed
 * anything ({@link RetainedFigures}).
 */
@Tag("thorough")
class RetentionIT {

    static final LocalDate FIRST = LocalDate.of(2023, 3, 31);
    private static final int MONTHS = 12;
    private static final int HOLDS_END_AFTER = 5;

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
        @Nullable LocalDate horizon = null;
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
                new RetainedFigures(fpw, whole, retained, horizon, date).compare();

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
                horizon = RetainedForce.horizon(date);

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
        return fpw.succeed(command(force));
    }

    static String[] command(RetainedForce force) {
        return new String[] {"retain", "--confirm", "--reason", "our schedule", "--force", force.path()};
    }

    private static long numberIn(String text, String before) {
        return text.lines()
                .filter(line -> line.contains(before))
                .mapToLong(line -> Long.parseLong(
                        line.replaceAll(".*\\): ([0-9,]+) rows? .*", "$1").replace(",", "")))
                .sum();
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
