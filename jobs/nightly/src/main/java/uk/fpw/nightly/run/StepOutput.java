package uk.fpw.nightly.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import uk.fpw.layout.JsonMappers;
import uk.fpw.publish.Publisher;
import uk.fpw.warehouse.failure.Exhaustion;
import uk.fpw.warehouse.message.MetricsResult;

/**
 * What a step of a run leaves in its {@link ExecutionContext}, as one text in JSON. A text, because Spring Batch stores
 * a context as serialized Java objects and reads those of an interrupted run to close it: a version in which a class
 * has changed could not read it. It is small and names nobody: large or confidential results are read where they are
 * stored, and the sentences are also in {@code ops}.
 *
 * @param publication outcome of the steps after the switch; null except for the step that releases
 * @param timings wall time of each part of the step, in order
 * @param laterFailures failures that did not undo what was done, one sentence each
 */
record StepOutput(
        Publisher.@Nullable Publication publication, List<MetricsResult.Timing> timings, List<String> laterFailures) {

    private static final Logger LOG = LoggerFactory.getLogger(StepOutput.class);

    private static final String KEY = "output";

    static StepOutput of(List<MetricsResult.Timing> timings, List<String> laterFailures) {
        return new StepOutput(null, timings, laterFailures);
    }

    /** Logs a failure that does not undo what was done, and returns it as a sentence. */
    static String failure(RunContext run, String what, RuntimeException failed) {
        LOG.warn("{} failed", what, failed);
        return what + " failed: "
                + Exhaustion.describe(failed, run.force().storage().warehouse());
    }

    /** Time since a reading of {@link System#nanoTime}. */
    static MetricsResult.Timing timing(String part, long startedNanos) {
        return new MetricsResult.Timing(part, (System.nanoTime() - startedNanos) / 1_000_000);
    }

    void write(ExecutionContext context) {
        try {
            context.putString(KEY, JsonMappers.camelCase().writeValueAsString(this));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write " + this, impossible);
        }
    }

    /** Outputs of the completed steps of a job by name, in order. */
    static Map<String, StepOutput> of(JobExecution execution) {
        Map<String, StepOutput> outputs = new LinkedHashMap<>();
        for (StepExecution step : execution.getStepExecutions()) {
            if (step.getExecutionContext().containsKey(KEY)) {
                outputs.put(step.getStepName(), read(step.getExecutionContext()));
            }
        }
        return outputs;
    }

    private static StepOutput read(ExecutionContext context) {
        try {
            String json = Objects.requireNonNull(context.getString(KEY));
            return JsonMappers.camelCase().readValue(json, StepOutput.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot read what a step has left", impossible);
        }
    }
}
