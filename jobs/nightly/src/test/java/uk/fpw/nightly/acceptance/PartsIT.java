package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.CommandOutput;

/** A night in parts, and several nights in one command, give the same releases. */
@Tag("thorough")
class PartsIT {

    private static final LocalDate FIRST = KeptNights.FIRST;

    @TempDir
    private static Path folder;

    @Test
    void ingestMetricsAndReleaseTogetherAreANightAndNightsInARowAreNights() throws Exception {
        Installation fpw = Installation.here(folder);
        TrialForce empty = TrialForce.in(Files.createDirectories(folder.resolve("empty")));
        for (int night = 0; night < 3; night++) {
            empty.drop(FIRST.plusDays(night));
        }

        // several nights in one Spark process
        assertThat(preview(fpw, empty, "2025-03-01", "2025-03-03"))
                .containsExactly(
                        "nothing has been loaded into the warehouse " + empty.warehouse()
                                + " yet (it has no database). The first run creates its tables: "
                                + "fpw nightly; fpw check --date D shows whether it can start",
                        "Dates from 2025-03-01 to 2025-03-03: Trial force (trial)",
                        "  2025-03-01  would run",
                        "  2025-03-02  would run",
                        "  2025-03-03  would run",
                        "3 would be run. This was a preview, nothing was done");
        assertThat(empty.warehouse()).doesNotExist();
        TrialForce row = KeptNights.inARow(fpw, folder);
        assertThat(Files.readAllLines(row.folder().resolveSibling(KeptNights.PRINTED)).stream()
                        .filter(line -> line.matches("(Dates from|Nightly run of) .*")))
                .containsExactly(
                        "Dates from 2025-03-01 to 2025-03-03 without a release: 3; Trial force (trial)",
                        "Nightly run of 2025-03-01",
                        "Nightly run of 2025-03-02",
                        "Nightly run of 2025-03-03");
        assertThat(logsOfSpark(row)).hasSize(1);
        assertThat(fpw.succeed(
                                "nightly",
                                "--force",
                                row.folder().toString(),
                                "--from",
                                "2025-03-01",
                                "--to",
                                "2025-03-03")
                        .out())
                .isEqualTo("Every date from 2025-03-01 to 2025-03-03 is already released: Trial force\n");

        assertThat(preview(fpw, row, "2025-02-28", "2025-03-04"))
                .containsExactly(
                        "Dates from 2025-02-28 to 2025-03-04: Trial force (trial)",
                        "  2025-02-28  not possible because 2025-03-03 is already known, and "
                                + "business dates must not decrease",
                        "  2025-03-01  released   as 2025-03-01.1",
                        "  2025-03-02  released   as 2025-03-02.1",
                        "  2025-03-03  released   as 2025-03-03.1",
                        "  2025-03-04  would run",
                        "None would be run: the first date that is not possible stops the range; start after it. This "
                                + "was a "
                                + "preview, nothing was done");
        assertThat(CommandOutput.of(
                        "releases",
                        fpw.succeed("releases", "--force", row.folder().toString(), "--format", "json")
                                .out()))
                .extracting(release -> release.get("release_id").asText() + " "
                        + release.get("is_current").asBoolean() + " " + release.get("lacking"))
                .containsExactly("2025-03-03.1 true []", "2025-03-02.1 false []", "2025-03-01.1 false []");

        // the second of the same nights in parts
        LocalDate second = FIRST.plusDays(1);
        TrialForce parts = KeptNights.first(fpw, Files.createDirectories(folder.resolve("parts")));
        parts.drop(second).drop(FIRST.plusDays(2));
        part(fpw, parts, second, "ingest");
        part(fpw, parts, second, "metrics");
        part(fpw, parts, second, "release");
        assertThat(digest(parts, second + ".1")).isEqualTo(digest(row, second + ".1"));
        try (Connection open = parts.keepOpen()) {
            assertThat(open.isValid(1)).isTrue();
            partsAgainAndWhatCannotBeDone(fpw, parts);
        }
    }

