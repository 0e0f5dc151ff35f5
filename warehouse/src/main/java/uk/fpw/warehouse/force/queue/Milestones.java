package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What should be recorded of every open case: {@code milestones/<name>.yml}. That a step is not recorded never means
 * that it was not done.
 *
 * @param itemKind kind of item that the cases are, as in the staging queries
 * @param opens events with which the force becomes aware of a case; the first one starts its clock
 * @param closes events that close a case
 * @param steps what is looked for in every open case, in order
 */
public record Milestones(
        @JsonProperty("milestones") String name,
        int version,
        String title,
        String description,
        String itemKind,
        List<String> opens,
        List<String> closes,
        List<Step> steps) {

    public Milestones {
        opens = List.copyOf(opens);
        closes = List.copyOf(closes);
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param done events that record it
     * @param notApplicable events that record that it is not needed; one of {@code done} outweighs them
     */
    public record Step(@JsonProperty("step") String name, String title, List<String> done, List<String> notApplicable) {
        public Step {
            done = List.copyOf(done);
            notApplicable = List.copyOf(notApplicable);
        }
    }
}
