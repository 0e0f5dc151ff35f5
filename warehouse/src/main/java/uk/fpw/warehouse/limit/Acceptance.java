package uk.fpw.warehouse.limit;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A limit that a person lets pass on one business date.
 *
 * @param subject feed or queue
 * @param businessDate the only date on which it is let pass
 * @param reason in the person's words; readers of the release see it
 * @param recordedBy user of the operating system
 * @param usedByRun the latest run that the limit would have stopped without it; null if there was none
 * @param figures what was let pass, such as {@code 996 of 1,002 rows deleted (99.4 %)}; null exactly when {@code usedByRun} is
 */
public record Acceptance(
        String subject,
        Limit limit,
        LocalDate businessDate,
        String reason,
        String recordedBy,
        @Nullable String usedByRun,
        @Nullable String figures) {

    /** Longest reason, in characters. */
    public static final int MAX_REASON = 400;

    public Acceptance {
        requireReason(reason);
    }

    /** Throws {@link IllegalArgumentException}, saying what to write, unless the text can be a reason. */
    public static void requireReason(String reason) {
        if (reason.isBlank() || reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a reason is one line of 1 to " + MAX_REASON
                    + " characters that says why the change is right, without personal data");
        }
    }

    /** What was accepted and why, such as {@code requests:deleted of 2016-01-12 (996 of 1,002 rows deleted), because the archive was cleared (recorded by ann)}. */
    public String inWords() {
        return subject + ":" + limit + " of " + businessDate + (figures == null ? "" : " (" + figures + ")")
                + ", because " + reason + " (recorded by " + recordedBy + ")";
    }
}
