package uk.fpw.nightly.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunFolder;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditRequest.EarlierReleases;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.Base;
import uk.fpw.warehouse.message.FigureChangeRequest.Carried;
import uk.fpw.warehouse.message.FigureChangeRequest.Differences;
import uk.fpw.warehouse.message.FigureChangeRequest.ReplacedRelease;
import uk.fpw.warehouse.message.SettlingRequest;
import uk.fpw.warehouse.message.SourceRows;

/**
 * An audit whose process is killed, or fails while it compares releases. A small program with that behaviour replaces
 * the real one: a process of its own, killed by a signal.
 */
class RepeatedAuditTest {

    private static final ReleaseId RELEASE = ReleaseId.of("2016-01-12.1");
    private static final Carried CARRIED = new Carried(
            new AuditRequest.Table("mart.figure_change", List.of("cause"), List.of("/steps.parquet")),
            Map.of("mart.figure_change", new Base(7, ReleaseId.of("2015-12-24.1"))),
            "2013-11-01",
            false,
            List.of("a warning"));
    private static final EarlierReleases EARLIER = new EarlierReleases(
            new FigureChangeRequest(
                    new ReplacedRelease(
                            ReleaseId.of("2016-01-11.1"),
                            "2016-01-11",
                            Map.of("queue_definition", "[]"),
                            List.of(new AuditRequest.Table("core.spell", List.of(), List.of()))),
                    null,
                    new Differences(true, true, false, List.of("q"), List.of(), Map.of(), Map.of()),
                    List.of(),
                    CARRIED,
                    "/figure_change.parquet"),
            new SettlingRequest(Map.of("q", List.of("2016-01-11")), "/settling.parquet", "/settling_month.parquet"));

    /** Does {@code MODE}, records each run file, and otherwise finds nothing wrong. */
    private static final String PROGRAM = """
            package uk.fpw.audit;

            import java.nio.file.*;

            public final class AuditMain {

                public static void main(String[] arguments) throws Exception {
                    Path runFile = Path.of(arguments[1]);
                    String run = Files.readString(runFile);
                    Path folder = runFile.getParent();
                    int attempt = 1;
                    while (Files.exists(folder.resolve("attempt-" + attempt + ".json"))) {
                        attempt++;
                    }
                    Files.writeString(folder.resolve("attempt-" + attempt + ".json"), run);
                    boolean compares = run.contains("core.spell");
                    String mode = "MODE";
                    if (mode.equals("killed")) {
                        new ProcessBuilder("kill", "-9", String.valueOf(ProcessHandle.current().pid())).start();
                        Thread.sleep(60_000);
                    }
                    boolean fails = mode.equals("failed") && compares || mode.equals("always failed");
                    String answer = fails ? "failed.json" : "passed.json";
                    Files.copy(folder.resolve(answer), folder.resolve("audit.json"));
                }
            }
            """;

    @TempDir
    private Path folder;

    private Path run = Path.of("");

    @BeforeEach
    void answers() throws IOException {
        run = Files.createDirectories(folder.resolve("run"));
        RunFiles.write(
                new AuditResult(List.of(), List.of(), List.of(), List.of(), null, null, List.of(), null),
                run.resolve("passed.json"));
        RunFiles.write(
                AuditResult.failed("DuckDB could not run 'select 1': row of Ms Example"), run.resolve("failed.json"));
    }

    @Test
    void processThatIsKilledEndsTheRun() {
        assertThatThrownBy(() -> audit("killed", EARLIER))
                .isInstanceOfSatisfying(FpwException.class, failed -> assertThat(failed.exitCode())
                        .isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessage("the audit process was terminated by signal 9 before it finished; run again. If nobody "
                        + "killed it, the machine ran out of memory: give it more, or lower FPW_AUDIT_MEMORY "
                        + "(1GB unless set). "
                        + "Its log is " + run.resolve("audit.log"));
        assertThat(run.resolve("attempt-2.json")).doesNotExist();
    }

    /** The message of a failure may contain a value of a row, so it is not stored. */
    @Test
    void processThatFailsIsRunAgainWithoutComparingReleases() throws Exception {
        AuditResult result = audit("failed", EARLIER);

        assertThat(result.failure()).isNull();
        String why = "the audit could not be completed, and passed without this comparison";
        EarlierReleases second = Objects.requireNonNull(attempt(2).earlier());
        assertThat(second.figureChanges())
                .isEqualTo(new FigureChangeRequest(
                        new ReplacedRelease(ReleaseId.of("2016-01-11.1"), "2016-01-11", Map.of(), List.of()),
                        why,
                        new Differences(false, false, false, List.of(), List.of(), Map.of(), Map.of()),
                        List.of(),
                        CARRIED.withWarning("the figures of the past were not compared with release 2016-01-11.1, "
                                + "and the completeness of months is not listed, because " + why
                                + "; keep the folder of "
                                + "this run, whose audit.log has the details, and report it"),
                        "/figure_change.parquet"));
        assertThat(second.settling())
                .isEqualTo(new SettlingRequest(null, "/settling.parquet", "/settling_month.parquet"));
        assertThat(attempt(2).tables()).isEqualTo(attempt(1).tables());
    }

    @Test
    void processThatFailsOnceMoreFailsTheRun() {
        assertThatThrownBy(() -> audit("always failed", EARLIER))
                .isInstanceOf(FpwException.class)
                .hasMessageStartingWith("the audit could not be completed: DuckDB could not run 'select 1': row of Ms "
                        + "Example. Its log is " + run);
        assertThat(run.resolve("attempt-2.json")).exists();
        assertThat(run.resolve("attempt-3.json")).doesNotExist();
    }

    @Test
    void processThatComparesNothingIsNotRunAgain() {
        assertThatThrownBy(() -> audit("always failed", null)).isInstanceOf(FpwException.class);
        assertThatThrownBy(() -> audit("always failed", EARLIER.withoutComparison("its files are lost", "lost")))
                .isInstanceOf(FpwException.class);

        assertThat(run.resolve("attempt-2.json")).as("the second audit").exists();
        assertThat(run.resolve("attempt-3.json")).doesNotExist();
    }

    private AuditResult audit(String mode, @Nullable EarlierReleases earlier) throws IOException {
        AuditedTables tables = new AuditedTables(
                RELEASE,
                ZoneId.of("Europe/London"),
                Map.of(),
                List.of(new AuditRequest.Table("mart.queue_daily", List.of(), List.of())),
                AuditRequest.EVERY_SERIES);
        return new AuditProcess(new ProcessSupervisor(program(mode), System.getenv(), ProgramStarter.PROCESSES))
                .audit(tables, null, earlier, null, SourceRows.NONE, new RunFolder(run).resultFile());
    }

    private AuditRequest attempt(int number) {
        return RunFiles.read(run.resolve("attempt-" + number + ".json"), AuditRequest.class);
    }

    /** The folder of an installation with that program. */
    private Path program(String mode) throws IOException {
        Path source = Files.writeString(
                Files.createDirectories(folder.resolve("source")).resolve("AuditMain.java"),
                PROGRAM.replace("MODE", mode));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString()))
                .isZero();
        Path lib = folder.resolve("lib");
        Files.createDirectories(lib.resolve("query"));
        Files.createDirectories(lib.resolve("app"));
        String name = "uk/fpw/audit/AuditMain.class";
        try (OutputStream file = Files.newOutputStream(
                        Files.createDirectories(lib.resolve("audit")).resolve("audit.jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new JarEntry(name));
            Files.copy(classes.resolve(name), jar);
            jar.closeEntry();
        }
        return lib;
    }
}
