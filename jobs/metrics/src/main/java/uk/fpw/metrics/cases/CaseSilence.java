package uk.fpw.metrics.cases;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cases.RecordedEvent.EventDay;

/**
 * For how long nothing has been recorded of an open case that counts as activity. Only what was recorded from the day
 * on which the force became aware counts. That nothing is recorded never means that nothing was done.
 *
 * @param last the last activity, of several on one day the first by its name; null if there is none
 * @param silentDays days since, or since the force became aware
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
     * @param events what may be activity, of the case and of the items that belong to it
     * @param bulkUpdates what is a bulk update instead
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
