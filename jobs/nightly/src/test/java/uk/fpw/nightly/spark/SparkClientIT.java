package uk.fpw.nightly.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.nightly.TestForce;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.message.MetricsRequest;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.VersionChange;

/** How the application handles the Spark process, with a shell script in its place. */
class SparkClientIT {

    private static final LocalDate DATE = LocalDate.of(2016, 1, 12);
    private static final RunId RUN = RunId.of("2016-01-12-20160113T040000-0a1b");

    private static final Map<String, VersionChange> VERSIONS =
            Map.of("waiting", new VersionChange(LocalDate.of(2016, 1, 4), 6));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void install() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib/spark"));
        Files.createFile(lib.resolve("fpw-metrics-0.1.0.jar"));
        Files.createDirectories(folder.resolve("spark/jars"));
        Files.createDirectories(folder.resolve("spark/bin"));
    }

    @Test
    void resultIsReadProgressPassedOnAndTheRunFileDeleted() throws IOException {
        RunFiles.write(result(List.of(), null), folder.resolve("answer.json"));
        spark("""
            stat -c %a "$runfile" >"$here/mode"; cp "$runfile" "$here/run-as-given.json"
            echo 'metrics: core.event 7 rows'
            cp "$here/answer.json" "$here/result.json"
            """);
        assertThat(compute(process()).failure()).isNull();
        assertThat(progress).containsExactly("metrics: core.event 7 rows");
        assertThat(Files.readString(folder.resolve("mode"))).isEqualTo("600\n");
        assertThat(RunFiles.read(folder.resolve("run-as-given.json"), MetricsRequest.class)
                        .storage()
                        .database()
                        .jdbcPassword())
                .isEqualTo("secret");
        assertThat(RunFiles.read(folder.resolve("run-as-given.json"), MetricsRequest.class)
                        .storage()
                        .lockToken())
                .isEqualTo(17);
        assertThat(RunFiles.read(folder.resolve("run-as-given.json"), MetricsRequest.class)
                        .inputs()
                        .versionChanges())
                .isEqualTo(VERSIONS);
        assertThat(folder.resolve("run.json")).doesNotExist();
    }

    @Test
    void passwordIsNotOnTheCommandLine() throws IOException {
        RunFiles.write(result(List.of(), null), folder.resolve("answer.json"));
        spark("""
            printf '%s\\n' "$@" >"$here/arguments"; env >>"$here/arguments"
            cp "$here/answer.json" "$here/result.json"
            """);
        compute(process());
        assertThat(Files.readString(folder.resolve("arguments"))).doesNotContain("secret");
    }

    @Test
    void processThatDiesWithoutAResultIsReportedWithTheEndOfItsLog() throws IOException {
        spark("echo 'java.lang.OutOfMemoryError: Java heap space' >&2; exit 3\n");
        assertThatThrownBy(() -> compute(process()))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.INTERNAL))
                .hasMessage("the Spark process ended with exit code 3 and without a result. It ran out of "
                        + "memory: increase it"
                        + " with FPW_SPARK_HEAP=4g. Its log is " + folder.resolve("spark.log") + "; it ends:"
                        + System.lineSeparator() + "    java.lang.OutOfMemoryError: Java heap space");
        assertThat(folder.resolve("run.json")).doesNotExist();
    }

    @Test
    void processThatIsKilledIsNoDefect() throws IOException {
        spark("kill -9 $$\n");
        assertThatThrownBy(() -> compute(process()))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessage("the Spark process was terminated by signal 9 before it finished; run again. If nobody "
                        + "killed it, the machine ran out of memory: give it more, or lower FPW_SPARK_HEAP "
                        + "(2g unless set). "
                        + "Its log is "
                        + folder.resolve("spark.log"));
    }

    @Test
    void processThatTakesTooLongIsStopped() throws IOException {
        spark("exec sleep 60\n");
        assertThatThrownBy(() -> compute(process(processes(Map.of("FPW_SPARK_SECONDS", "1")))))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("the Spark process was stopped after 1 seconds. A query of the force folder may yield far "
                        + "more rows than its feeds have, or a pattern may be one that takes endless time for some "
                        + "texts: the log names the last step. If the force is that large, raise FPW_SPARK_SECONDS");

        assertThatThrownBy(() -> compute(process(processes(Map.of("FPW_SPARK_SECONDS", "4h")))))
                .hasMessage("FPW_SPARK_SECONDS is '4h'; set it to the seconds that the Spark process may take, or "
                        + "unset it for 14400");
    }

    @Test
    void resultOfAnEarlierRunIsNotTakenForAnAnswer() throws IOException {
        RunFiles.write(result(List.of(), null), folder.resolve("result.json"));
        spark("exit 1\n");
        assertThatThrownBy(() -> compute(process()))
                .isInstanceOf(FpwException.class)
                .hasMessageStartingWith("the Spark process ended with exit code 1 and without a result.");
    }

    @Test
    void errorsInTheForceFolderAreReportedAsSuch() throws IOException {
        RunFiles.write(
                result(
                        List.of(new ConfigError(
                                "staging/events.sql", 3, "", "there is no column 'opend'", "write opened")),
                        null),
                folder.resolve("answer.json"));
        spark("cp \"$here/answer.json\" \"$here/result.json\"\n");
        assertThatThrownBy(() -> compute(process()))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageEndingWith("staging/events.sql:3: there is no column 'opend'; write opened");
    }

    @Test
    void failureOfTheComputationNamesTheLog() throws IOException {
        RunFiles.write(result(List.of(), "core.spell could not be written"), folder.resolve("answer.json"));
        spark("cp \"$here/answer.json\" \"$here/result.json\"\n");
        assertThatThrownBy(() -> compute(process()))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.INTERNAL))
                .hasMessage("the Spark process failed: core.spell could not be written; its log is "
                        + folder.resolve("spark.log"));
    }

    /** For example a warehouse that was replaced: no retry can help. */
    @Test
    void failureThatTheProcessKnowsKeepsItsExitCode() throws IOException {
        RunFiles.write(
                MetricsResult.failed("the warehouse is another one", ExitCode.CONFIGURATION, List.of()),
                folder.resolve("answer.json"));
        spark("cp \"$here/answer.json\" \"$here/result.json\"\n");
        assertThatThrownBy(() -> compute(process()))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("the Spark process failed: the warehouse is another one; its log is "
                        + folder.resolve("spark.log"));
    }

    @Test
    void standardInputStaysOpenAsLongAsTheParentLives() throws Exception {
        RunFiles.write(result(List.of(), null), folder.resolve("answer.json"));
        spark("""
            if read -r -t 2 line; then echo 'a line'; elif [ $? -gt 128 ]; then echo 'still open'; else echo 'at \
            its end'; fi
            cp "$here/answer.json" "$here/result.json"
            """);
        compute(process());
        assertThat(progress).containsExactly("still open");
    }

    /**
     * Reads run files from standard input, as a process that is started in advance does; records when it was started,
     * what it received, and that it ended normally.
     */
    private static final String KEPT = """
        echo started >>"$here/noted"
        [[ $runfile == - ]] || exit 4
        while read -r file; do
            grep -o '"task" : "[A-Z]*"' "$file" >>"$here/noted"
            grep -o '"jdbcPassword" : "[a-z]*"' "$file" >>"$here/noted"
            echo "metrics: $(basename "$file")"
            [[ $file == *prepare* ]] || cp "$here/answer.json" "$here/result.json"
            echo "answered $file"
        done
        echo ended >>"$here/noted"
        """;

    @Test
    void processThatWasPreparedComputesAndIsStartedOnce() throws Exception {
        RunFiles.write(result(List.of(), null), folder.resolve("answer.json"));
        spark(KEPT);
        try (SparkClient process = process()) {
            prepare(process);
            assertThat(compute(process).failure()).isNull();
        }
        assertThat(progress).containsExactly("metrics: prepare.json", "metrics: run.json");
        assertThat(folder.resolve("noted")).hasContent("""
            started
            "task" : "PREPARE"
            "jdbcPassword" : ""
            "task" : "COMPUTE"
            "jdbcPassword" : "secret"
            ended
            """);
        assertThat(folder.resolve("prepare.json")).doesNotExist();
        assertThat(folder.resolve("run.json")).doesNotExist();
    }

    /** For example because a feed cannot be loaded. */
    @Test
    void processThatWasPreparedEndsWithTheNightThatDoesNotCompute() throws Exception {
        spark("read -r file; echo \"$$\" >\"$here/pid\"; echo; exec cat\n");
        SparkClient process = process();
        prepare(process);
        while (!Files.exists(folder.resolve("pid"))
                || Files.readString(folder.resolve("pid")).isEmpty()) {
            Thread.sleep(20);
        }
        process.close();
        assertThat(ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("pid")).strip())))
                .isEmpty();
        assertThat(folder.resolve("prepare.json")).doesNotExist();
    }

    @Test
    void processThatDiedWhileItWaitedIsReplaced() throws Exception {
        RunFiles.write(result(List.of(), null), folder.resolve("answer.json"));
        spark("[[ -e $here/noted ]] || { echo died >\"$here/noted\"; exit 7; }\n" + KEPT);
        try (SparkClient process = process()) {
            prepare(process);
            while (process.isAlive()) {
                Thread.sleep(20);
            }
            assertThat(compute(process).failure()).isNull();
        }
        assertThat(folder.resolve("noted")).hasContent("""
            died
            started
            "task" : "COMPUTE"
            "jdbcPassword" : "secret"
            ended
            """);
    }

    @Test
    void whatKeepsTheProcessFromStartingIsReportedWhenItIsToCompute() {
        try (SparkClient process = process()) { // no spark-submit was written
            prepare(process);
            assertThatThrownBy(() -> compute(process))
                    .isInstanceOf(FpwException.class)
                    .hasMessageStartingWith("the Spark process could not be started: ");
        }
    }

    private void prepare(SparkClient process) {
        process.prepare(TestForce.in(folder), DATE, RUN, folder.resolve("result.json"));
    }

    @Test
    void stoppedProcessIsEndedAndNoneIsStartedAfterwards() throws Exception {
        spark("echo started; exec sleep 600\n");
        ProcessSupervisor processes = processes();
        SparkClient process = process(processes);
        CompletableFuture<MetricsResult> computing = CompletableFuture.supplyAsync(() -> compute(process));
        while (progress.isEmpty() && !computing.isDone()) {
            Thread.sleep(20);
        }
        processes.stop();
        assertThatThrownBy(() -> computing.get(20, TimeUnit.SECONDS))
                .hasRootCauseMessage("the Spark process was stopped together with the run");
        assertThatThrownBy(() -> compute(process)).hasMessage("stopped before the Spark process was started");
    }

    private ProcessSupervisor processes() {
        return processes(Map.of());
    }

    private ProcessSupervisor processes(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("SPARK_HOME", folder.resolve("spark").toString());
        return new ProcessSupervisor(folder.resolve("lib"), environment, ProgramStarter.PROCESSES);
    }

    private SparkClient process() {
        return process(processes());
    }

    private SparkClient process(ProcessSupervisor processes) {
        SparkClient process = new SparkClient(new SparkCommand(processes), "secret", progress::add);
        process.guardedBy(17);
        return process;
    }

    private MetricsResult compute(SparkClient process) {
        Force force = TestForce.in(folder);
        return process.compute(
                force,
                DATE,
                new MetricsRequest.Inputs(
                        Coverage.whole(force, DATE).completeTo(),
                        VERSIONS,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        MetricsRequest.Released.NOTHING,
                        Map.of(),
                        Map.of()),
                ReleaseId.of("2016-01-12.1"),
                RUN,
                folder.resolve("result.json"));
    }

    private static MetricsResult result(List<ConfigError> errors, @Nullable String failure) {
        return new MetricsResult(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), errors, failure, null, List.of(),
                null, null, false);
    }

    private void spark(String script) throws IOException {
        Path submit = folder.resolve("spark/bin/spark-submit");
        Files.writeString(submit, "#!/usr/bin/env bash\nhere='" + folder + "'\nrunfile=\"${!#}\"\n" + script);
        Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
