package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.cli.force.ProfileCommand;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/** {@code fpw profile} and {@code fpw test} without Spark and without a database. */
@Tag("time-zone")
class ProfileAndTestCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeForce() {
        assertThat(run(Map.of(), "init", "my-force")).isZero();
        out.reset();
    }

    @Test
    void programsGetCountsShapesAndTheDraft() throws IOException {
        String file = "my-force/drop/devices_2026-11-23.csv";
        assertThat(run(Map.of(), "profile", file, "--out", "my-force/feeds/seized.yml", "--format", "json"))
                .isZero();
        JsonNode profile = CommandOutput.of("profile", text(out));

        assertThat(profile.get("source").asText()).isEqualTo("devices_2026-11-23.csv");
        assertThat(profile.get("row_count").asInt()).isEqualTo(5);
        assertThat(profile.get("keys").get(0).toString()).isEqualTo("[\"Exhibit\"]");
        assertThat(profile.get("columns").get(0).get("use").asText()).isEqualTo("pseudonymise");
        assertThat(profile.get("draft").get("feed").asText()).isEqualTo("seized");
        assertThat(profile.get("draft").get("needs_pseudonym_key").asBoolean()).isTrue();
        assertThat(Files.readString(folder.resolve("my-force/feeds/seized.yml")))
                .isEqualTo(profile.get("draft").get("yaml").asText());
        assertThat(text(out)).doesNotContain("PC 1", "DFU/1", "C-101");
    }

    @Test
    void feedThatAProfileWritesIsAcceptedByCheckAsItIs() throws IOException {
        Files.copy(
                folder.resolve("my-force/drop/devices_2026-11-23.csv"),
                folder.resolve("my-force/drop/seized things.csv"));
        assertThat(run(
                        Map.of(),
                        "profile",
                        "my-force/drop/seized things.csv",
                        "--force",
                        "my-force",
                        "--out",
                        "my-force/feeds/seized.yml"))
                .isZero();
        assertThat(text(out))
                .startsWith("seized things.csv: 5 rows, 7 columns; UTF-8, fields separated by ',', quoted by '\"'\n")
                .endsWith("""
                        The feed is in my-force/feeds/seized.yml: read it, resolve the decisions in its \
                        comments; then run fpw check.
                        A run needs a secret key for it, see 'Privacy' in docs/force-folder.md.
                        """)
                .doesNotContain("PC 1", "DFU/1", "C-101");
        assertThat(Files.readString(folder.resolve("my-force/feeds/seized.yml")))
                .contains("feed: seized\n", "file: \"seized things.csv\"\n")
                .doesNotContain("PC 1", "DFU/1", "C-101");
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(run(
                        Map.of(),
                        "profile",
                        "my-force/drop/devices_2026-11-23.csv",
                        "--out",
                        "my-force/feeds/seized.yml"))
                .isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("fpw: --out: " + folder.resolve("my-force/feeds/seized.yml")
                        + " already exists, and is not overwritten; use another file, or move it away\n");
    }

    @Test
    void withoutOutTheFeedIsPrinted() {
        assertThat(run(Map.of("FPW_FORCE", "my-force"), "profile", "drop.devices_2026-11-23.csv"))
                .isZero();
        assertThat(text(out))
                .contains(
                        "\nThe feed, for feeds/devices.yml (--out writes it):\n\n# A draft that fpw profile wrote "
                                + "from devices_2026-11-23.csv: 5 rows, 7 columns.\n",
                        "\nconnection: drop\n");
    }

    @Test
    void sourcesThatAreNotThereAreSaid() {
        assertRefused(
                "there is no file " + folder.resolve("nowhere.csv")
                        + "; correct the path, or give the force folder whose connection 'nowhere' is meant with "
                        + "--force, or name the database of a table with --url and --table",
                "profile",
                "nowhere.csv");
        assertRefused(
                "there is neither a file dfu.exhibit nor a connection 'dfu' in connections.yml; the connections "
                        + "are drop",
                "profile",
                "dfu.exhibit",
                "--force",
                "my-force");
        assertRefused(
                folder.resolve("my-force/drop/other.csv") + ": does not exist; correct the path",
                "profile",
                "drop.other.csv",
                "--force",
                "my-force");
        assertRefused(
                "there is no file " + folder.resolve("a/b.csv")
                        + "; correct the path, or specify a table as CONNECTION.TABLE, or with --url and --table",
                "profile",
                "a/b.csv");
        assertRefused(
                folder.resolve("my-force/drop") + ": is a folder; specify a file in it", "profile", "my-force/drop");
        assertRefused(
                "--out Feed.yaml: the file of a feed has the name of the feed (lower-case letters, digits "
                        + "and _) and ends in .yml; use a name such as devices.yml",
                "profile",
                "my-force/drop/devices_2026-11-23.csv",
                "--out",
                "Feed.yaml");
    }

    @Test
    void fullDiskIsSaidAndMayBeTriedAgain() {
        FpwException full = ProfileCommand.unavailable(
                new UncheckedIOException(
                        "cannot write a temporary file to /scratch", new IOException("No space left on device")),
                folder);
        assertThat(full)
                .hasMessage("cannot write a temporary file to /scratch: the disk is full; free "
                        + "some space, and profile again");
        assertThat(full.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(ProfileCommand.unavailable(
                        new UncheckedIOException("list.yml cannot be written", new IOException("Input/output error")),
                        folder))
                .hasMessage("list.yml cannot be written: Input/output error; check the storage, and profile again");
    }

    @Test
    void fileThatIsNotValidIsAnErrorOfTheCommandAndNamesNoFeed() throws IOException {
        Path file = folder.resolve("list.csv");
        Files.writeString(file, "ref,kind\nA,x\nB,\"y\n");
        assertRefused(
                file
                        + ":3: a quote (\") opens here but is never closed; the file is truncated, or a "
                        + "quote in a value is not doubled: ask the source to write \"\" for a quote in a value",
                "profile",
                "list.csv");
        Files.writeString(file, "\nref,kind\nA,x\n");
        assertRefused(
                file
                        + ":1: the first line is empty, but must be the header; ask the source to "
                        + "write the header on the first line",
                "profile",
                "list.csv");
    }

    @Test
    void h2IsNoSourceUnlessTheInstallationNamesIt() throws IOException {
        Path connections = folder.resolve("my-force/connections.yml");
        Files.writeString(
                connections,
                Files.readString(connections) + "  - {name: lab, kind: jdbc, url: 'jdbc:h2:file:"
                        + folder.resolve("lab") + "', user: reader}\n");
        assertThat(run(Map.of(), "profile", "lab.device", "--force", "my-force"))
                .isEqualTo(2);
        assertThat(text(err)).contains("connection 'lab': url: is an H2 database, which can contain Java code");
    }

    @Test
    void tableIsProfiledBeforeThereIsAForceFolderAndItsDraftIsAccepted() throws IOException, SQLException {
        String url = "jdbc:h2:file:" + folder.resolve("systems/dfu");
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create table exhibit as select 'EX/' || x as ref, dateadd(day, x, date '2026-01-01') as "
                    + "seized_on, mod(x, 3) as kind from system_range(1, 40)");
            statement.execute("create user fpw_reader password 'reader'");
            statement.execute("grant select on exhibit to fpw_reader");
        }
        Path lab = Files.createDirectory(folder.resolve("lab"));
        String[] arguments = {
            "profile",
            "--url",
            url,
            "--table",
            "exhibit",
            "--user",
            "fpw_reader",
            "--password-variable",
            "FPW_LAB_PASSWORD"
        };
        Map<String, String> environment =
                Map.of("FPW_H2_SOURCES", folder.resolve("systems").toString(), "FPW_LAB_PASSWORD", "reader");
        assertThat(run(environment, lab, arguments)).isZero();
        String entry = "  - {name: dfu, kind: jdbc, url: \"" + url
                + "\", user: \"fpw_reader\", password_variable: \"FPW_LAB_PASSWORD\"}";
        assertThat(text(out))
                .startsWith("exhibit: 40 rows, 3 columns\n")
                .contains(
                        "\nThe connection, for connections.yml:\n\n" + entry + "\n\nThe feed, for feeds/exhibit.yml",
                        "\nconnection: dfu\ntable: \"exhibit\"\n",
                        "{name: seized_on, from: \"SEIZED_ON\", type: date, privacy: not_personal}")
                .doesNotContain("EX/1", "reader\n");

        out.reset();
        assertThat(run(environment, lab, with(arguments, "--rows", "10", "--format", "json", "--out", "exhibit.yml")))
                .isZero();
        JsonNode profile = CommandOutput.of("profile", text(out));
        assertThat(profile.get("row_count").asInt()).isEqualTo(10);
        assertThat(profile.get("is_sample").asBoolean()).isTrue();
        assertThat(profile.get("draft").get("connection").asText()).isEqualTo(entry.strip());

        Path connections = folder.resolve("my-force/connections.yml");
        Files.writeString(connections, Files.readString(connections) + entry + "\n");
        Files.move(lab.resolve("exhibit.yml"), folder.resolve("my-force/feeds/exhibit.yml"));
        assertThat(run(environment, "check", "--quick", "--force", "my-force")).isZero();

        assertRefused(
                "--password-variable: the environment variable FPW_LAB_PASSWORD is not set; set it to the password of "
                        + "'fpw_reader', or leave the option out if the database needs none",
                Map.of("FPW_H2_SOURCES", folder.resolve("systems").toString()),
                arguments);
        assertRefused(
                "--url: is an H2 database, which can contain Java code, and its folder or port is not allowed in the "
                        + "environment; use another kind of database; for a trial with a database of your own, set "
                        + "FPW_H2_SOURCES=" + folder.resolve("systems").toRealPath(),
                Map.of(),
                arguments);
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void testNeedsAnExample() throws IOException {
        assertRefused(
                "there is no example 'leaving' in " + folder.resolve("my-force") + "; there are how_they_leave",
                "test",
                "leaving",
                "--force",
                "my-force");
        Files.delete(folder.resolve("my-force/examples/how_they_leave.yml"));
        assertRefused(
                folder.resolve("my-force")
                        + " has no examples; add one in examples/<name>.yml, as described in docs/force-folder.md",
                "test",
                "--force",
                "my-force");
    }

    @Test
    void errorInAnExampleIsNamedBeforeSparkIsStarted() throws IOException {
        Path example = folder.resolve("my-force/examples/how_they_leave.yml");
        Files.writeString(example, Files.readString(example).replace("event: withdrawn,", "event: withdrawm,"));
        assertThat(run(Map.of(), "test", "--force", "my-force")).isEqualTo(2);
        assertThat(text(err)).isEqualTo("""
                fpw: the force folder has 1 error:
                  examples/how_they_leave.yml:15: expect.events[3].event: there is no event 'withdrawm'; did you mean \
                'withdrawn'?
                """);
    }

    private void assertRefused(String message, String... arguments) {
        assertRefused(message, Map.of(), arguments);
    }

    private void assertRefused(String message, Map<String, String> environment, String... arguments) {
        err.reset();
        assertThat(run(environment, arguments)).isEqualTo(2);
        assertThat(text(err)).isEqualTo("fpw: " + message + "\n");
    }

    private int run(Map<String, String> environment, String... arguments) {
        return run(environment, folder, arguments);
    }

    private int run(Map<String, String> environment, Path workingFolder, String... arguments) {
        return FpwHere.run(FpwHere.context(environment, workingFolder, Clock.systemUTC(), out, err), arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
