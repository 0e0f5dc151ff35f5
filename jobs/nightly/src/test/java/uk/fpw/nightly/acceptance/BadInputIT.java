package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a night reports about wrong input, while yesterday's release stays current. One good night, then one bad night
 * per error, all of the next date.
 */
class BadInputIT {

    private static final LocalDate BAD = LocalDate.of(2025, 3, 2);
    private static final String GOOD_RELEASE = "2025-03-01.1";

    private static final int CONFIGURATION = 2;
    private static final int BAD_DATA = 3;
    private static final int UNAVAILABLE = 4;

    @TempDir
    private static Path folder;

    private static Installation fpw;
    private static TrialForce force;
    private static Path definitions;
    private static Connection database;

    @BeforeAll
    static void aGoodNight() throws SQLException {
        fpw = Installation.here(folder);
        force = KeptNights.first(fpw, folder);
        definitions = TestForceFolders.copy(force.folder(), folder.resolve("definitions"));
        assertThat(force.currentRelease()).isEqualTo(GOOD_RELEASE);
        database = force.keepOpen();
    }

    @AfterAll
    static void closeDatabase() throws SQLException {
        database.close();
    }

    @BeforeEach
    void dropValidFiles() {
        force.drop(BAD);
    }

    @AfterEach
    void mendTheForceFolder() throws IOException {
        for (String file :
                List.of("staging/receipts.sql", "staging/withdrawals.sql", "queues/awaiting_examination.yml")) {
            Files.write(force.folder().resolve(file), Files.readAllBytes(definitions.resolve(file)));
        }
    }

    @Tag("thorough")
    @Test
    void aMissingFile() throws IOException {
        Files.delete(force.devicesFile(BAD));

        theNightFails(
                UNAVAILABLE,
                force.devicesFile(BAD) + ": the file does not exist",
                "feeds/devices.yml",
                "check that the source has delivered it, or correct 'file'");
    }

    @Tag("thorough")
    @Test
    void anEmptyFile() {
        force.writeDevices(BAD, "", StandardCharsets.UTF_8);

        theNightFails(
                BAD_DATA,
                force.devicesFile(BAD) + ": the file is empty (0 bytes)",
                "replace it with a complete extract");
    }

    @Tag("thorough")
    @Test
    void aFileWithAHeaderOnly() {
        force.writeDevices(BAD, List.of(TrialForce.HEADER));

        theNightFails(
                BAD_DATA,
                force.devicesFile(BAD) + ": ",
                "fewer than limits.min_rows: 10 in feeds/devices.yml",
                "check whether the extract is complete, or lower the limit");
    }

    @Tag("thorough")
    @Test
    void aFileCutWithinARow() {
        String whole = String.join("\n", TrialForce.devices(BAD));
        force.writeDevices(BAD, whole.substring(0, whole.lastIndexOf(',') - 12), StandardCharsets.UTF_8);

        theNightFails(
                BAD_DATA,
                force.devicesFile(BAD) + ":201: the file is truncated: its last row has ",
                "replace it with a complete extract");
    }

    @Test
    void aFileCutBetweenRows() {
        force.writeDevices(BAD, TrialForce.devices(BAD).subList(0, 101));

        theNightFails(
                BAD_DATA,
                force.devicesFile(BAD) + ": 100 of 200 rows (50.0 %) deleted: 100 missing from the file",
                "more than limits.max_deleted_share: 0.2 in feeds/devices.yml",
                "fpw accept devices:deleted --date " + BAD);
    }

    @Tag("thorough")
    @Test
    void aTruncatedGzip() {
        byte[] whole = TrialForce.gzip(String.join("\n", TrialForce.exits(BAD)) + "\n");
        force.writeExits(BAD, Arrays.copyOf(whole, whole.length - 20));

        theNightFails(
                BAD_DATA,
                force.exitsFile(BAD) + ": the file is truncated: its gzip content ends early",
                "replace it with a complete extract");
    }

    @Tag("thorough")
    @Test
    void aHeaderWithMissingNewAndRenamedColumns() {
        List<String> lines = new ArrayList<>(TrialForce.devices(BAD));
        lines.set(0, "DEVICE,SUSPECT,RECEIVED_ON,KIND,REMARKS,OFFICER");
        force.writeDevices(BAD, lines);

        theNightFails(
                BAD_DATA,
                force.devicesFile(BAD) + ":1: the header is not what feeds/devices.yml declares",
                "missing: ",
                "EXAMINED",
                "RECEIVED (likely renamed to RECEIVED_ON)",
                "not declared: OFFICER",
                "correct 'from' of the renamed columns");
    }

    @Tag("thorough")
    @Test
    void anotherEncoding() {
        String text = String.join("\n", TrialForce.devices(BAD)) + "\n";
        force.writeDevices(BAD, text.replaceFirst("phone", "t\u00e9l\u00e9phone"), Charset.forName("windows-1252"));

        theNightFails(
                BAD_DATA,
                force.devicesFile(BAD) + ":2: the bytes E9 are not UTF-8, the encoding that feeds/devices.yml declares",
                "ask the source to write UTF-8, or correct format.encoding");
    }

