package uk.fpw.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.FpwHere;

/** {@code fpw demo} as a command among others; {@link DemoIT} tests its output. */
class DemoCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void helpListsTheDemoBetweenTheOtherCommandsAndBeginsWithIt() {
        assertThat(run("--help")).isZero();
        assertThat(text(out))
                .containsPattern("(?s)\\n  test  .*\\n  demo  .*\\n  completion  ")
                .endsWith("Start with: ./fpw demo" + System.lineSeparator());
        out.reset();
        assertThat(run("demo", "--help")).isZero();
        assertThat(text(out)).startsWith("Usage: fpw demo ").contains("fpw demo boston");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void completionKnowsTheDemoAndItsForces() {
        assertThat(run("completion")).isZero();
        String script = text(out);
        String function = script.substring(script.indexOf("function _picocli_fpw_demo() {"));
        assertThat(function.substring(0, function.indexOf("\n}\n")))
                .contains("--help", "--version", "fenmarch", "boston");
    }

    @Test
    void demoWithoutItsExampleSaysWhereItLooked() {
        assertThat(run("demo")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: the example is not available: "
                        + folder.resolve("examples/fenmarch") + " is missing; run the demo from a source checkout\n");
        err.reset();
        assertThat(run("demo", "boston")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: the example is not available: "
                        + folder.resolve("examples/boston-311") + " is missing; run the demo from a source checkout\n");
    }

    @Test
    void demoLeavesFoldersAloneThatItDidNotMake() throws IOException {
        Path systems = Files.createDirectories(folder.resolve("systems"));
        DemoFolder.recreate(folder.resolve("made"));
        DemoFolder.recreate(folder.resolve("made"));
        assertThatThrownBy(() -> DemoFolder.recreate(systems))
                .hasMessage(systems
                        + " already exists and was not created by the demo; move it away, then run the demo again");
    }

    private int run(String... arguments) {
        return FpwHere.run(
                Map.of(),
                folder,
                folder,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
