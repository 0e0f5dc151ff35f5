package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four nights of a small force. The changes from one to the next are described next to the rows, and their effect on
 * past months was counted by hand. Asserts every row of {@code mart.figure_change} about months, and the weeks of one
 * step by total and one kind.
 */
@Tag("thorough")
class FigureChangesIT {

    @TempDir
    private static Path folder;

    private Path force = folder;

    private static final String EXITS = "DEVICE,WITHDRAWN\n";

    /** As at 28 February: eleven came in January; one left in that month, and two in February. */
    private static final String FIRST = """
            DEVICE,RECEIVED,EXAMINED,KIND,STATION
            D01,2025-01-06,2025-01-20,phone,S1
            D02,2025-01-07,,phone,S1
            D03,2025-01-08,2025-02-05,phone,S1
            D04,2025-01-09,,phone,S1
            D05,2025-01-10,,phone,S1
            D06,2025-01-13,,phone,S1
            D07,2025-01-14,2025-02-12,phone,S1
            D08,2025-01-15,,phone,S2
            D10,2025-01-17,,phone,S1
            D11,2025-01-20,,phone,S1
            D12,2025-01-21,,tablet,S1
            """;

    /**
     * D02 and D09: recorded late. D03: no longer examined (re-opened). D04: deleted. D05: received later (corrected).
     * D06: a computer (reclassified). D07: examined before it was received (excluded). D08: its station belongs to
     * another area (reference data). D13: new in March.
     */
    private static final String SECOND = """
            DEVICE,RECEIVED,EXAMINED,KIND,STATION
            D01,2025-01-06,2025-01-20,phone,S1
            D02,2025-01-07,2025-02-10,phone,S1
            D03,2025-01-08,,phone,S1
            D05,2025-02-03,,phone,S1
            D06,2025-01-13,,computer,S1
            D07,2025-01-14,2025-01-02,phone,S1
            D08,2025-01-15,,phone,S2
            D09,2025-01-16,,phone,S1
            D10,2025-01-17,,phone,S1
            D11,2025-01-20,,phone,S1
            D12,2025-01-21,,tablet,S1
            D13,2025-03-10,,phone,S1
            """;

    /** D02: examined earlier (corrected, by a load that is withdrawn later). D07: examined after all (taken in). */
    private static final String THIRD = SECOND.replace("D02,2025-01-07,2025-02-10", "D02,2025-01-07,2025-01-25")
            .replace("D07,2025-01-14,2025-01-02", "D07,2025-01-14,2025-02-12");

    /** D02 as before. */
    private static final String FOURTH = THIRD.replace("D02,2025-01-07,2025-01-25", "D02,2025-01-07,2025-02-10");

