package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night in parts is a night; nights in a row are nights. */
class PartsIT {

    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);

    @TempDir
    private static Path folder;

    @Test
    void ingestMetricsAndReleaseTogetherAreANightAndNightsInARowAreNights() throws IOException {
        Installation fpw = Installation.here(folder);
        TrialForce parts = TrialForce.in(Files.createDirectories(folder.resolve("parts")));
        TrialForce row = TrialForce.in(Files.createDirectories(folder.resolve("row")));
        for (int night = 0; night < 3; night++) {
            parts.drop(FIRST.plusDays(night));
            row.drop(FIRST.plusDays(night));
        }

        // nights in a row, by one Spark process
        assertThat(preview(fpw, row, "2025-03-01", "2025-03-03"))
                .containsExactly(
                        "nothing has been loaded into the warehouse " + row.warehouse()
                                + " yet (it has no database). The first run creates its tables: "
                                + "fpw nightly; fpw check --date D shows whether it can start",
                        "Dates from 2025-03-01 to 2025-03-03: Trial force (trial)",
                        "  2025-03-01  would run",
                        "  2025-03-02  would run",
                        "  2025-03-03  would run",
                        "3 would be run. This was a preview, nothing was done");
        assertThat(row.warehouse()).doesNotExist();
        Installation.Outcome nights = fpw.succeed(
                "nightly", "--force", row.folder().toString(), "--from", "2025-03-01", "--to", "2025-03-03");
        assertThat(nights.out().lines().filter(line -> line.matches("(Dates from|Nightly run of) .*")))
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
        assertThat(Installation.rows(
                        fpw.succeed("releases", "--force", row.folder().toString(), "--format", "json")))
                .extracting(release -> release.get("release_id").asText() + " "
                        + release.get("is_current").asBoolean() + " " + release.get("lacking"))
                .containsExactly("2025-03-03.1 true []", "2025-03-02.1 false []", "2025-03-01.1 false []");

        // the same nights in parts
        for (int night = 0; night < 2; night++) {
            LocalDate date = FIRST.plusDays(night);
            part(fpw, parts, date, "ingest", "devices");
            part(fpw, parts, date, "ingest", "exits");
            part(fpw, parts, date, "metrics");
            part(fpw, parts, date, "release");
            assertThat(digest(parts, date + ".1")).as("night of " + date).isEqualTo(digest(row, date + ".1"));
        }
        RestoredWarehouse.goesOn(
                fpw,
                parts,
                folder.toRealPath().resolve("restored"),
                FIRST.plusDays(2),
                digest(row, FIRST.plusDays(2) + ".1"));
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
        part(fpw, parts, third, "ingest", "exits");
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

    @Test
    void theFolderOfInitRunsANightWhoseRejectionsAndExportsCanBeSeen() throws IOException {
        Installation fpw = Installation.here(Files.createDirectories(folder.resolve("begin")));
        Path kent = folder.toRealPath().resolve("begin/kent");
        fpw.succeed("init", kent.toString());
        Path list = kent.resolve("drop/devices.csv");
        Files.writeString(
                list,
                Files.readString(list)
                        + "DFU/6,C-105,=phone,20/11/2026,19/11/2026,,PC 3\nDFU/7,C-106,+laptop,19/11/2026,,,PC "
                        + "3\nDFU/8,C-107,phone,31/11/2026,,,PC 3\n");
        Path feed = kent.resolve("feeds/devices.yml");
        Files.writeString(
                feed, Files.readString(feed).replace("\nignored:", "\nlimits: {max_refused_share: 0.5}\nignored:"));
        // window functions pass the check and the night
        Path staging = kent.resolve("staging/device_events.sql");
        Files.writeString(
                staging,
                Files.readString(staging)
                        .replace(
                                "\n    event_order,\n",
                                "\n    row_number() over (partition by exhibit order by event_order) as "
                                        + "event_order,\n"));
        Path rules = kent.resolve("rules/devices.yml");
        Files.writeString(rules, Files.readString(rules) + """
                  - code: EXHIBIT_TWICE
                    severity: warning
                    expression: count(*) over (partition by exhibit) = 1
                    message: "the exhibit stands in another row too"
                """);
        fpw.succeed("check", "--force", kent.toString());
        fpw.succeed("nightly", "--force", kent.toString(), "--date", "2026-11-23");

        String rejections =
                fpw.succeed("rejections", "--force", kent.toString()).out();
        assertThat(rejections.lines().limit(9))
                .containsExactly(
                        "Of release 2026-11-23.1, data as at 2026-11-23",
                        "",
                        "Refused: rows that could not be stored, with no accepted version of their key since",
                        "  devices 2026-11-23  UNPARSABLE received_on: 1 row",
                        "    line 9: received_on is not an existing date, written 'dd/MM/yyyy'",
                        "",
                        "Excluded: rows that break a rule, or that no queue uses",
                        "  devices 2026-11-23  EXAMINED_BEFORE_RECEIVED: 1 row: examined_on is before received_on",
                        "");
        assertThat(fpw.succeed("rejections", "--force", kent.toString(), "--format", "csv", "--date", "2026-11-23")
                        .out()
                        .lines())
                .first()
                .isEqualTo("kind,feed,business_date,code,field,row_count,line_number,row_key,message");
        assertThat(Installation.rows(
                        fpw.succeed("rejections", "--force", kent.toString(), "--format", "json", "--feed", "devices")))
                .extracting(
                        row -> row.get("kind").asText() + " " + row.get("code").asText())
                .containsExactly("refused UNPARSABLE", "excluded EXAMINED_BEFORE_RECEIVED");
        assertThat(rejections).doesNotContain("DFU/");

        Path report = folder.toRealPath().resolve("begin/report");
        fpw.succeed("rejections", "--force", kent.toString(), "--report", report.toString());
        assertThat(report.resolve("no_owner.csv"))
                .content()
                .contains("devices,refused,")
                .contains("devices,excluded,")
                .doesNotContain("DFU/");
        assertThat(report.resolve("README.txt")).content().contains("release 2026-11-23.1\n");
        assertThat(fpw.run("rejections", "--force", kent.toString(), "--report", report.toString())
                        .exitCode())
                .isEqualTo(2);

        Path xlsx = folder.toRealPath().resolve("begin/xlsx");
        fpw.succeed("export", "--force", kent.toString(), "--format", "xlsx", "--to", xlsx.toString());
        assertThat(xlsx.resolve("kent-2026-11-23.1.xlsx")).isRegularFile();

        Path csv = folder.toRealPath().resolve("begin/csv");
        fpw.succeed("export", "--force", kent.toString(), "--format", "csv", "--to", csv.toString());
        assertThat(csv.resolve("queue_monthly.csv"))
                .content()
                .startsWith("\uFEFFforce,")
                .contains(",'+laptop,");
        assertThat(fpw.succeed("export", "2026-11-23.1", "--force", kent.toString())
                        .out())
                .isEqualTo("Release 2026-11-23.1 is in " + kent.resolveSibling("var/kent/exports/2026-11-23.1") + "\n");
        assertThat(Files.readString(
                        kent.resolveSibling("var/kent/exports/2026-11-23.1/dim_queue.parquet"),
                        StandardCharsets.ISO_8859_1))
                .as("descriptions in the file itself")
                .contains("iceberg.schema", "\"doc\":\"Display name.\"");
        assertThat(refusedExport(fpw, kent))
                .isEqualTo("fpw: there is no release 2026-11-22.1; releases: [2026-11-23.1]\n");
        canBeKept(fpw, kent);
    }

    private static void canBeKept(Installation fpw, Path kent) {
        String force = kent.toString();
        assertThat(fpw.succeed("pin", "2026-11-23.1", "inspection-2026", "--force", force)
                        .out())
                .isEqualTo("Release 2026-11-23.1 is pinned as inspection-2026.\n");
        assertThat(fpw.succeed("releases", "--force", force).out().lines().skip(1))
                .singleElement()
                .asString()
                .startsWith("* 2026-11-23.1 ")
                .endsWith(" inspection-2026");
        Installation.Outcome taken = fpw.run("pin", "2026-11-23.1", "other", "--force", force);
        assertThat(taken.exitCode()).isEqualTo(2);
        assertThat(taken.err())
                .isEqualTo("fpw: release 2026-11-23.1 is pinned as inspection-2026 already; unpin that first: fpw "
                        + "unpin inspection-2026\n");
        assertThat(fpw.succeed("unpin", "inspection-2026", "--force", force).out())
                .startsWith("Release 2026-11-23.1 is no longer pinned as inspection-2026;");
        assertThat(fpw.succeed("keep", "2026-11-23.1", "by-its-former-name", "--force", force)
                        .out())
                .isEqualTo("Release 2026-11-23.1 is pinned as by-its-former-name.\n");
        assertThat(fpw.succeed("keep", "--give-up", "by-its-former-name", "--force", force)
                        .out())
                .startsWith("Release 2026-11-23.1 is no longer pinned as by-its-former-name;");
        assertThat(fpw.succeed("releases", "--force", force).out()).doesNotContain("inspection-2026");
    }

    private static List<String> preview(Installation fpw, TrialForce force, String from, String to) {
        return fpw.succeed("nightly", "--force", force.folder().toString(), "--from", from, "--to", to, "--preview")
                .out()
                .lines()
                .toList();
    }

    private static String refusedExport(Installation fpw, Path force) {
        Installation.Outcome outcome = fpw.run("export", "2026-11-22.1", "--force", force.toString());
        assertThat(outcome.exitCode()).isEqualTo(2);
        return outcome.err();
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
