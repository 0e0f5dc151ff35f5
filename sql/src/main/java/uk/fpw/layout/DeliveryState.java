package uk.fpw.layout;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What was delivered of a feed for the business date of a release. */
public enum DeliveryState {
    /** Data up to the business date. */
    @JsonProperty("current")
    CURRENT("complete:"),
    /** Nothing: no file of a later date was due. */
    @JsonProperty("not_due")
    NOT_DUE("no later delivery was due for"),
    /** Data of an earlier date only, such as a file with the content of an earlier one. */
    @JsonProperty("old_content")
    OLD_CONTENT("the latest delivery has no newer data of"),
    /** Nothing. The feed is missing, unless what came last is as recent as it has to be. */
    @JsonProperty("not_delivered")
    NOT_DELIVERED("no newer delivery came for");

    private final String words;

    DeliveryState(String words) {
        this.words = words;
    }

    /** As {@code ops} and {@code release.json} record it, such as {@code old_content}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that {@link #code}. */
    public static DeliveryState ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** What is said of such feeds, to be followed by their names. */
    String words() {
        return words;
    }
}
