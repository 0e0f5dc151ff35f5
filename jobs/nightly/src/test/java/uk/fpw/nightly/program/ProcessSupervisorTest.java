package uk.fpw.nightly.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.nightly.program.ProcessSupervisor.Exchange;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/** The outcomes of a child process, with a shell in its place. */
class ProcessSupervisorTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH", "/usr/bin:/bin",
            "LC_ALL", "C.UTF-8",
            "FPW_AUDIT_MEMORY", "2GB",
            "SPARK_CONF_DIR", "/etc/spark",
            "FPW_PSEUDONYM_KEY", "0011",
            "DFU_PASSWORD", "secret",
            "JAVA_TOOL_OPTIONS", "-Dx");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void install() throws IOException {
        for (String part : List.of("query", "audit", "app")) {
            Files.createDirectories(folder.resolve("lib").resolve(part));
        }
    }

    @Test
    void programSeesWhatItsDescriptionListsAndNoSecret() throws IOException {
        Path seen = folder.resolve("seen");
        run(processes("env >" + seen + "; echo 1 >" + result()), null);

        assertThat(Files.readAllLines(seen).stream()
                        .map(line -> line.substring(0, line.indexOf('=')))
                        .filter(ENVIRONMENT::containsKey))
                .containsExactlyInAnyOrder("PATH", "LC_ALL", "FPW_AUDIT_MEMORY");
        assertThat(ENVIRONMENT.keySet().stream().filter(Program.SPARK::sees))
                .containsExactlyInAnyOrder("PATH", "LC_ALL", "SPARK_CONF_DIR");
    }

    @Test
    void requestIsGivenAndItsResultReadWhateverTheExitCode() {
        assertThat(run(processes("grep -c question " + folder.resolve("request") + " >" + result() + "; exit 7"), null))
                .isEqualTo(1);
    }

    @Test
    void resultOfAnEarlierProcessIsNotTakenForAnAnswer() throws IOException {
        Files.writeString(result(), "1");
        assertFails(processes("echo it failed; exit 3"), null, failed -> {
            assertThat(failed.kind()).isEqualTo(ProgramException.Kind.NO_RESULT);
            assertThat(failed.exitCode()).isEqualTo(ExitCode.INTERNAL);
            assertThat(failed)
                    .hasMessage("the audit process ended with exit code 3 and without a result. Its log is " + log());
            assertThat(failed.endOfLog()).isEqualTo(System.lineSeparator() + "    it failed");
        });
    }

    @Test
    void programThatIsKilledIsNoDefect() {
        for (String signal : List.of("TERM", "KILL")) {
            assertFails(processes("kill -" + signal + " $$"), null, failed -> {
                assertThat(failed.kind()).isEqualTo(ProgramException.Kind.KILLED);
                assertThat(failed.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
                assertThat(failed.problem())
                        .isEqualTo("the audit process was terminated by signal " + ("TERM".equals(signal) ? 15 : 9)
                                + " before it finished; run again");
            });
        }
    }

    @Test
    void programThatTakesTooLongIsEnded() {
        assertFails(processes("exec sleep 600"), Duration.ofMillis(200), failed -> assertThat(failed.kind())
                .isEqualTo(ProgramException.Kind.OVERDUE));
    }

    @Test
    void standardInputStaysOpenUntilTheProgramIsClosed() throws Exception {
        ProcessSupervisor processes = processes("read line; echo \"ended: $line\"");
        try (Child child = start(processes)) {
            assertThat(child.isAlive()).isTrue();
            child.dismiss();
            assertThat(child.lines().readLine()).isEqualTo("ended: ");
            assertThat(child.waitFor()).isZero();
        }
    }

    @Test
    void stoppedProgramsEndAndNoneIsStartedAfterwards() throws Exception {
        ProcessSupervisor processes = processes("echo started; exec sleep 600");
        CompletableFuture<Void> computing = CompletableFuture.runAsync(() -> run(processes, null));
        while (!Files.exists(log()) || Files.size(log()) == 0) {
            Thread.sleep(20);
        }
        try (Child other = start(processes)) {
            processes.stop();
            assertThat(other.waitFor()).isEqualTo(128 + 9);
        }
        assertThatThrownBy(() -> computing.get(20, TimeUnit.SECONDS))
                .hasRootCauseMessage("the audit process was stopped together with the run");
        assertThatThrownBy(() -> run(processes, null)).hasMessage("stopped before the audit process was started");
    }

    @Test
    void programThatIsMissingIsNamed() throws IOException {
        Files.delete(folder.resolve("lib/audit"));
        assertFails(processes("exit 0"), null, failed -> {
            assertThat(failed.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(failed)
                    .hasMessageStartingWith(
                            "the installation is not complete: " + folder.resolve("lib/audit") + " is missing; ");
        });
    }

    @Test
    void debuggerWaitsForTheProgramThatIsAskedForAlone() {
        ProcessSupervisor processes = new ProcessSupervisor(
                folder.resolve("lib"),
                Map.of(ProcessSupervisor.DEBUG_VARIABLE, "audit:5005"),
                ProgramStarter.PROCESSES);
        assertThat(processes.commandLine(Program.AUDIT, List.of()))
                .contains("-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:5005");
        assertThat(String.join(" ", processes.commandLine(Program.QUERY, List.of())))
                .doesNotContain("jdwp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "audit:", "audit:here", "query:5005", "audit:5005,suspend=n", "5005"})
    void wrongWishForADebuggerIsRefused(String value) {
        ProcessSupervisor processes = new ProcessSupervisor(
                folder.resolve("lib"), Map.of(ProcessSupervisor.DEBUG_VARIABLE, value), ProgramStarter.PROCESSES);
        assertThatThrownBy(() -> processes.commandLine(Program.AUDIT, List.of()))
                .isInstanceOfSatisfying(FpwException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("FPW_DEBUG is '" + value
                        + "', but must be spark, audit or pages with a port, such as audit:5005");
    }

    /** Runs a script instead of a program of the installation. */
    private ProcessSupervisor processes(String script) {
        return new ProcessSupervisor(folder.resolve("lib"), ENVIRONMENT, program -> program.command("sh", "-c", script)
                .start());
    }

    private static Child start(ProcessSupervisor processes) {
        return processes.start(Program.AUDIT, List.of("replaced"), builder -> {});
    }

    private int run(ProcessSupervisor processes, @Nullable Duration limit) {
        return processes.exchange(
                Program.AUDIT,
                new Exchange<>(folder.resolve("request"), result(), log(), Integer.class, limit, List.of()),
                "question");
    }

    private void assertFails(ProcessSupervisor processes, @Nullable Duration limit, Consumer<ProgramException> as) {
        assertThatThrownBy(() -> run(processes, limit)).isInstanceOfSatisfying(ProgramException.class, as);
    }

    private Path result() {
        return folder.resolve("result");
    }

    private Path log() {
        return folder.resolve("log");
    }
}