    @Tag("thorough")
    @Test
    void aQuoteThatIsNeverClosed() {
        List<String> lines = new ArrayList<>(TrialForce.devices(BAD));
        lines.set(7, lines.get(7).replace(",tablet,", ",\"tablet,"));
        force.writeDevices(BAD, lines);

        theNightFails(
                BAD_DATA,
                force.devicesFile(BAD) + ":",
                "quote",
                "ask the source to write \"\" for a quote in a value, or correct format.quote in feeds/devices.yml");
    }

    @Tag("thorough")
    @Test
    void datesThatDoNotExist() {
        List<String> lines = new ArrayList<>(TrialForce.devices(BAD));
        for (int line : List.of(10, 20, 30)) {
            lines.set(line, lines.get(line).replaceFirst(",202\\d-\\d\\d-\\d\\d,", ",2025-02-30,"));
        }
        force.writeDevices(BAD, lines);

        Installation.Outcome night = theNightFails(
                BAD_DATA,
                force.devicesFile(BAD) + ": 3 of 200 rows (1.5 %) cannot be stored",
                "limits.max_refused_share: 0.01 in feeds/devices.yml",
                "line 11: ",
                "received_on",
                "is not an existing date",
                "(the value: dddd-dd-dd)",
                "correct the file or the feed's columns");
        assertThat(night.err() + night.out()).doesNotContain(",S0");
    }

    @Tag("thorough")
    @Test
    void aKeyThatOccursTwice() {
        List<String> lines = new ArrayList<>(TrialForce.devices(BAD));
        lines.addAll(
                TrialForce.devices(BAD).subList(1, 3)); // exactly: one of each is taken, and the others are no fault
        lines.add(lines.get(3).replace(",tablet,", ",phone,")); // with another value: none is
        lines.add(lines.get(3).replace(",tablet,", ",laptop,"));
        force.writeDevices(BAD, lines);

        theNightFails(
                BAD_DATA,
                force.devicesFile(BAD) + ": 3 of 204 rows (1.5 %) cannot be stored",
                "line 4: a later row has the same key with other values; none of them is loaded",
                "line 204: the row in line 4 has the same key; the rows differ, so none of them is loaded",
                "correct the file or the feed's columns");
    }

    /** Both in one night: all errors are listed at once. */
    @Test
    void aStagingQueryThatFailsAndOneThatYieldsOtherColumns() {
        force.edit("staging/receipts.sql", "received_on as occurred_on", "recieved_on as occurred_on");
        force.edit("staging/withdrawals.sql", "3 as event_order", "3 as event_order,\n    'x' as reason");

        theNightFails(
                CONFIGURATION,
                "staging/receipts.sql:7: ",
                "recieved_on",
                "received_on",
                "staging/withdrawals.sql: reason: the query returns this column, which staging/withdrawals.yml does "
                        + "not declare",
                "remove it, or add it to 'attributes'");
    }

    @Tag("thorough")
    @Test
    void aQueueThatNamesAnEventNobodyEmits() {
        force.edit("queues/awaiting_examination.yml", "event: examined, as", "event: examind, as");

        theNightFails(
                CONFIGURATION,
                "queues/awaiting_examination.yml:9: leaves[0].event: no staging query of item kind 'device' "
                        + "declares the event 'examind'",
                "examined");
    }

    @Test
    void aFolderThatIsNotAForceFolder() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));

        for (String command : List.of("nightly", "check", "query")) {
            List<String> arguments = new ArrayList<>(List.of(command, "--force", other.toString()));
            if (command.equals("nightly")) {
                arguments.addAll(List.of("--date", BAD.toString()));
            }
            if (command.equals("query")) {
                arguments.add("select 1");
            }
            Installation.Outcome outcome = fpw.run(arguments.toArray(String[]::new));
            assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(CONFIGURATION);
            assertThat(outcome.err()).contains("force.yml");
        }
    }

    private static Installation.Outcome theNightFails(int exitCode, String... words) {
        Installation.Outcome night =
                fpw.run("nightly", "--force", force.folder().toString(), "--date", BAD.toString());

        assertThat(night.exitCode()).as(night.toString()).isEqualTo(exitCode);
        assertThat(night.err()).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(force.currentRelease()).isEqualTo(GOOD_RELEASE);
        assertThat(fpw.query(force.folder(), "select distinct release_id, data_as_at from mart.queue_daily")
                        .toString())
                .isEqualTo("[{\"release_id\":\"2025-03-01.1\",\"data_as_at\":\"2025-03-01\"}]");
        Installation.Outcome releases =
                fpw.succeed("releases", "--force", force.folder().toString());
        assertThat(releases.out()).contains(GOOD_RELEASE).doesNotContain(BAD + ".");
        return night;
    }
}
