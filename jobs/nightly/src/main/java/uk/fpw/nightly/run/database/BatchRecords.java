package uk.fpw.nightly.run.database;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Spring Batch's own records of jobs and steps. Schema {@code ops} records what a run did; Spring Batch's records only
 * serve interrupted jobs, and would make each night read more than the previous one.
 */
public final class BatchRecords {

    private static final Logger LOG = LoggerFactory.getLogger(BatchRecords.class);

    /** Most records deleted per job and night; a database with the records of years loses them within some nights. */
    private static final int MOST_AT_ONCE = 500;

    private BatchRecords() {}

    /** Deletes the oldest records of each job that are from before a moment. */
    public static void deleteBefore(JobRepository repository, Instant moment) {
        // in the zone in which Spring Batch writes it
        LocalDateTime before = LocalDateTime.ofInstant(moment, ZoneId.systemDefault());
        int deleted = 0;
        for (String job : repository.getJobNames()) {
            List<JobInstance> oldest = repository.findJobInstances(job).stream()
                    .sorted(Comparator.comparingLong(JobInstance::getId))
                    .limit(MOST_AT_ONCE)
                    .toList();
            for (JobInstance instance : oldest) {
                JobExecution last = repository.getLastJobExecution(instance);
                if (last != null && !last.getCreateTime().isBefore(before)) {
                    break;
                }
                repository.deleteJobInstance(instance);
                deleted++;
            }
        }
        LOG.info("{} old records of jobs were deleted", deleted);
    }
}
