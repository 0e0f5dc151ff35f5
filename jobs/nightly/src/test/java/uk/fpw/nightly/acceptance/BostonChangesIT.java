package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service requests of Boston in two states: as they stood after 20 November, which is taken as all that was known
 * on the 30th, and as they stood in January. Ten days of November are recorded late, and nothing else has changed. What
 * November was afterwards was counted elsewhere; what it was before is counted here, from the file itself.
 */
class BostonChangesIT {

    private static final String FILE = "drop/boston_311_2015_selected_types.csv.gz";
    private static final DateTimeFormatter TWELVE_HOURS =
            DateTimeFormatter.ofPattern("MM/dd/yyyy hh:mm:ss a", Locale.US);
    private static final LocalDateTime NOVEMBER = LocalDateTime.of(2015, 11, 1, 0, 0);
    private static final LocalDateTime KNOWN_TO = LocalDateTime.of(2015, 11, 21, 0, 0);

    @TempDir
    private static Path folder;

    private long received;
    private long left;
    private long waiting;

    @Test
    void partsOfEveryChangedFigureAddUpToTheFiguresCountedElsewhere() throws IOException {
        Installation fpw = Installation.here(folder);
        Path force = TestForceFolders.copy(
                Path.of(System.getProperty("fpw.root")).resolve("examples/boston-311"),
                folder.resolve("examples/boston-311"));
        Path feed = force.resolve("feeds/requests.yml");
        Files.writeString(
                feed,
                Files.readString(feed)
                        .replace(
                                "  max_deleted_share: 0.2\n",
                                "  max_deleted_share: 0.2\n  max_changed_share: 1\n  max_replaced_share: 1\n")
                        .replace("min_rows: 60000", "min_rows: 50000"));
        Path file = force.resolve(FILE);
        byte[] whole = Files.readAllBytes(file);
        maskLaterDates(file);
        fpw.succeed("nightly", "--force", force.toString(), "--date", "2015-11-30", "--confirm-date");
        Files.write(file, whole);
        fpw.succeed("nightly", "--force", force.toString(), "--date", "2016-01-12", "--confirm-date");

        JsonNode expected = new ObjectMapper()
                .readTree(TestForceFolders.resource("expected/boston_311.json").toFile());
        JsonNode november = november(expected.get("ALL"));
        assertThat(lines(fpw, force, """
                select concat_ws(' ', period_start_on, measure, replaced_value, new_value, cause, part) as line
                from mart.figure_change
                where
                    is_total
                    and period_kind = 'month'
                    and exit_reason = 'all'
                    and measure in ('received_count', 'left_count', 'waiting_count')
                order by measure
                """))
                .containsExactly(
                        change("left_count", left, november.get("closed").asLong()),
                        change(
                                "received_count",
                                received,
                                november.get("received").asLong()),
                        change("waiting_count", waiting, november.get("closing").asLong()));

        List<String> groups = new ArrayList<>();
        for (String by : List.of("type", "department")) {
            expected.get("by_" + by).properties().stream()
                    .filter(group -> !group.getKey().equals("_not_shown_n_below_50"))
                    .forEach(group -> groups.add(group.getKey() + " "
                            + november(group.getValue()).get("closing").asLong()));
        }
        List<String> changed = lines(fpw, force, """
                select slice_value || ' ' || new_value as line
                from mart.figure_change
                where not is_total and period_kind = 'month' and measure = 'waiting_count' and new_value >= 100
                """);
        assertThat(groups).containsAll(changed);
        assertThat(changed).as("most groups with so many have changed").hasSizeGreaterThan(10);

        assertThat(lines(fpw, force, """
                select concat_ws(' ', cause, min(period_start_on), max(period_start_on)) as line
                from mart.figure_change
                where period_kind = 'month'
                group by cause
                """)).containsExactly("recorded late 2015-11-01 2015-11-01");
        assertThat(lines(fpw, force, """
                select distinct cause as line
                from mart.figure_change
                where period_kind = 'week'
                """)).containsExactly("recorded late");
        assertThat(lines(fpw, force, """
                select concat_ws(' ', slice_value, measure, exit_reason) as line
                from mart.figure_change
                group by slice, slice_value, measure, exit_reason, period_kind, period_start_on
                having any_value(replaced_value) + sum(part) <> any_value(new_value)
                """)).isEmpty();
    }

    /** Requests of later days are left out, and were not closed on later days. */
    private void maskLaterDates(Path file) throws IOException {
        List<String> known = new ArrayList<>();
        try (BufferedReader rows = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            known.add(rows.readLine());
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                String[] fields = row.split(",", -1);
                LocalDateTime opened = LocalDateTime.parse(fields[1], TWELVE_HOURS);
                LocalDateTime closed = fields[3].isEmpty() ? null : LocalDateTime.parse(fields[3], TWELVE_HOURS);
                if (!opened.isBefore(KNOWN_TO)) {
                    continue;
                }
                if (closed != null && !closed.isBefore(KNOWN_TO)) {
                    fields[3] = "";
                    closed = null;
                }
                known.add(String.join(",", fields));
                if (closed != null && closed.isBefore(opened)) {
                    continue; // excluded by the rule
                }
                received += opened.isBefore(NOVEMBER) ? 0 : 1;
                left += closed == null || closed.isBefore(NOVEMBER) ? 0 : 1;
                waiting += closed == null ? 1 : 0;
            }
        }
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            for (String row : known) {
                out.write(row + "\n");
            }
        }
    }

    private static String change(String measure, long before, long after) {
        return "2015-11-01 " + measure + " " + before + " " + after + " recorded late " + (after - before);
    }

    private static JsonNode november(JsonNode group) {
        for (JsonNode month : group.get("backlog_monthly")) {
            if (month.get("month").asText().equals("2015-11")) {
                return month;
            }
        }
        throw new IllegalStateException("no November");
    }

    private static List<String> lines(Installation fpw, Path force, String sql) {
        return fpw.query(force, sql).stream()
                .map(row -> row.get("line").asText())
                .toList();
    }
}
