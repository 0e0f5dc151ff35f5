package uk.fpw.metrics.cases;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cases.RecordedEvent.EventDay;

/**
 * How long no activity has been recorded in an open case. Only events since the force became aware count. No record
 * never means that nothing was done.
 *
 * @param last the last activity, the first by name if there are several on that day; null if there is none
 * @param silentDays days since then, or since the force became aware
 * @param ignoredEvents events that are part of a bulk update
 */
record CaseSilence(@Nullable RecordedEvent last, int silentDays, long ignoredEvents) {

    private static final Comparator<RecordedEvent> LATEST_FIRST = Comparator.comparingInt(RecordedEvent::occurredOn)
            .reversed()
            .thenComparing(RecordedEvent::event)
            .thenComparing(RecordedEvent::itemKind);

    /**
     * The silence of a case.
     *
     * @param events possible activity of the case and of the items that belong to it
     * @param bulkUpdates events to ignore, because they are bulk updates
     */
    static CaseSilence of(OpenCase open, List<RecordedEvent> events, Set<EventDay> bulkUpdates) {
        List<RecordedEvent> heard = events.stream()
                .filter(event -> event.occurredOn() >= open.awareOn() && event.occurredOn() <= open.dataAsAt())
                .toList();
        RecordedEvent last = heard.stream()
                .filter(event -> !bulkUpdates.contains(event.eventDay()))
                .min(LATEST_FIRST)
                .orElse(null);
        return new CaseSilence(
                last,
                open.dataAsAt() - (last == null ? open.awareOn() : last.occurredOn()),
                heard.stream()
                        .filter(event -> bulkUpdates.contains(event.eventDay()))
                        .mapToLong(RecordedEvent::count)
                        .sum());
    }
}