    private static void partsAgainAndWhatCannotBeDone(Installation fpw, TrialForce parts) throws IOException {
        LocalDate second = FIRST.plusDays(1);
        assertThat(part(fpw, parts, second, "ingest", "devices").out())
                .contains("0 loaded, ")
                .contains("0 refused; 0 deleted");
        assertThat(part(fpw, parts, second, "release").out())
                .contains("Candidate 2025-03-02.1 was already released; nothing to do.");
        part(fpw, parts, second, "metrics");
        part(fpw, parts, second, "release");
        assertThat(digest(parts, "2025-03-02.2")).isEqualTo(digest(parts, "2025-03-02.1"));

        // what cannot be done
        LocalDate third = FIRST.plusDays(2);
        assertThat(refused(fpw, parts, third, "release"))
                .contains("there is no candidate of 2025-03-03 to release; compute one: fpw metrics --date 2025-03-03");
        Path devices = Files.move(parts.devicesFile(third), parts.folder().resolve("late.csv"));
        Installation.Outcome oneOfTwo = run(fpw, parts, third, "ingest");
        assertThat(oneOfTwo.exitCode()).as(oneOfTwo.toString()).isEqualTo(4);
        assertThat(oneOfTwo.out()).contains("feed devices failed").contains("feed exits: ");
        Files.move(devices, parts.devicesFile(third));
        part(fpw, parts, third, "metrics");
        Installation.Outcome unloaded = run(fpw, parts, third, "release");
        assertThat(unloaded.exitCode()).isEqualTo(5);
        assertThat(unloaded.err())
                .contains("devices LOAD_MISSING: it was not loaded for 2025-03-03 but last for 2025-03-02; load it: "
                        + "fpw ingest devices --date 2025-03-03, or release without it: fpw release "
                        + "--incomplete");
        assertThat(parts.currentRelease()).isEqualTo("2025-03-02.2");
        part(fpw, parts, third, "ingest", "devices");
        assertThat(refused(fpw, parts, third, "release"))
                .contains("candidate 2025-03-03.1 is out of date: rows of devices were loaded or withdrawn after it "
                        + "was computed; recompute it: fpw metrics --date 2025-03-03");
        assertThat(refused(fpw, parts, FIRST, "ingest", "devices"))
                .contains("the last business date of the warehouse is 2025-03-03, so an ingest of 2025-03-01 is "
                        + "rejected:");
        assertThat(refused(fpw, parts, third, "ingest", "device"))
                .contains("there is no feed 'device' in " + parts.folder() + "; feeds: [devices, exits]");
    }

    private static List<String> preview(Installation fpw, TrialForce force, String from, String to) {
        return fpw.succeed("nightly", "--force", force.folder().toString(), "--from", from, "--to", to, "--preview")
                .out()
                .lines()
                .toList();
    }

    private static Installation.Outcome run(
            Installation fpw, TrialForce force, LocalDate date, String command, String... feed) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(feed));
        words.addAll(List.of("--force", force.folder().toString(), "--date", date.toString()));
        return fpw.run(words.toArray(String[]::new));
    }

    private static Installation.Outcome part(
            Installation fpw, TrialForce force, LocalDate date, String command, String... feed) {
        Installation.Outcome outcome = run(fpw, force, date, command, feed);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return outcome;
    }

    private static String refused(Installation fpw, TrialForce force, LocalDate date, String command, String... feed) {
        Installation.Outcome outcome = run(fpw, force, date, command, feed);
        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(2);
        assertThat(outcome.err()).doesNotContain("\tat ");
        return outcome.err();
    }

    private static String digest(TrialForce force, String releaseId) throws IOException {
        JsonNode release = new ObjectMapper()
                .readTree(force.warehouse()
                        .resolve("releases/" + releaseId + "/release.json")
                        .toFile());
        return release.get("digest").asText();
    }

    private static List<Path> logsOfSpark(TrialForce force) throws IOException {
        try (Stream<Path> files = Files.walk(force.warehouse().resolve("runs"))) {
            List<Path> all = files.toList();
            assertThat(all).noneMatch(file -> file.endsWith("spark-local") || file.endsWith("run.json"));
            return all.stream().filter(file -> file.endsWith("spark.log")).toList();
        }
    }
}
