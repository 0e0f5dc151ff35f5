package uk.fpw.publish;

import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.store.ledger.Releases;

/**
 * Which candidate to release, and under which conditions: the parameters of the job {@code release}.
 *
 * @param runId identity of the run
 * @param releaseId from {@link Releases#nextReleaseId}; the candidate's mart rows carry it
 * @param resultFile what the Spark process wrote
 * @param keyFingerprint fingerprint of the pseudonym key; null if the force needs none
 * @param allowsMissingFeeds whether to release although some feeds have no complete load for the business date
 * @param isBackfill whether the run is part of a backfill, whose figures may differ from the previous release
 */
public record ReleaseRequest(
        RunId runId,
        LocalDate businessDate,
        ReleaseId releaseId,
        Path resultFile,
        @Nullable String keyFingerprint,
        boolean allowsMissingFeeds,
        boolean isBackfill) {

    static final String[] REQUIRED_PARAMETERS = {"runId", "businessDate", "releaseId", "resultFile"};
    static final String[] OPTIONAL_PARAMETERS = {"keyFingerprint", "allowsMissingFeeds", "isBackfill"};

    JobParameters parameters() {
        JobParametersBuilder parameters = new JobParametersBuilder()
                .addString("runId", runId.value())
                .addLocalDate("businessDate", businessDate)
                .addString("releaseId", releaseId.value())
                .addString("resultFile", resultFile.toString());
        if (allowsMissingFeeds) {
            parameters.addString("allowsMissingFeeds", "yes", false);
        }
        if (isBackfill) {
            parameters.addString("isBackfill", "yes", false);
        }
        if (keyFingerprint != null) {
            parameters.addString("keyFingerprint", keyFingerprint, false);
        }
        return parameters.toJobParameters();
    }

    static ReleaseRequest of(JobParameters parameters) {
        return new ReleaseRequest(
                RunId.of(required(parameters.getString("runId"))),
                required(parameters.getLocalDate("businessDate")),
                ReleaseId.of(required(parameters.getString("releaseId"))),
                Path.of(required(parameters.getString("resultFile"))),
                parameters.getString("keyFingerprint"),
                parameters.getString("allowsMissingFeeds") != null,
                parameters.getString("isBackfill") != null);
    }

    private static <T> T required(@Nullable T parameter) {
        if (parameter == null) {
            throw new IllegalStateException("the job's validator accepted a missing parameter");
        }
        return parameter;
    }
}
