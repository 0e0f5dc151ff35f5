package uk.fpw.ingest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/** Records in {@code ops} that a load failed and why. */
record FailureListener(LoadAttempt attempt) implements JobExecutionListener {

    private static final Logger LOG = LoggerFactory.getLogger(FailureListener.class);

    @Override
    public void afterJob(JobExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return;
        }
        try {
            attempt.failed(String.valueOf(
                    LoadResult.failure(execution, attempt.catalog()).getMessage()));
        } catch (RuntimeException unrecorded) {
            LOG.warn("the failure could not be recorded in ops; the next load of the feed will record it", unrecorded);
        }
    }
}
