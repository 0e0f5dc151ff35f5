package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes of rows that concern more than one item: a row that moves to another item, a feed that gains a column, and a
 * release whose file cannot be read. Counted by hand.
 */
@Tag("thorough")
class FigureChangesOfRowsIT {

    private static final String DEVICES = """
            DEVICE,RECEIVED,EXAMINED,KIND,STATION
            D01,2025-01-06,,phone,S1
            D02,2025-01-07,,phone,S1
            D03,2025-01-08,,tablet,S1
            D04,2025-01-09,,computer,S1
            """;

    /** The same with a colour, and D02 is a computer. */
    private static final String COLOURED = """
            DEVICE,RECEIVED,EXAMINED,KIND,STATION,COLOUR
            D01,2025-01-06,,phone,S1,red
            D02,2025-01-07,,computer,S1,red
            D03,2025-01-08,,tablet,S1,
            D04,2025-01-09,,computer,S1,
            """;

    @TempDir
    private static Path folder;

    private Path force = folder;

    @Test
    void rowsThatMoveAndColumnsThatComeAreTold() throws IOException {
        Installation fpw = Installation.here(folder);
        force = TestForceFolders.copyOfResource(
                "figure_changes", folder.toRealPath().resolve("force"));
        Files.createDirectories(force.resolve("drop"));
        // an exit has a number of its own, and names its device
        edit("feeds/exits.yml", "key: [device_id]", "key: [exit_id]");
        edit("feeds/exits.yml", "limits: {min_rows: 0}", "limits: {min_rows: 0, max_changed_share: 1}");
        edit("feeds/exits.yml", "columns:\n", """
                columns:
                  - {name: exit_id, from: EXIT, type: text, privacy: not_personal}
                """);

        drop("2025-02-28", DEVICES, "X1,D01,2025-02-05");
        night(fpw, "2025-02-28", 0);

        // the exit was D03's: D01 waits, although it has no row of its own
        drop("2025-03-31", DEVICES, "X1,D03,2025-02-05");
        night(fpw, "2025-03-31", 0);
        assertThat(changes(fpw, "2025-03-31.1", "kind"))
                .containsExactlyElementsOf("""
                        phone 2025-02 left_count 1 0: re-opened -1
                        phone 2025-02 left_count as withdrawn 1 0: re-opened -1
                        phone 2025-02 waiting_count 1 2: re-opened +1
                        tablet 2025-02 left_count 0 1: recorded late +1
                        tablet 2025-02 left_count as withdrawn 0 1: recorded late +1
                        tablet 2025-02 waiting_count 1 0: recorded late -1
                        """.lines().toList());

        // every device has a new version because of the colour, from which the kind is now taken; D02 was corrected too
        String colour = "  - {name: colour, from: COLOUR, type: text, privacy: not_personal}";
        edit("feeds/devices.yml", "  - {name: station,", String.join("\n", colour, "  - {name: station,"));
        edit("staging/receipts.sql", "devices.kind as kind", "coalesce(devices.colour, devices.kind) as kind");
        drop("2025-04-01", COLOURED, "X1,D03,2025-02-05");
        night(fpw, "2025-04-01", 0);
        List<String> third = """
                phone 2025-01 received_count 2 0: definition -1, reclassified -1
                phone 2025-01 waiting_count 2 0: definition -1, reclassified -1
                red 2025-01 received_count 0 2: definition +1, reclassified +1
                red 2025-01 waiting_count 0 2: definition +1, reclassified +1
                """.lines().toList();
        assertThat(changes(fpw, "2025-04-01.1", "kind"))
                .filteredOn(change -> change.contains(" 2025-01 "))
                .containsExactlyElementsOf(third);

        // earlier findings are carried over through the catalog
        Files.writeString(
                folder.toRealPath().resolve("warehouse/releases/2025-04-01.1/release.json"), "This is no JSON.");
        drop("2025-04-02", COLOURED, "X1,D03,2025-02-05");
        Installation.Outcome fourth = night(fpw, "2025-04-02", 8);
        assertThat(fourth.out()).contains("""

                Counts of past months, compared with release 2025-04-01.1
                  not compared, since its file for queries cannot be read
                """);
        assertThat(fourth.out() + fourth.err())
                .contains("the figures of the past were not compared with release 2025-04-01.1: ")
                .contains("release.json is damaged: ");
        assertThat(changes(fpw, "2025-04-01.1", "kind"))
                .filteredOn(change -> change.contains(" 2025-01 "))
                .containsExactlyElementsOf(third);
        assertThat(changes(fpw, "2025-04-02.1", "kind")).isEmpty();

        // earlier findings are lost, so steps cannot be added up across this night; its own step exists
        try (Stream<Path> files = Files.walk(folder.toRealPath().resolve("warehouse"))) {
            for (Path file : files.filter(path -> path.toString().matches(".*/figure_change/.*[.]parquet"))
                    .toList()) {
                Files.writeString(file, "This is no Parquet file.");
            }
        }
        drop("2025-04-03", COLOURED, "X1,D03,2025-01-20");
        Installation.Outcome fifth = night(fpw, "2025-04-03", 8);
        assertThat(fifth.out() + fifth.err())
                .contains("what changed the figures of the past up to release 2025-04-02.1 is no longer in "
                        + "mart.figure_change: files of the warehouse are damaged:");
        assertThat(changes(fpw, "2025-04-01.1", "kind")).isEmpty();
        assertThat(changes(fpw, "2025-04-03.1", "kind"))
                .containsExactlyElementsOf("""
                        tablet 2025-01 left_count 0 1: corrected +1
                        tablet 2025-01 left_count as withdrawn 0 1: corrected +1
                        tablet 2025-01 waiting_count 1 0: corrected -1
                        tablet 2025-02 left_count 1 0: corrected -1
                        tablet 2025-02 left_count as withdrawn 1 0: corrected -1
                        tablet 2025-02 opening_count 1 0: corrected -1
                        """.lines().toList());
        assertThat(fpw.run("diff", "2025-04-02.1", "2025-04-03.1", "--force", force.toString())
                        .err())
                .contains("release 2025-04-03.1 could not be compared with release 2025-04-02.1, which it replaced: "
                        + "the recorded changes up to release 2025-04-02.1 were lost");
    }

