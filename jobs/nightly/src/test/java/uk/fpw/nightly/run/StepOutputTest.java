package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.dao.DefaultExecutionContextSerializer;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import uk.fpw.publish.Publisher;
import uk.fpw.warehouse.message.MetricsResult.Timing;

class StepOutputTest {

    private static final StepOutput RELEASE = new StepOutput(
            new Publisher.Publication(Path.of("/warehouse/exports/2016-01-12.1"), List.of()),
            List.of(new Timing("release", 1_200)),
            List.of());

    private static final StepOutput RETENTION =
            StepOutput.of(List.of(new Timing("retention", 80)), List.of("a disk is full"));

    private final JobExecution job = new JobExecution(1, new JobInstance(1, "fpw nightly"), new JobParameters());

    @Test
    void outputsAreReadInTheOrderOfTheStepsAndAFailedStepHasNone() {
        RELEASE.write(step(1, "releaseCandidate"));
        RETENTION.write(step(2, "applyRetention"));
        step(3, "makePages");

        assertThat(StepOutput.of(job))
                .containsExactly(Map.entry("releaseCandidate", RELEASE), Map.entry("applyRetention", RETENTION));
    }

    /** The context of an interrupted run is read by whichever version runs next. */
    @Test
    void contextHoldsTextsOnlySoThatEveryVersionCanReadIt() throws IOException {
        ExecutionContext context = step(1, "releaseCandidate");
        RELEASE.write(context);
        DefaultExecutionContextSerializer serializer = new DefaultExecutionContextSerializer();
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        serializer.serialize(context.toMap(), stored);

        Map<String, Object> read = serializer.deserialize(new ByteArrayInputStream(stored.toByteArray()));

        assertThat(read).isEqualTo(context.toMap());
        assertThat(read.values()).hasOnlyElementsOfType(String.class);
    }

    private ExecutionContext step(long id, String name) {
        StepExecution step = new StepExecution(id, name, job);
        job.addStepExecution(step);
        return step.getExecutionContext();
    }
}
