package uk.fpw.publish;

import java.util.Objects;
import java.util.Optional;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/** Runs the job {@code release}, also inside a step of another job: an open transaction is suspended. */
final class ReleaseJob {

    private final JobOperator jobOperator;
    private final JobRepository jobRepository;
    private final TransactionTemplate outsideTransactions;
    private final Job job;

    ReleaseJob(JobOperator jobOperator, JobRepository jobRepository, PlatformTransactionManager transactions, Job job) {
        this.jobOperator = jobOperator;
        this.jobRepository = jobRepository;
        this.outsideTransactions = new TransactionTemplate(transactions);
        this.outsideTransactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        this.job = job;
    }

    /** Empty if an earlier attempt completed the job. Recovers an attempt whose process was killed. */
    Optional<JobExecution> run(JobParameters parameters) {
        return Objects.requireNonNull(outsideTransactions.execute(unused -> start(parameters)));
    }

    private Optional<JobExecution> start(JobParameters parameters) {
        JobExecution last = jobRepository.getLastJobExecution(job.getName(), parameters);
        if (last != null && last.isRunning()) {
            jobOperator.recover(last);
        }
        try {
            return Optional.of(jobOperator.start(job, parameters));
        } catch (JobInstanceAlreadyCompleteException done) {
            return Optional.empty();
        } catch (JobExecutionException refused) {
            throw new FpwException(
                    ExitCode.INTERNAL, "the release job could not be started: " + refused.getMessage(), refused);
        }
    }
}
