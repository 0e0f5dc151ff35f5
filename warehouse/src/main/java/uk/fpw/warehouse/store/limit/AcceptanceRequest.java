package uk.fpw.warehouse.store.limit;

import java.util.List;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.queue.Queue;

/**
 * A user's request to accept an exceeded limit.
 *
 * @param subject feed or queue
 * @param reason as in {@link Acceptance}
 * @param recordedBy operating-system user
 */
public record AcceptanceRequest(String subject, AcceptableLimit limit, String reason, String recordedBy) {

    /**
     * Parses {@code SUBJECT:LIMIT}.
     *
     * @throws FpwException with {@code CONFIGURATION} if the force has no such feed or queue, there is no such limit,
     *     or the reason is invalid; the message lists the existing ones
     */
    public static AcceptanceRequest of(Force force, String name, String reason, String recordedBy) {
        int colon = name.indexOf(':');
        if (colon < 0) {
            throw wrong("'" + name + "' does not contain a limit; use FEED:LIMIT or QUEUE:LIMIT. " + limits());
        }
        String subject = name.substring(0, colon);
        AcceptableLimit limit = AcceptableLimit.find(name.substring(colon + 1));
        if (limit == null) {
            throw wrong("'" + name.substring(colon + 1) + "' is not a limit. " + limits());
        }
        List<String> subjects = limit.isOfFeed()
                ? force.feeds().stream().map(Feed::name).toList()
                : force.queues().stream().map(Queue::name).toList();
        if (!subjects.contains(subject)) {
            String kind = limit.isOfFeed() ? "feed" : "queue";
            throw wrong("'" + limit + "' is a limit of " + kind + "s, and there is no " + kind + " '" + subject
                    + "' in " + force.folder() + "; " + kind + "s: " + String.join(", ", subjects));
        }
        try {
            Acceptance.requireReason(reason);
        } catch (IllegalArgumentException none) {
            throw wrong("--reason: " + none.getMessage());
        }
        return new AcceptanceRequest(subject, limit, reason, recordedBy);
    }

    private static String limits() {
        return "Limits of a feed: " + String.join(", ", AcceptableLimit.names(true)) + "; of a queue: "
                + String.join(", ", AcceptableLimit.names(false));
    }

    private static FpwException wrong(String message) {
        return FpwException.configuration(message);
    }
}
