package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Stream;

/**
 * What should be recorded of every open case: {@code milestones/<name>.yml}. A step that is not recorded may still have
 * been done.
 *
 * @param itemKind item kind of the cases, as in the staging queries
 * @param opens events by which the force becomes aware of a case; the first one starts its clock
 * @param closes events that close a case
 * @param steps steps expected in every open case, in order
 * @param linkedItemKinds kinds of item that belong to a case, such as devices; their contributor key is the key of the
 *     case
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

    /** Kinds of item whose events and waits count for a case: the cases themselves and what belongs to them. */
    public List<String> itemKinds() {
        return Stream.concat(Stream.of(itemKind), linkedItemKinds.stream()).toList();
    }

    /**
     * One step.
     *
     * @param done events that record it
     * @param notApplicable events that record that it is not needed; an event in {@code done} takes precedence
     */
    public record Step(@JsonProperty("step") String name, String title, List<String> done, List<String> notApplicable) {
        public Step {
            done = List.copyOf(done);
            notApplicable = List.copyOf(notApplicable);
        }
    }

    /**
     * What ends the silence of a case. An event recorded for many open cases on one day is a bulk update and does not
     * end it.
     *
     * @param activity events that count as activity, by kind of item; empty if silence is not counted
     * @param bulkUpdateMinCases minimum number of open cases with the same event on the same day in a bulk update
     * @param bulkUpdateMinPercent minimum percentage of open cases in a bulk update
     */
    public record Silence(List<Activity> activity, int bulkUpdateMinCases, int bulkUpdateMinPercent) {
        public Silence {
            activity = List.copyOf(activity);
        }
    }

    /**
     * Events of one kind of item that count as activity in the case.
     *
     * @param itemKind item kind of the cases or of linked items
     */
    public record Activity(String itemKind, List<String> events) {
        public Activity {
            events = List.copyOf(events);
        }
    }
}
