package uk.fpw.nightly.measure;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.sql.DataSource;
import uk.fpw.warehouse.store.ledger.FailedNotices;

/** A channel by which notices do not reach everybody, for {@code fpw status} and the page of runs. */
public record FailedChannel(FailedNotices.Unresolved failures) {

    /** What the operator does then. */
    public static final String REMEDY =
            "Correct notify in the installation's file, or the server, then try it: fpw notify failed --test.";

    /** A channel that nobody has used for longer is no longer reported: it may have been taken out of the settings. */
    private static final Duration REPORTED = Duration.ofDays(28);

    /** Those of a warehouse by name; none if the latest notices reached everybody. */
    public static List<FailedChannel> read(DataSource dataSource, Instant now) {
        return new FailedNotices(dataSource)
                .unresolved(now.minus(REPORTED)).stream()
                        .map(FailedChannel::new)
                        .toList();
    }

    /**
     * What failed, in a sentence without addresses.
     *
     * @param time how times are written
     * @param zone their zone
     */
    public String describe(DateTimeFormatter time, ZoneId zone) {
        String what =
                switch (failures.channel()) {
                    case FailedNotices.MAIL -> "E-mails have not reached everybody";
                    case FailedNotices.WEBHOOK -> "The webhook has not been told";
                    default -> "Nobody has been told";
                };
        String count = failures.count() == 1 ? "1 notice" : failures.count() + " notices, the latest";
        return what + " since " + time.format(failures.since().atZone(zone)) + " (" + count + ": " + failures.event()
                + "): " + failures.reason() + ".";
    }
}
