package uk.fpw.publish;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Builds the steps of the job {@code release}. */
record StepFactory(JobRepository jobRepository, PlatformTransactionManager transactions) {

    Step transactional(String name, Tasklet work) {
        return new StepBuilder(name, jobRepository).tasklet(work, transactions).build();
    }

    /** For a step that only writes files, or whose failure must not roll back the database transaction. */
    Step withoutTransaction(String name, Tasklet work) {
        return new StepBuilder(name, jobRepository)
                .tasklet(work, new ResourcelessTransactionManager())
                .build();
    }
}
