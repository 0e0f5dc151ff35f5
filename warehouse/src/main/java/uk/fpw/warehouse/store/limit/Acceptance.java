package uk.fpw.warehouse.store.limit;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleasedAcceptance;
import uk.fpw.layout.RunId;

/**
 * The acceptance of an exceeded limit by a person, once and for one business date.
 *
 * @param subject feed or queue
 * @param businessDate the only date for which it is valid
 * @param reason in the words of the user; shown to readers of the release
 * @param recordedBy operating-system user
 * @param usedByRun the latest run that the limit would otherwise have stopped; null if there was none
 * @param figures what was accepted, such as {@code 996 of 1,002 rows deleted (99.4 %)}; null exactly if
 *     {@code usedByRun} is
 * @param shown the excess of the load that had been stopped when this was recorded, which is also the most it accepts;
 *     null if no load had been stopped, in which case any excess is accepted
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

    /** Maximum length of a reason in characters. */
    public static final int MAX_REASON = 400;

    public Acceptance {
        requireReason(reason);
    }

    /** Throws {@link IllegalArgumentException}, saying what to write, if the text is not a valid reason. */
    public static void requireReason(String reason) {
        if (reason.isBlank() || reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a reason must be one line of 1 to " + MAX_REASON
                    + " characters that explains why the change is correct, without personal data");
        }
    }

    /** The acceptance as shown to readers of a release. */
    public ReleasedAcceptance released() {
        String extent = figures != null ? figures : shown != null ? "up to " + shown : null;
        return new ReleasedAcceptance(subject, limit.toString(), businessDate, extent, reason, recordedBy);
    }

    /** Limit and reason, see {@link ReleasedAcceptance#describe}. */
    public String describe() {
        return released().describe();
    }
}
