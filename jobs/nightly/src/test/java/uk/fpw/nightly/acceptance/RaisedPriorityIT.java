package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A laboratory that gives a high priority to devices that have waited long, in the column {@code kind} of its file:
 * every night has the priority of the day of entry, and a released value stays until its load is withdrawn.
 */
@Tag("thorough")
class RaisedPriorityIT {

    private static final LocalDate FIRST_ENTRY = LocalDate.of(2025, 1, 6);

    @TempDir
    private static Path folder;

    private Installation fpw = Installation.here(folder);
    private Path force = folder;

    @Test
    void prioritiesOfLongWaitsAreThoseOfTheirEntry() throws IOException {
        fpw = Installation.here(folder);
        force = TestForceFolders.copyOfResource(
                "figure_changes", folder.toRealPath().resolve("force"));
        Files.createDirectories(force.resolve("drop"));
        edit(
                "staging/receipts.yml",
                "{attribute: kind, from: event}",
                "{attribute: kind, from: changes, of: devices.kind, lag_days: 60}");
        edit("queues/awaiting_examination.yml", "slices: [kind, area]", """
                slices: [kind, area]
                standards:
                  - {standard: high, title: High ones within 5 days, within_days: 5, when: {kind: [high]}}
                  - {standard: any, title: Within 40 days, within_days: 40}
                comparisons:
                  - {comparison: kinds, title: Are high ones faster?, by: slice, slice: kind}""");

        night("2025-02-28", 40, "normal", "");
        assertThat(values()).containsExactly("(not known at entry) 1", "normal 40");
        assertThat(tests()).containsExactly("normal (none) there is nothing yet to compare it with");
        assertThat(standard("high")).isEqualTo("2024-11 0 1 0 1");

        // the twenty that still wait are now high, and so is one of the ten new ones
        night("2025-03-31", 50, "high", "high");
        assertThat(values()).containsExactly("(not known at entry) 1", "high 1", "normal 49");
        assertThat(tests()).hasSize(1).allMatch(test -> test.startsWith("high normal "));
        assertThat(fpw.query(force, "select count(*)::text as line from mart.figure_change where slice = 'kind'"))
                .extracting(row -> row.get("line").asText())
                .containsExactly("0");
        fpw.succeed("verify", "--force", force.toString());

        // what the second load recorded about the new one no longer counts; the others were known before
        fpw.succeed(
                "withdraw",
                "load",
                TestForceFolders.load(force, "devices", "2025-03-31"),
                "--reason",
                "wrong",
                "--force",
                force.toString());
        night("2025-04-01", 50, "high", "normal");
        assertThat(values()).containsExactly("(not known at entry) 1", "normal 50");
        assertThat(fpw.query(force, """
                select distinct cause as line from mart.figure_change
                where slice = 'kind' and measure = 'received_count' and release_id = '2025-04-01.1'"""))
                .extracting(row -> row.get("line").asText())
                .containsExactly("withdrawn load");
    }

    /**
     * That many devices, forty of January and later ones of March. Every second one of the former waits and has this
     * priority; one of the latter has that of the new one.
     */
    private void night(String date, int devices, String priorityOfWaiting, String priorityOfNew) throws IOException {
        StringBuilder file = new StringBuilder("DEVICE,RECEIVED,EXAMINED,KIND,STATION\nD99,2024-11-01,,normal,S1\n");
        for (int i = 0; i < devices; i++) {
            LocalDate received = FIRST_ENTRY.plusDays(i < 40 ? i : i + 15);
            boolean isWaiting = (i % 2 == 0 && i < 40) || i == 48;
            file.append("D%02d,%s,%s,%s,S1\n"
                    .formatted(
                            i,
                            received,
                            isWaiting ? "" : received.plusDays(2),
                            i == 48 ? priorityOfNew : isWaiting ? priorityOfWaiting : "normal"));
        }
        Files.writeString(force.resolve("drop/devices_" + date + ".csv"), file);
        Files.writeString(force.resolve("drop/stations_" + date + ".csv"), "STATION,AREA\nS1,east\n");
        Files.writeString(force.resolve("drop/exits_" + date + ".csv"), "DEVICE,WITHDRAWN\n");
        fpw.succeed("nightly", "--force", force.toString(), "--date", date, "--confirm-date");
    }

    private List<String> values() {
        return lines(
                "select slice_value || ' ' || item_count as line from mart.dim_slice where slice = 'kind' order by 1");
    }

    private List<String> tests() {
        return lines(
                "select first_group || ' ' || second_group || ' ' || test_status as line from mart.wait_comparison");
    }

    /** For the first month: items that are due, and of the undecided ones how many in total, met and not met. */
    private String standard(String name) {
        return lines("""
                select strftime(month_start_on, '%%Y-%%m') || ' ' || due_count || ' ' || perhaps_due_count || ' '
                    || perhaps_met_count || ' ' || perhaps_not_met_count as line
                from mart.wait_standard
                where is_total and standard = '%s'
                order by 1""".formatted(name)).get(0);
    }

    private List<String> lines(String sql) {
        return fpw.query(force, sql).stream()
                .map(row -> row.get("line"))
                .map(JsonNode::asText)
                .toList();
    }

    private void edit(String file, String text, String replacement) throws IOException {
        Path path = force.resolve(file);
        String content = Files.readString(path);
        assertThat(content).contains(text);
        Files.writeString(path, content.replace(text, replacement));
    }
}
