package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every reading command before the first night: there is no embedded database yet. */
class NothingLoadedIT {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Map<String, String> further = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** The last lines of force.yml, which name the database; empty for the embedded one. */
    String storage() {
        return "";
    }

    /** How the message describes the state of that database. */
    String state() {
        return "it has no database";
    }

    Map<String, String> environment() {
        return Map.of("FPW_PSEUDONYM_KEY", "00112233".repeat(8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            check --quick                                            | 0 | out
            check --quick --date 2026-11-23                          | 0 | out
            status                                                   | 0 | out
            status --fail-unless-released-by 07:00                   | 7 | out
            releases                                                 | 0 | out
            releases --tables                                        | 0 | out
            releases --format json                                   | 0 | err
            rejections                                               | 0 | out
            rejections --date 2026-11-23 --feed devices              | 0 | out
            rejections --format csv                                  | 0 | err
            rejections --format json                                 | 0 | err
            nightly --from 2026-11-22 --to 2026-11-23 --preview      | 0 | out
            export                                                   | 4 | err
            export 2026-11-23.1 --format csv                         | 4 | err
            pin 2026-11-23.1 inspection                              | 4 | err
            unpin inspection                                         | 4 | err
            accept devices:deleted --date 2026-11-23 --reason cleared | 4 | err
            withdraw release 2026-11-23.1 --reason wrong             | 4 | err
            withdraw load 2026-11-23.0a1b --reason wrong             | 4 | err
            relocate                                                 | 4 | err
            """)
    void commandSaysThatNothingHasBeenLoadedYetAndWhatToDo(String command, int exitCode, String where)
            throws IOException {
        init();

        assertThat(run(command.split(" "))).as(text(out) + text(err)).isEqualTo(exitCode);
        assertThat(text(where.equals("out") ? out : err))
                .contains(
                        "nothing has been loaded into the warehouse " + folder.resolve("var/kent") + " yet (" + state()
                                + "). The first run creates its tables: fpw nightly; "
                                + "fpw check --date D shows whether it can start\n");
        assertThat(folder.resolve("var/kent")).doesNotExist();
    }

    @Test
    void nightMayBeginAndEveryNightOfAPreviewWouldRun() throws IOException {
        init();

        assertThat(run("check", "--quick", "--date", "2026-11-23")).isZero();
        assertThat(text(out)).contains("a run for 2026-11-23 can start\n");
        assertThat(run("nightly", "--from", "2026-11-22", "--to", "2026-11-23", "--preview"))
                .isZero();
        assertThat(text(out))
                .endsWith("  2026-11-22  would run\n  2026-11-23  would run\n2 would be run. This was a preview, "
                        + "nothing was done\n");
    }

    @Test
    void badPseudonymKeyIsRefusedBeforeADatabaseIsMade() throws IOException {
        init();
        further.put("FPW_PSEUDONYM_KEY", "0b0b");

        assertThat(run("ingest", "--date", "2026-11-23")).isEqualTo(2);
        assertThat(text(err))
                .startsWith("fpw: FPW_PSEUDONYM_KEY contains a pseudonym key of 2 bytes, which is too short");
        assertThat(folder.resolve("var/kent")).doesNotExist();
    }

    @Test
    void programsGetAnEmptyList() throws IOException {
        init();

        assertThat(run("releases", "--format", "json")).isZero();
        assertThat(CommandOutput.of("releases", text(out))).isEmpty();
        assertThat(run("rejections", "--format", "json")).isZero();
        assertThat(CommandOutput.of("rejections", text(out))).isEmpty();
        assertThat(run("rejections", "--format", "csv")).isZero();
        assertThat(text(out).lines())
                .containsExactly("kind,feed,business_date,code,field,row_count,line_number,row_key,message");
    }

    @Test
    @Tag("thorough")
    void whatWasLoadedIsThereAfterTheFirstIngest() throws IOException {
        init();

        assertThat(run("ingest", "devices", "--date", "2026-11-23"))
                .as(text(err))
                .isZero();
        assertThat(run("status")).isZero();
        assertThat(text(out)).contains("Release: none yet\n").contains("  devices  2026-11-23  loaded ");
        for (String command : new String[] {"releases", "rejections", "check --quick --date 2026-11-23"}) {
            assertThat(run(command.split(" "))).as(text(err)).isZero();
            assertThat(text(out)).doesNotContain("nothing has been loaded");
        }
    }

    @Test
    void databaseThatIsEmptyBesideAFolderThatIsNotIsSaidToBeLost() throws IOException {
        init();
        assertThat(run("ingest", "devices", "--date", "2026-11-23"))
                .as(text(err))
                .isZero();
        lose();

        for (String command : new String[] {"status", "releases", "rejections", "check --quick", "relocate"}) {
            assertThat(run(command.split(" "))).isEqualTo(2);
            assertThat(text(err))
                    .contains("but its folder contains warehouse ")
                    .contains("Restore database and folder from the same backup");
        }
    }

    /** Removes the database but not the folder. */
    void lose() throws IOException {
        Files.delete(folder.resolve("var/kent/fpw.mv.db"));
    }

    void init() throws IOException {
        folder = folder.toRealPath();
        assertThat(run("init", "kent")).as(text(err)).isZero();
        Files.writeString(
                folder.resolve("kent/force.yml"), Files.readString(folder.resolve("kent/force.yml")) + storage());
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        Path kent = folder.resolve("kent");
        Map<String, String> environment = new HashMap<>(environment());
        environment.putAll(further);
        if (!arguments[0].equals("init")) {
            environment.put("FPW_FORCE", kent.toString());
        }
        return FpwHere.run(FpwHere.context(environment, folder, CLOCK, out, err), arguments);
    }

    static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
