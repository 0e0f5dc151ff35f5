package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.CommandOutput;

/** The folder that {@code fpw init} writes, from its night to the exports of its release. */
@Tag("thorough")
class InitFolderIT {

    @TempDir
    private static Path folder;

    @Test
    void theFolderOfInitRunsANightWhoseRejectionsAndExportsCanBeSeen() throws IOException {
        Installation fpw = Installation.here(Files.createDirectories(folder.resolve("begin")));
        Path kent = folder.toRealPath().resolve("begin/kent");
        fpw.succeed("init", kent.toString());
        Path list = kent.resolve("drop/devices_2026-11-23.csv");
        Files.writeString(
                list,
                Files.readString(list)
                        + "DFU/6,C-105,=phone,20/11/2026,19/11/2026,,PC 3\nDFU/7,C-106,+laptop,19/11/2026,,,PC "
                        + "3\nDFU/8,C-107,phone,31/11/2026,,,PC 3\n");
        Path feed = kent.resolve("feeds/devices.yml");
        Files.writeString(
                feed,
                Files.readString(feed)
                        .replace("\nignored:", "\nlimits: {max_refused_share: 0.5}\nignored:")
                        .replace("[computer, phone, tablet]", "[computer, phone, tablet, +laptop]"));
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
        assertThat(CommandOutput.of(
                                "check",
                                fpw.succeed("check", "--force", kent.toString(), "--format", "json")
                                        .out())
                        .get("are_queries_valid")
                        .asBoolean())
                .isTrue();
        fpw.succeed("nightly", "--force", kent.toString(), "--date", "2026-11-23");

        String rejections =
                fpw.succeed("rejections", "--force", kent.toString()).out();
        assertThat(rejections.lines().limit(9))
                .containsExactly(
                        "Of release 2026-11-23.1, data as at 2026-11-23",
                        "",
                        "Refused: rows that could not be stored, with no accepted version of their key since",
                        "  devices 2026-11-23  UNPARSABLE received_on: 1 row",
                        "    line 9: received_on is not an existing date, written 'dd/MM/yyyy' (the value: dd/dd/dddd)",
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
        assertThat(rejectionKeys(fpw, kent)).containsOnlyNulls();
        assertThat(rejectionKeys(fpw, kent, "--reason", "to find the row")).anyMatch(key -> key != null);
        assertThat(fpw.succeed("looks", "--force", kent.toString()).out())
                .contains("fpw rejections", "ops.refusal", "to find the row");

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
                .isEqualTo(
                        "Release 2026-11-23.1 is pinned as inspection-2026.\nThe pages of kept releases are listed in "
                                + kent.resolveSibling("var/kent/site/releases/index.html") + "\n");
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
        assertThat(fpw.succeed("releases", "--force", force).out()).doesNotContain("inspection-2026");
    }

    private static String refusedExport(Installation fpw, Path force) {
        Installation.Outcome outcome = fpw.run("export", "2026-11-22.1", "--force", force.toString());
        assertThat(outcome.exitCode()).isEqualTo(2);
        return outcome.err();
    }

    /** The keys that {@code fpw rejections} shows, null for none. */
    private static List<@Nullable String> rejectionKeys(Installation fpw, Path force, String... more) {
        String[] arguments = Stream.concat(
                        Stream.of("rejections", "--force", force.toString(), "--format", "json"), Arrays.stream(more))
                .toArray(String[]::new);
        List<@Nullable String> keys = new ArrayList<>();
        Installation.rows(fpw.succeed(arguments))
                .forEach(row -> keys.add(
                        row.get("row_key").isNull() ? null : row.get("row_key").asText()));
        return keys;
    }
}
