package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.message.MetricsRequest;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.Timing;

/**
 * A night whose SQL is checked before its feeds are loaded reports what it would have reported after, and checks
 * once.
 */
class PreparedRunIT {

    private static final RunId RUN_1 = RunId.of("2025-03-01-20250302T040000-0001");
    private static final RunId RUN_2 = RunId.of("2025-03-01-20250302T040000-0002");

    private static final String MISTAKE =
            "A column, variable, or function parameter with name `no_such_column` cannot be resolved.";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private SparkSession spark;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    /** Never closed: that would stop the Spark of this JVM's other tests. */
    @SuppressWarnings("resource")
    private final SessionPool sessions = new SessionPool();

    @BeforeEach
    void copyForce() throws IOException {
        spark = TestSpark.session();
        Path boston = Path.of("../../examples/boston-311");
        try (Stream<Path> files = Files.walk(boston)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(boston.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    /** Otherwise the closed session would remain the session of this thread. */
    @AfterEach
    void giveTheSessionBack() {
        SparkSession.setActiveSession(spark);
        SparkSession.setDefaultSession(spark);
    }

    @Test
    void errorsAreThoseOfTheCheckThatWasMadeAhead() throws IOException {
        breakStaging();
        task(MetricsRequest.Task.PREPARE, RUN_1).prepare(sessions);
        said.reset();

        MetricsResult result = task(MetricsRequest.Task.COMPUTE, RUN_1).run(sessions);

        assertThat(problems(result)).singleElement().asString().startsWith(MISTAKE);
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(result.timings().stream().map(Timing::part)).containsExactly("start Spark", "check SQL");
    }

    @Test
    void folderThatIsAnotherSinceIsCheckedAgain() throws IOException {
        task(MetricsRequest.Task.PREPARE, RUN_1).prepare(sessions);
        breakStaging();

        assertThat(problems(task(MetricsRequest.Task.COMPUTE, RUN_1).run(sessions)))
                .singleElement()
                .asString()
                .startsWith(MISTAKE);
    }

    /** For example of the previous night, which could not load its feeds. */
    @Test
    void whatWasPreparedForAnotherRunIsNotUsed() throws IOException {
        breakStaging();
        task(MetricsRequest.Task.PREPARE, RUN_1).prepare(sessions);
        said.reset();

        task(MetricsRequest.Task.COMPUTE, RUN_2).run(sessions);

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("staging queries and rules have been checked");
    }

    private void breakStaging() throws IOException {
        Path query = folder.resolve("staging/request_events.sql");
        Files.writeString(query, Files.readString(query).replaceFirst("case_enquiry_id as", "no_such_column as"));
    }

    private static List<String> problems(MetricsResult result) {
        return result.errors().stream().map(ConfigError::problem).toList();
    }

    private MetricsTask task(MetricsRequest.Task task, RunId runId) {
        MetricsRequest request = new MetricsRequest(
                task,
                folder,
                LocalDate.of(2025, 3, 1),
                ReleaseId.of("2025-03-01.1"),
                runId,
                new MetricsRequest.Storage(
                        folder, null, 0, new MetricsRequest.Database("jdbc:h2:mem:prepared", "sa", "")),
                MetricsRequest.Inputs.NONE,
                Map.of(),
                folder.resolve("result.json"));
        return new MetricsTask(
                request, new MetricsProgress(new PrintStream(said, true, StandardCharsets.UTF_8), System::nanoTime));
    }
}
