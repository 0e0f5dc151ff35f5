package uk.fpw.layout;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What had been delivered of a feed for the business date of a release. */
public enum DeliveryState {
    /** Data up to the business date. */
    @JsonProperty("current")
    CURRENT("complete:"),
    /** Nothing, because no file of a later date was due. */
    @JsonProperty("not_due")
    NOT_DUE("no later delivery was due for"),
    /** Only data of an earlier date, such as a file with the same content as an earlier one. */
    @JsonProperty("old_content")
    OLD_CONTENT("the latest delivery has no newer data of"),
    /** Nothing. The feed is missing unless its latest delivery is still recent enough. */
    @JsonProperty("not_delivered")
    NOT_DELIVERED("no newer delivery came for");

    private final String words;

    DeliveryState(String words) {
        this.words = words;
    }

    /** Code in {@code ops} and {@code release.json}, such as {@code old_content}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with that {@link #code}. */
    public static DeliveryState ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Start of a message, to be followed by the names of the feeds. */
    String words() {
        return words;
    }
}
