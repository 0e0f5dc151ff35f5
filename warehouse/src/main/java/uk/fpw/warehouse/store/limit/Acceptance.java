package uk.fpw.warehouse.store.limit;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleasedAcceptance;
import uk.fpw.layout.RunId;

/**
 * A limit that a person accepts once, on one business date.
 *
 * @param subject feed or queue
 * @param businessDate the only date for which it is valid
 * @param reason as given by the user; readers of the release see it
 * @param recordedBy user of the operating system
 * @param usedByRun the latest run that the limit would have stopped without it; null if there was none
 * @param figures what was accepted, such as {@code 996 of 1,002 rows deleted (99.4 %)}; null exactly when
 *     {@code usedByRun} is
 * @param shown what a load had been stopped by when it was recorded, and up to which it accepts; null if none had
 *     been, so that anything passes
 */
public record Acceptance(
        String subject,
        AcceptableLimit limit,
        LocalDate businessDate,
        String reason,
        String recordedBy,
        @Nullable RunId usedByRun,
        @Nullable String figures,
        @Nullable LimitBreaches shown) {

    /** Longest reason, in characters. */
    public static final int MAX_REASON = 400;

    /** An acceptance of any value. */
    public Acceptance(
            String subject,
            AcceptableLimit limit,
            LocalDate businessDate,
            String reason,
            String recordedBy,
            @Nullable RunId usedByRun,
            @Nullable String figures) {
        this(subject, limit, businessDate, reason, recordedBy, usedByRun, figures, null);
    }

    public Acceptance {
        requireReason(reason);
    }

    /** Throws {@link IllegalArgumentException}, saying what to write, unless the text can be a reason. */
    public static void requireReason(String reason) {
        if (reason.isBlank() || reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a reason must be one line of 1 to " + MAX_REASON
                    + " characters that explains why the change is correct, without personal data");
        }
    }

    /** As a release shows it to its readers. */
    public ReleasedAcceptance released() {
        String extent = figures != null ? figures : shown != null ? "up to " + shown : null;
        return new ReleasedAcceptance(subject, limit.toString(), businessDate, extent, reason, recordedBy);
    }

    /** What was accepted and why, see {@link ReleasedAcceptance#describe}. */
    public String describe() {
        return released().describe();
    }
}
