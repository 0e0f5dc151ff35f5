package uk.fpw.metrics.lifecycle;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Milestones;

/**
 * Finds the recorded steps of open cases. A case is open if the last event that opens or closes it opens it. Events
 * are in the order of {@link QueueLifecycle}; at the same instant, a case opens before it closes.
 */
public final class CaseMilestones implements Serializable {

    /** Recorded, recorded as not needed, or neither. Not recorded never means not done. */
    public enum Status {
        DONE("done"),
        NOT_APPLICABLE("not applicable"),
        NOT_RECORDED("not recorded");

        private final String words;

        Status(String words) {
            this.words = words;
        }

        /** The status as published. */
        public String words() {
            return words;
        }
    }

    /**
     * One step of an open case.
     *
     * @param stepOrder place among the steps, from 1
     * @param awareOn day of the first event that opened the case, even if the case was closed in between
     * @param dataAsAt last known day of the case
     * @param statusOn first day on which the status is recorded; null if nothing is recorded
     */
    public record OpenStep(
            String milestones,
            int version,
            String step,
            int stepOrder,
            String stepTitle,
            int awareOn,
            int dataAsAt,
            Status status,
            @Nullable Integer statusOn) {}

    private record Step(String name, int order, String title, Set<String> done, Set<String> notApplicable)
            implements Serializable {}

    private record Definition(
            String name,
            int version,
            String itemKind,
            Set<String> opens,
            Set<String> closes,
            List<Step> steps,
            Map<String, Set<String>> activity,
            int dataAsAt)
            implements Serializable {

        boolean isFor(ItemEvent event) {
            return (itemKind.equals(event.itemKind()) && opens.contains(event.event()))
                    || activity.getOrDefault(event.itemKind(), Set.of()).contains(event.event());
        }

        boolean isAhead(ItemEvent event) {
            return event.occurredOn() > dataAsAt;
        }
    }

    /** An event that opens or closes a case. */
    private record Turn(ItemEvent event, boolean closes, boolean hasComparableTime) {}

    private static final Comparator<Turn> ORDER = Comparator.<Turn>comparingInt(turn -> turn.event.occurredOn())
            .thenComparing(
                    turn -> turn.hasComparableTime ? turn.event.occurredAt() : null,
                    Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparingLong(turn -> turn.event.eventOrder())
            .thenComparing(Turn::closes)
            .thenComparing(turn -> turn.event.event(), SparkText.ORDER);

    private final List<Definition> definitions;

    public CaseMilestones(Force force, Coverage coverage) {
        this.definitions = force.milestones().stream()
                .map(milestones -> definition(milestones, (int)
                        coverage.asAt(force.feedsBehind(milestones)).toEpochDay()))
                .toList();
    }

    private static Definition definition(Milestones milestones, int dataAsAt) {
        List<Step> steps = new ArrayList<>();
        for (Milestones.Step step : milestones.steps()) {
            steps.add(new Step(
                    step.name(),
                    steps.size() + 1,
                    step.title(),
                    Set.copyOf(step.done()),
                    Set.copyOf(step.notApplicable())));
        }
        return new Definition(
                milestones.name(),
                milestones.version(),
                milestones.itemKind(),
                Set.copyOf(milestones.opens()),
                Set.copyOf(milestones.closes()),
                List.copyOf(steps),
                milestones.silence().activity().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Milestones.Activity::itemKind, activity -> Set.copyOf(activity.events()))),
                dataAsAt);
    }

    /** Whether an event opens a case, or is activity in one, by any definition. */
    public boolean uses(ItemEvent event) {
        return definitions.stream().anyMatch(definition -> definition.isFor(event) && !definition.isAhead(event));
    }

    /** Whether {@link #uses} will be true for an event once its day is reached. */
    public boolean willUse(ItemEvent event) {
        return definitions.stream().anyMatch(definition -> definition.isFor(event) && definition.isAhead(event));
    }

    /** The steps of every definition by which an item is an open case, given the item's distinct events. */
    public List<OpenStep> open(List<ItemEvent> events) {
        List<OpenStep> open = new ArrayList<>();
        for (Definition definition : definitions) {
            List<ItemEvent> heard = events.stream()
                    .filter(event -> event.itemKind().equals(definition.itemKind) && !definition.isAhead(event))
                    .toList();
            Integer awareOn = awareOn(definition, heard);
            if (awareOn != null) {
                definition.steps.forEach(step -> open.add(step(definition, step, awareOn, heard)));
            }
        }
        return open;
    }

    /** Day of the first event that opened the case; null if the case is not open. */
    private static @Nullable Integer awareOn(Definition definition, List<ItemEvent> events) {
        List<ItemEvent> turning = events.stream()
                .filter(event -> definition.opens.contains(event.event()) || definition.closes.contains(event.event()))
                .toList();
        Map<Integer, Boolean> allTimed = ItemEvent.allTimed(turning);
        Turn last = turning.stream()
                .map(event -> new Turn(
                        event,
                        definition.closes.contains(event.event()),
                        Objects.requireNonNull(allTimed.get(event.occurredOn()))))
                .max(ORDER)
                .orElse(null);
        if (last == null || last.closes) {
            return null;
        }
        return first(turning, definition.opens);
    }

    private static OpenStep step(Definition definition, Step step, int awareOn, List<ItemEvent> events) {
        Integer doneOn = first(events, step.done);
        Integer notApplicableOn = first(events, step.notApplicable);
        Status status =
                doneOn != null ? Status.DONE : notApplicableOn != null ? Status.NOT_APPLICABLE : Status.NOT_RECORDED;
        return new OpenStep(
                definition.name,
                definition.version,
                step.name,
                step.order,
                step.title,
                awareOn,
                definition.dataAsAt,
                status,
                doneOn != null ? doneOn : notApplicableOn);
    }

    /** First day of one of these events; null if there is none. */
    private static @Nullable Integer first(List<ItemEvent> events, Set<String> names) {
        return events.stream()
                .filter(event -> names.contains(event.event()))
                .map(ItemEvent::occurredOn)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
