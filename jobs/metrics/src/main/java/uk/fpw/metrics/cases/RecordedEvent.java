package uk.fpw.metrics.cases;

/**
 * An event that counts as activity in a case, unless it is part of a bulk update.
 *
 * @param itemKind kind of the case, or of the item that belongs to it
 * @param count how often it is recorded on the day, for the case and its items
 */
public record RecordedEvent(String itemKind, String event, int occurredOn, long count) {

    /** The part that events of other cases may share. */
    public EventDay eventDay() {
        return new EventDay(itemKind, event, occurredOn);
    }

    /** An event on a day. */
    public record EventDay(String itemKind, String event, int occurredOn) {}
}