    private void drop(String date, String devices, String exit) throws IOException {
        Files.writeString(force.resolve("drop/devices_" + date + ".csv"), devices);
        Files.writeString(force.resolve("drop/exits_" + date + ".csv"), "EXIT,DEVICE,WITHDRAWN\n" + exit + "\n");
        Files.writeString(force.resolve("drop/stations_" + date + ".csv"), "STATION,AREA\nS1,east\n");
    }

    private void edit(String file, String text, String replacement) throws IOException {
        Path path = force.resolve(file);
        String content = Files.readString(path);
        assertThat(content).contains(text);
        Files.writeString(path, content.replace(text, replacement));
    }

    private Installation.Outcome night(Installation fpw, String date, int exitCode) {
        Installation.Outcome outcome =
                fpw.run("nightly", "--force", force.toString(), "--date", date, "--confirm-date");
        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(exitCode);
        return outcome;
    }

    /** The changed figures of one step by one slice. */
    private List<String> changes(Installation fpw, String releaseId, String slice) {
        String query = """
                select
                    slice_value || ' ' || strftime(period_start_on, '%%Y-%%m') || ' ' || measure
                    || if(exit_reason = 'all', '', ' as ' || exit_reason)
                    || ' ' || any_value(replaced_value) || ' ' || any_value(new_value) || ': '
                    || string_agg(cause || if(part > 0, ' +', ' ') || part, ', ' order by cause_order) as line
                from mart.figure_change
                where new_release_id = '%s' and slice = '%s' and period_kind = 'month'
                group by slice_value, period_start_on, measure, exit_reason
                order by slice_value, period_start_on, measure, exit_reason""";
        return fpw.query(force, query.formatted(releaseId, slice)).stream()
                .map(row -> row.get("line").asText())
                .toList();
    }
}