    @Test
    void everyChangedFigureOfThePastHasItsCauses() throws IOException {
        Installation fpw = Installation.here(folder);
        force = TestForceFolders.copyOfResource(
                "figure_changes", folder.toRealPath().resolve("force"));
        Files.createDirectories(force.resolve("drop"));

        drop("2025-02-28", FIRST, "north");
        Files.writeString(force.resolve("drop/exits_2025-02-28.csv"), EXITS);
        assertThat(night(fpw, "2025-02-28", 0).out()).doesNotContain("Counts of past months");
        assertThat(fpw.query(force, "select * from mart.figure_change")).isEmpty();

        fpw.succeed("pin", "2025-02-28.1", "february", "--force", force.toString());
        drop("2025-03-31", SECOND, "south");
        assertThat(night(fpw, "2025-03-31", 9, "--incomplete").out()).contains("""

                        Counts of past months, compared with release 2025-02-28.1
                          34 of 126 have changed; the query what_changed lists them with their causes
                          largest   awaiting_examination, kind phone, 2025-02: opening_count 6 instead of 9 \
                        (deleted -1, excluded -1, corrected -1, reclassified -1, recorded late +1)
                        """, """

                        Figures that were pinned or published
                          february, release 2025-02-28.1: 34 of its counts of past months have changed since (""");
        String second = """
                all all 2025-01 received_count 11 9: deleted -1, excluded -1, corrected -1, recorded late +1
                all all 2025-01 waiting_count 10 8: deleted -1, excluded -1, corrected -1, recorded late +1
                all all 2025-02 left_count 2 1: excluded -1, re-opened -1, recorded late +1
                all all 2025-02 left_count as examined 2 1: excluded -1, re-opened -1, recorded late +1
                all all 2025-02 opening_count 10 8: deleted -1, excluded -1, corrected -1, recorded late +1
                all all 2025-02 received_count 0 1: corrected +1
                all all 2025-02 served_count 2 1: excluded -1, re-opened -1, recorded late +1
                area east 2025-01 received_count 10 8: deleted -1, excluded -1, corrected -1, \
                recorded late +1
                area east 2025-01 waiting_count 9 7: deleted -1, excluded -1, corrected -1, recorded late +1
                area east 2025-02 left_count 2 1: excluded -1, re-opened -1, recorded late +1
                area east 2025-02 left_count as examined 2 1: excluded -1, re-opened -1, recorded late +1
                area east 2025-02 opening_count 9 7: deleted -1, excluded -1, corrected -1, recorded late +1
                area east 2025-02 received_count 0 1: corrected +1
                area east 2025-02 served_count 2 1: excluded -1, re-opened -1, recorded late +1
                area north 2025-01 received_count 1 0: reference data -1
                area north 2025-01 waiting_count 1 0: reference data -1
                area north 2025-02 opening_count 1 0: reference data -1
                area north 2025-02 waiting_count 1 0: reference data -1
                area south 2025-01 received_count 0 1: reference data +1
                area south 2025-01 waiting_count 0 1: reference data +1
                area south 2025-02 opening_count 0 1: reference data +1
                area south 2025-02 waiting_count 0 1: reference data +1
                kind computer 2025-01 received_count 0 1: reclassified +1
                kind computer 2025-01 waiting_count 0 1: reclassified +1
                kind computer 2025-02 opening_count 0 1: reclassified +1
                kind computer 2025-02 waiting_count 0 1: reclassified +1
                kind phone 2025-01 received_count 10 7: deleted -1, excluded -1, corrected -1, \
                reclassified -1, recorded late +1
                kind phone 2025-01 waiting_count 9 6: deleted -1, excluded -1, corrected -1, \
                reclassified -1, recorded late +1
                kind phone 2025-02 left_count 2 1: excluded -1, re-opened -1, recorded late +1
                kind phone 2025-02 left_count as examined 2 1: excluded -1, re-opened -1, recorded late +1
                kind phone 2025-02 opening_count 9 6: deleted -1, excluded -1, corrected -1, \
                reclassified -1, recorded late +1
                kind phone 2025-02 received_count 0 1: corrected +1
                kind phone 2025-02 served_count 2 1: excluded -1, re-opened -1, recorded late +1
                kind phone 2025-02 waiting_count 7 6: deleted -1, reclassified -1, re-opened +1
                """;
        assertThat(changes(fpw, "2025-03-31.1"))
                .containsExactlyElementsOf(second.lines().toList());

        // weeks: of the one of 3 February nine waited before and after; from the next on only slices differ
        assertThat(weeks(fpw, "2025-03-31.1"))
                .filteredOn(change -> change.startsWith("all ") || change.startsWith("kind computer "))
                .containsExactlyElementsOf("""
                        all all 2025-01-06 received_count 5 3: deleted -1, corrected -1
                        all all 2025-01-06 waiting_count 5 3: deleted -1, corrected -1
                        all all 2025-01-13 opening_count 5 3: deleted -1, corrected -1
                        all all 2025-01-13 waiting_count 9 7: deleted -1, excluded -1, corrected -1, \
                        recorded late +1
                        all all 2025-01-20 opening_count 9 7: deleted -1, excluded -1, corrected -1, \
                        recorded late +1
                        all all 2025-01-20 waiting_count 10 8: deleted -1, excluded -1, corrected -1, \
                        recorded late +1
                        all all 2025-01-27 opening_count 10 8: deleted -1, excluded -1, corrected -1, \
                        recorded late +1
                        all all 2025-01-27 waiting_count 10 8: deleted -1, excluded -1, corrected -1, \
                        recorded late +1
                        all all 2025-02-03 left_count 1 0: re-opened -1
                        all all 2025-02-03 opening_count 10 8: deleted -1, excluded -1, corrected -1, \
                        recorded late +1
                        all all 2025-02-03 received_count 0 1: corrected +1
                        all all 2025-02-03 served_count 1 0: re-opened -1
                        kind computer 2025-01-13 received_count 0 1: reclassified +1
                        kind computer 2025-01-13 waiting_count 0 1: reclassified +1
                        kind computer 2025-01-20 opening_count 0 1: reclassified +1
                        kind computer 2025-01-20 waiting_count 0 1: reclassified +1
                        kind computer 2025-01-27 opening_count 0 1: reclassified +1
                        kind computer 2025-01-27 waiting_count 0 1: reclassified +1
                        kind computer 2025-02-03 opening_count 0 1: reclassified +1
                        kind computer 2025-02-03 waiting_count 0 1: reclassified +1
                        kind computer 2025-02-10 opening_count 0 1: reclassified +1
                        kind computer 2025-02-10 waiting_count 0 1: reclassified +1
                        kind computer 2025-02-17 opening_count 0 1: reclassified +1
                        kind computer 2025-02-17 waiting_count 0 1: reclassified +1
                        """.lines().toList());
        assertThat(diffByWeek(fpw))
                .hasSize(1 + 33)
                .startsWith(
                        "queue,slice,slice_value,measure,exit_reason,week_start_on,from_value,to_value,cause,part",
                        "awaiting_examination,all,all,received_count,all,2025-01-06,5,3,deleted,-1");

        // a tablet is a phone (definition), and the exits that were missing say that D11 was withdrawn (coverage)
        edit("staging/receipts.sql", "devices.kind as kind", "replace(devices.kind, 'tablet', 'phone') as kind");
        drop("2025-04-01", THIRD, "south");
        Files.writeString(force.resolve("drop/exits_2025-04-01.csv"), EXITS + "D11,2025-02-20\n");
        night(fpw, "2025-04-01", 0);
        assertThat(changes(fpw, "2025-04-01.1"))
                .filteredOn(change -> !change.contains(" 2025-03 "))
                .containsExactlyElementsOf("""
                        all all 2025-01 left_count 1 2: corrected +1
                        all all 2025-01 left_count as examined 1 2: corrected +1
                        all all 2025-01 received_count 9 10: no longer excluded +1
                        all all 2025-01 served_count 1 2: corrected +1
                        all all 2025-02 left_count 1 2: coverage +1, no longer excluded +1, corrected -1
                        all all 2025-02 left_count as withdrawn 0 1: coverage +1
                        all all 2025-02 waiting_count 8 7: coverage -1
                        area east 2025-01 left_count 1 2: corrected +1
                        area east 2025-01 left_count as examined 1 2: corrected +1
                        area east 2025-01 received_count 8 9: no longer excluded +1
                        area east 2025-01 served_count 1 2: corrected +1
                        area east 2025-02 left_count 1 2: coverage +1, no longer excluded +1, corrected -1
                        area east 2025-02 left_count as withdrawn 0 1: coverage +1
                        area east 2025-02 waiting_count 7 6: coverage -1
                        kind phone 2025-01 left_count 1 2: corrected +1
                        kind phone 2025-01 left_count as examined 1 2: corrected +1
                        kind phone 2025-01 received_count 7 9: definition +1, no longer excluded +1
                        kind phone 2025-01 served_count 1 2: corrected +1
                        kind phone 2025-01 waiting_count 6 7: definition +1, no longer excluded +1, corrected -1
                        kind phone 2025-02 left_count 1 2: coverage +1, no longer excluded +1, corrected -1
                        kind phone 2025-02 left_count as withdrawn 0 1: coverage +1
                        kind phone 2025-02 opening_count 6 7: definition +1, no longer excluded +1, corrected -1
                        kind tablet 2025-01 received_count 1 0: definition -1
                        kind tablet 2025-01 waiting_count 1 0: definition -1
                        kind tablet 2025-02 opening_count 1 0: definition -1
                        kind tablet 2025-02 waiting_count 1 0: definition -1
                        """.lines().toList());
        // March was over in the release before, but not known; nothing is a tablet any more
        assertThat(changes(fpw, "2025-04-01.1"))
                .filteredOn(change -> change.contains(" 2025-03 "))
                .containsExactlyElementsOf((march("all all", 7, 1, 8)
                                + march("area east", 6, 1, 7)
                                + march("area south", 1, 0, 1)
                                + march("kind computer", 1, 0, 1)
                                + march("kind phone", 6, 1, 7)
                                + march("kind tablet", 0, 0, 0))
                        .lines()
                        .toList());
        assertThat(changes(fpw, "2025-03-31.1"))
                .as("kept")
                .containsExactlyElementsOf(second.lines().toList());

        // D02's wrong date goes with its load; the queue has a standard now (definition)
        fpw.succeed(
                "withdraw",
                "load",
                TestForceFolders.load(force, "devices", "2025-04-01"),
                "--reason",
                "wrong",
                "--force",
                force.toString());
        edit("queues/awaiting_examination.yml", "version: 1", "version: 2");
        edit("queues/awaiting_examination.yml", "slices: [kind, area]", """
                slices: [kind, area]
                standards:
                  - {standard: within_30_days, title: Examined within 30 days, within_days: 30}""");
        drop("2025-04-02", FOURTH, "south");
        Files.writeString(force.resolve("drop/exits_2025-04-02.csv"), EXITS + "D11,2025-02-20\n");
        night(fpw, "2025-04-02", 0);
        assertThat(changes(fpw, "2025-04-02.1"))
                .containsExactlyElementsOf((standard("all all", 8, 8, 6, 7)
                                + standard("area east", 7, 7, 5, 6)
                                + onlyStandard("area south")
                                + onlyStandard("kind computer")
                                + standard("kind phone", 7, 7, 5, 6))
                        .lines()
                        .toList());

        // again, with nothing new: no step, and those before it are there, also that to a release that was withdrawn
        // after another had replaced it
        fpw.succeed("withdraw", "release", "2025-03-31.1", "--reason", "wrong", "--force", force.toString());
        Files.writeString(
                force.resolve("drop/devices_2025-04-03.csv"),
                Files.readString(force.resolve("drop/devices_2025-04-02.csv")));
        Files.writeString(
                force.resolve("drop/exits_2025-04-03.csv"),
                Files.readString(force.resolve("drop/exits_2025-04-02.csv")));
        Files.writeString(
                force.resolve("drop/stations_2025-04-03.csv"),
                Files.readString(force.resolve("drop/stations_2025-04-02.csv")));
        assertThat(night(fpw, "2025-04-03", 0).out()).contains("""

                Counts of past months, compared with release 2025-04-02.1
                  none of 165 has changed
                """);
        assertThat(fpw.query(force, """
                select
                    replaced_release_id || ' ' || new_release_id as step,
                    count(distinct release_id) as release_count,
                    bool_and(cause <> 'unexplained') as is_explained
                from mart.figure_change
                group by all
                order by 1"""))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"step\":\"2025-02-28.1 2025-03-31.1\",\"release_count\":1,\"is_explained\":true}",
                        "{\"step\":\"2025-03-31.1 2025-04-01.1\",\"release_count\":1,\"is_explained\":true}",
                        "{\"step\":\"2025-04-01.1 2025-04-02.1\",\"release_count\":1,\"is_explained\":true}");
        fpw.succeed("verify", "--force", force.toString());

