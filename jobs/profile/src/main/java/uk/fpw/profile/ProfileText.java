package uk.fpw.profile;

import java.util.Locale;
import uk.fpw.ingest.source.DisplayText;

/** Names and numbers as people and YAML read them. */
final class ProfileText {

    private ProfileText() {}

    /** A number and what is counted, for what is no regular noun: {@code 1 row has}, {@code 2 rows have}. */
    static String count(long number, String one, String several) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : several);
    }

    /** A YAML text in double quotes; what cannot be seen is written as an escape that YAML knows too. */
    static String quoted(String text) {
        return '"' + DisplayText.whole(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }
}
