package uk.fpw.nightly.run.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import uk.fpw.nightly.run.MigratedWarehouse;
import uk.fpw.warehouse.force.Force;

class BatchRecordsIT {

    private static final Instant NOW = Instant.parse("2024-03-01T03:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void recordsOfOldJobsGoWithTheirStepsAndNoOthers() throws Exception {
        MigratedWarehouse.in(folder);
        try (HikariDataSource dataSource = WarehouseDatabase.open(Force.Storage.embedded(folder), "")) {
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
            factory.setDataSource(dataSource);
            factory.setTransactionManager(new JdbcTransactionManager(dataSource));
            factory.afterPropertiesSet();
            JobRepository repository = factory.getObject();
            for (String job : List.of("fpw nightly", "ingestFeed")) {
                for (int daysAgo : List.of(30, 15, 13, 0)) {
                    record(repository, jdbc, job, daysAgo);
                }
            }

            BatchRecords.deleteBefore(repository, NOW.minusSeconds(14 * 86_400));

            assertThat(jdbc.queryForList(
                            "select parameter_value from batch_job_execution_params order by job_execution_id",
                            String.class))
                    .containsExactly("fpw nightly 13", "fpw nightly 0", "ingestFeed 13", "ingestFeed 0");
            for (String table : List.of(
                    "batch_job_instance",
                    "batch_job_execution",
                    "batch_job_execution_context",
                    "batch_step_execution",
                    "batch_step_execution_context")) {
                assertThat(jdbc.queryForObject("select count(*) from " + table, Integer.class))
                        .as(table)
                        .isEqualTo(4);
            }
        }
    }

    private static void record(JobRepository repository, JdbcTemplate jdbc, String job, int daysAgo) {
        JobParameters parameters = new JobParametersBuilder()
                .addString("runId", job + " " + daysAgo)
                .toJobParameters();
        JobInstance instance = repository.createJobInstance(job, parameters);
        JobExecution execution = repository.createJobExecution(instance, parameters, new ExecutionContext());
        repository.createStepExecution("loadFeeds", execution);
        LocalDateTime created =
                LocalDateTime.ofInstant(NOW, ZoneId.systemDefault()).minusDays(daysAgo);
        jdbc.update(
                "update batch_job_execution set create_time = ? where job_execution_id = ?",
                Timestamp.valueOf(created),
                execution.getId());
    }
}
