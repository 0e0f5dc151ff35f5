package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FpwTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpListsEveryCommandAndExitCode() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(text(out))
                .contains("nightly", "check", "query", "status", "releases", "demo")
                .contains("5     The candidate failed its audit; the previous release stands.")
                .contains("6     Another night is running; a retry may help.");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void everyCommandHasItsOwnHelp() {
        for (String command : new String[] {"nightly", "check", "status", "releases", "demo"}) {
            out.reset();
            assertThat(run(Map.of(), command, "--help")).isZero();
            assertThat(text(out)).startsWith("Usage: fpw " + command);
        }
    }

    @Test
    void unknownCommandIsRefusedWithWhatMayHaveBeenMeant() {
        assertThat(run(Map.of(), "nigtly")).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: Unmatched argument at index 0: 'nigtly'
                        Did you mean: fpw nightly?
                        Try fpw --help
                        """);
    }

    @Test
    void noCommandIsRefused() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: say what to do: one of the commands that --help lists
                        Try fpw --help
                        """);
    }

    @Test
    void dateThatIsNoneIsRefused() {
        assertThat(run(Map.of(), "nightly", "--date", "12.1.2016")).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: Invalid value for option '--date': '12.1.2016' is not a date; write it like 2016-01-12
                        Try fpw nightly --help
                        """);
    }

    @Test
    void forceThatIsNotSaidIsAskedFor() {
        assertThat(run(Map.of(), "nightly")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: which force? " + folder
                        + " holds no force.yml; give its folder with --force DIR, or set FPW_FORCE to it\n");
    }

    @Test
    void folderThatIsNotThereIsNamed() {
        assertThat(run(Map.of("FPW_FORCE", "kent"), "check")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: FPW_FORCE=kent: there is no folder " + folder.resolve("kent")
                        + "; name the folder that holds force.yml\n");
    }

    @Test
    void folderWithoutForceFileIsNamed() throws IOException {
        Files.createDirectory(folder.resolve("kent"));
        assertThat(run(Map.of(), "status", "--force", "kent")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: --force kent: " + folder.resolve("kent")
                        + " is not a force folder, it holds no force.yml; name the folder that does\n");
    }

    @Test
    void mistakesInTheForceFolderAreAllListed() throws IOException {
        Files.writeString(folder.resolve("force.yml"), "force: Kent Police\nzone: Europe/Londn\n");
        assertThat(run(Map.of(), "check", "--quick")).isEqualTo(2);
        assertThat(text(err))
                .startsWith("fpw: the force folder has ")
                .contains("force.yml:1: force: ")
                .contains("force.yml:2: zone: ");
    }

    @Test
    void queryBehindOptionsIsSentToTheFront() {
        assertThat(run(Map.of(), "query", "select 1")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines(
                        "fpw: 'query' must be the first argument, so that the launcher finds it: ./fpw query select 1\n");
    }

    @Test
    void demoWithoutItsExampleSaysWhereItLooked() {
        assertThat(run(Map.of(), "demo")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: the example is not here: " + folder.resolve("examples/boston-311")
                        + " is missing; run the demo from a checkout of the sources\n");
    }

    private int run(Map<String, String> environment, String... arguments) {
        return Fpw.commandLine(new Surroundings(
                        environment,
                        folder,
                        folder.resolve("lib"),
                        folder,
                        Clock.systemUTC(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)))
                .execute(arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