        // what cancels out in a step has no row: neither has it here
        assertThat(fpw.succeed("diff", "2025-02-28.1", "2025-04-03.1", "--force", force.toString())
                        .out())
                .isEqualTo("""
                        Counts of past months (totals): release 2025-04-03.1 against 2025-02-28.1, steps: 4
                        awaiting_examination
                          2025-01 due_next_7_days_count              not available ->         1  definition
                          2025-01 past_standard_count                not available ->         0  definition
                          2025-01 received_count                            11 ->        10  deleted -1, excluded -1, \
                        no longer excluded +1, corrected -1, recorded late +1
                          2025-01 waiting_count                             10 ->         9  withdrawn load +1, \
                        deleted -1, excluded -1, corrected -1, recorded late +1
                          2025-02 due_next_7_days_count              not available ->         1  definition
                          2025-02 left_count                                 2 ->         3  coverage +1, \
                        withdrawn load +1, excluded -1, no longer excluded +1, corrected -1, re-opened -1, \
                        recorded late +1
                          2025-02 left_count as withdrawn                    0 ->         1  coverage +1
                          2025-02 opening_count                             10 ->         9  withdrawn load +1, \
                        deleted -1, excluded -1, corrected -1, recorded late +1
                          2025-02 past_standard_count                not available ->         6  definition
                          2025-02 received_count                             0 ->         1  corrected +1
                          2025-02 waiting_count                              8 ->         7  coverage -1
                        Note: definition: awaiting_examination has primary late_share instead of time_waited; \
                        no count differs by it, but charts or verdicts may
                        """);
        assertThat(fpw.succeed(
                                "diff",
                                "2025-02-28.1",
                                "2025-03-31.1",
                                "--slice",
                                "kind",
                                "--format",
                                "csv",
                                "--force",
                                force.toString())
                        .out()
                        .lines())
                .hasSize(1 + 4 + 5 * 3 + 1 + 3 * 3 + 3)
                .startsWith(
                        "queue,slice,slice_value,measure,exit_reason,month_start_on,from_value,to_value,cause,part",
                        "awaiting_examination,kind,computer,received_count,all,2025-01-01,0,1,reclassified,1");
        Installation.Outcome backwards = fpw.run("diff", "2025-04-03.1", "2025-02-28.1", "--force", force.toString());
        assertThat(backwards.exitCode()).isEqualTo(2);
        assertThat(backwards.err())
                .contains(
                        "no release from 2025-02-28.1 to 2025-02-28.1 replaced 2025-04-03.1: give the earlier release")
                .contains("Compare their tables instead: fpw query --release 2025-04-03.1, and --release 2025-02-28.1");
        assertThat(fpw.run("diff", "2025-02-27.1", "2025-02-28.1", "--force", force.toString())
                        .err())
                .startsWith("fpw: there is no release 2025-02-27.1; releases: [2025-04-03.1, ");
    }

    /** Figures of a series that were not available, in the order in which they are listed. */
    private static String march(String series, int opening, int received, int waiting) {
        return """
                %1$s 2025-03 age_unknown_count null 0: coverage null
                %1$s 2025-03 left_count null 0: coverage null
                %1$s 2025-03 left_count as examined null 0: coverage null
                %1$s 2025-03 left_count as withdrawn null 0: coverage null
                %1$s 2025-03 opening_count null %2$d: coverage null
                %1$s 2025-03 received_count null %3$d: coverage null
                %1$s 2025-03 reentered_count null 0: coverage null
                %1$s 2025-03 served_count null 0: coverage null
                %1$s 2025-03 waiting_count null %4$d: coverage null
                """.formatted(series, opening, received, waiting);
    }

    /** A series that has D02 and D05, before the last night; nothing was counted by a standard before. */
    private static String standard(String series, int waiting, int opening, int pastInFebruary, int pastInMarch) {
        return """
                %1$s 2025-01 due_next_7_days_count null 1: definition null
                %1$s 2025-01 left_count 2 1: withdrawn load -1
                %1$s 2025-01 left_count as examined 2 1: withdrawn load -1
                %1$s 2025-01 past_standard_count null 0: definition null
                %1$s 2025-01 served_count 2 1: withdrawn load -1
                %1$s 2025-01 waiting_count %2$d %3$d: withdrawn load +1
                %1$s 2025-02 due_next_7_days_count null 1: definition null
                %1$s 2025-02 left_count 2 3: withdrawn load +1
                %1$s 2025-02 left_count as examined 1 2: withdrawn load +1
                %1$s 2025-02 opening_count %4$d %5$d: withdrawn load +1
                %1$s 2025-02 past_standard_count null %6$d: definition null
                %1$s 2025-02 served_count 1 2: withdrawn load +1
                %1$s 2025-03 due_next_7_days_count null 0: definition null
                %1$s 2025-03 past_standard_count null %7$d: definition null
                """.formatted(series, waiting, waiting + 1, opening, opening + 1, pastInFebruary, pastInMarch);
    }

    /** A series of one device that came in the middle of January and still waits. */
    private static String onlyStandard(String series) {
        return """
                %1$s 2025-01 due_next_7_days_count null 0: definition null
                %1$s 2025-01 past_standard_count null 0: definition null
                %1$s 2025-02 due_next_7_days_count null 0: definition null
                %1$s 2025-02 past_standard_count null 1: definition null
                %1$s 2025-03 due_next_7_days_count null 0: definition null
                %1$s 2025-03 past_standard_count null 1: definition null
                """.formatted(series);
    }

    private void drop(String date, String devices, String areaOfS2) throws IOException {
        Files.writeString(force.resolve("drop/devices_" + date + ".csv"), devices);
        Files.writeString(
                force.resolve("drop/stations_" + date + ".csv"), "STATION,AREA\nS1,east\nS2," + areaOfS2 + "\n");
    }

    private void edit(String file, String text, String replacement) throws IOException {
        Path path = force.resolve(file);
        String content = Files.readString(path);
        assertThat(content).contains(text);
        Files.writeString(path, content.replace(text, replacement));
    }

    private Installation.Outcome night(Installation fpw, String date, int exitCode, String... options) {
        String[] arguments = {"nightly", "--force", force.toString(), "--date", date, "--confirm-date"};
        String[] all = Arrays.copyOf(arguments, arguments.length + options.length);
        System.arraycopy(options, 0, all, arguments.length, options.length);
        Installation.Outcome outcome = fpw.run(all);
        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(exitCode);
        return outcome;
    }

    private List<String> diffByWeek(Installation fpw) {
        return fpw.succeed(
                        "diff",
                        "2025-02-28.1",
                        "2025-03-31.1",
                        "--by",
                        "week",
                        "--format",
                        "csv",
                        "--force",
                        force.toString())
                .out()
                .lines()
                .toList();
    }

    /** The changed months of one step as lines {@code slice value month measure old new: cause part, cause part}. */
    private List<String> changes(Installation fpw, String releaseId) {
        return changes(fpw, releaseId, "month", "%Y-%m");
    }

    /** The same of weeks, with their Mondays. */
    private List<String> weeks(Installation fpw, String releaseId) {
        return changes(fpw, releaseId, "week", "%Y-%m-%d");
    }

    private List<String> changes(Installation fpw, String releaseId, String kind, String dateFormat) {
        String sql = """
                        select
                            slice || ' ' || slice_value || ' ' || strftime(period_start_on, '%s') || ' ' || measure
                            || if(exit_reason = 'all', '', ' as ' || exit_reason)
                            || ' ' || coalesce(cast(any_value(replaced_value) as varchar), 'null')
                            || ' ' || coalesce(cast(any_value(new_value) as varchar), 'null') || ': '
                            || string_agg(
                                cause || coalesce(if(part > 0, ' +', ' ') || part, ' null'),
                                ', ' order by cause_order
                            ) as line
                        from mart.figure_change
                        where new_release_id = '%s' and period_kind = '%s'
                        group by slice, slice_value, period_start_on, measure, exit_reason
                        order by slice, slice_value, period_start_on, measure, exit_reason""";
        return fpw.query(force, sql.formatted(dateFormat, releaseId, kind)).stream()
                .map(row -> row.get("line").asText())
                .collect(Collectors.toList());
    }
}
