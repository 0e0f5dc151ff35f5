package uk.fpw.layout;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A limit that a person accepted for a release.
 *
 * @param subject feed or queue; null together with {@code limit} and {@code businessDate} if a release of an earlier
 *     version has only {@code reason}
 * @param limit the limit's name, such as {@code deleted}
 * @param businessDate the date for which it was accepted
 * @param extent what was accepted, such as {@code 996 of 1,002 rows deleted} or {@code up to 400}; null for any value
 * @param reason in the words of the person
 * @param recordedBy operating-system user who recorded it; null only if {@code subject} is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReleasedAcceptance(
        @Nullable String subject,
        @Nullable String limit,
        @Nullable LocalDate businessDate,
        @Nullable String extent,
        String reason,
        @Nullable String recordedBy) {

    /** The output of {@link #describe}. Earlier versions wrote only this sentence, and no other code parses it. */
    private static final Pattern SENTENCE = Pattern.compile(
            "(?<subject>[^: ]+):(?<limit>[^: ]+) of (?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?: [(](?<extent>.*?)[)])?"
                    + ", because (?<reason>.*) [(]recorded by (?<by>.*)[)]");

    public ReleasedAcceptance {
        requireNonNull(reason, "reason: missing");
    }

    /** Parses the acceptance of an earlier version; an unknown form is shown as it is. */
    static ReleasedAcceptance ofSentence(String sentence) {
        Matcher parts = SENTENCE.matcher(sentence);
        return parts.matches()
                ? new ReleasedAcceptance(
                        parts.group("subject"),
                        parts.group("limit"),
                        LocalDate.parse(parts.group("date")),
                        parts.group("extent"),
                        parts.group("reason"),
                        parts.group("by"))
                : new ReleasedAcceptance(null, null, null, null, sentence, null);
    }

    /** The same with another reason. */
    public ReleasedAcceptance withReason(String other) {
        return new ReleasedAcceptance(subject, limit, businessDate, extent, other, recordedBy);
    }

    /**
     * What was accepted and why, such as
     * {@code requests:deleted of 2016-01-12 (996 of 1,002 rows deleted), because the archive was cleared (recorded by
     * ann)}.
     */
    public String describe() {
        return describeWithoutAccount() + (recordedBy == null ? "" : " (recorded by " + recordedBy + ")");
    }

    /** The same without the user who recorded it, for readers to whom the account means nothing. */
    public String describeWithoutAccount() {
        return subject == null
                ? reason
                : subject + ":" + limit + " of " + businessDate + (extent == null ? "" : " (" + extent + ")")
                        + ", because " + reason;
    }
}
