package uk.fpw.nightly.night;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.LoadSummary;
import uk.fpw.publish.ReleaseSummary;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.release.Release;
import uk.fpw.warehouse.run.MetricsResult;

/** What is known of one night; its steps write into it what they found. */
final class NightRecord {

    private final Force force;
    private final LocalDate businessDate;
    private final String runId;
    private final String releaseId;
    private final Path runFolder;
    private final @Nullable Release previous;
    private final List<LoadSummary> loads = new ArrayList<>();
    private final List<MetricsResult.Timing> timings = new ArrayList<>();
    private @Nullable MetricsResult metrics;
    private @Nullable ReleaseSummary release;

    NightRecord(
            Force force,
            LocalDate businessDate,
            String runId,
            String releaseId,
            Path runFolder,
            @Nullable Release previous) {
        this.force = force;
        this.businessDate = businessDate;
        this.runId = runId;
        this.releaseId = releaseId;
        this.runFolder = runFolder;
        this.previous = previous;
    }

    Force force() {
        return force;
    }

    LocalDate businessDate() {
        return businessDate;
    }

    String runId() {
        return runId;
    }

    String releaseId() {
        return releaseId;
    }

    Path runFolder() {
        return runFolder;
    }

    Path resultFile() {
        return runFolder.resolve("result.json");
    }

    void loaded(LoadSummary load) {
        loads.add(load);
    }

    void computed(MetricsResult result) {
        metrics = result;
    }

    void released(ReleaseSummary summary) {
        release = summary;
    }

    boolean isReleased() {
        return release != null;
    }

    void took(String part, long millis) {
        timings.add(new MetricsResult.Timing(part, millis));
    }

    NightOutcome outcome() {
        if (metrics == null || release == null) {
            throw new IllegalStateException("the night ended without a release and without a failure");
        }
        return new NightOutcome(
                force,
                runId,
                runFolder.resolve(NightRunner.LOG_FILE),
                List.copyOf(loads),
                metrics,
                release,
                previous,
                List.copyOf(timings));
    }
}
