package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Stream;

/**
 * What should be recorded of every open case: {@code milestones/<name>.yml}. That a step is not recorded never means
 * that it was not done.
 *
 * @param itemKind kind of item that the cases are, as in the staging queries
 * @param opens events with which the force becomes aware of a case; the first one starts its clock
 * @param closes events that close a case
 * @param steps what is looked for in every open case, in order
 * @param linkedItemKinds kinds of item that belong to a case, such as devices: their contributor key names the case
 * @param silence what ends the silence of a case
 */
public record Milestones(
        @JsonProperty("milestones") String name,
        int version,
        String title,
        String description,
        String itemKind,
        List<String> opens,
        List<String> closes,
        List<Step> steps,
        List<String> linkedItemKinds,
        Silence silence) {

    public Milestones {
        opens = List.copyOf(opens);
        closes = List.copyOf(closes);
        steps = List.copyOf(steps);
        linkedItemKinds = List.copyOf(linkedItemKinds);
    }

    /** Kinds of item whose events and waits are those of a case: the cases themselves, and what belongs to them. */
    public List<String> itemKinds() {
        return Stream.concat(Stream.of(itemKind), linkedItemKinds.stream()).toList();
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

    /**
     * What ends the silence of a case. An event that is recorded of many open cases on one day is a bulk update, and
     * ends none.
     *
     * @param activity events that count as activity, by kind of item; none if the silence of cases is not counted
     * @param bulkUpdateMinCases open cases for which a bulk update records one event on one day, at least
     * @param bulkUpdateMinPercent the same as a percentage of the open cases
     */
    public record Silence(List<Activity> activity, int bulkUpdateMinCases, int bulkUpdateMinPercent) {
        public Silence {
            activity = List.copyOf(activity);
        }
    }

    /**
     * Events of one kind of item that count as activity in its case.
     *
     * @param itemKind the kind of item that the cases are, or one that is linked to them
     */
    public record Activity(String itemKind, List<String> events) {
        public Activity {
            events = List.copyOf(events);
        }
    }
}
