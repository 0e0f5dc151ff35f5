package uk.fpw.profile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * What was seen of one column.
 *
 * @param header its name in the source
 * @param blanks rows without a value
 * @param values rows with one
 * @param distinctCount different values; an estimate, with a standard error of 0.6 %, where {@code isExact} is false
 * @param levelledCount different values if blanks and case are normalised; the same as {@code distinctCount} where
 *     that is an estimate
 * @param shortest characters of the shortest value
 * @param meanLength characters of a value on average
 * @param shapes how values are written, most frequent first; of the first 20,000 values and every hundredth after them
 * @param markers texts that mean 'no value' among numbers or dates, such as N/A, with how often
 * @param personal what people's data it seems to hold; null if none
 * @param hasLineBreaks whether values go over several lines
 * @param commonValues the values that look like a closed list; none if it has no such list
 */
record ColumnProfile(
        String header,
        InferredType type,
        long blanks,
        long values,
        long distinctCount,
        boolean isExact,
        long levelledCount,
        int shortest,
        int longest,
        double meanLength,
        List<String> shapes,
        Map<String, Long> markers,
        @Nullable String personal,
        boolean hasLineBreaks,
        List<String> commonValues) {

    private static final int SHORT_TEXT = 60;
    private static final int LONG_TEXT = 200;

    /** Whether it is what people write, and not a code, a name or a number. */
    boolean isFreeText() {
        return type.type() == Feed.Type.TEXT
                && (hasLineBreaks
                        || longest > LONG_TEXT
                        || meanLength > SHORT_TEXT
                        || (PersonalNames.isFreeText(header) && meanLength > SHORT_TEXT / 3.0));
    }

    /**
     * Whether it looks personal, and a feed of a table cannot make pseudonyms of it since the table declares neither a
     * text nor a number.
     */
    boolean isPersonalButNoText() {
        return personal != null
                && type.type() != Feed.Type.TEXT
                && type.type() != Feed.Type.WHOLE
                && type.type() != Feed.Type.DECIMAL;
    }

    /** Whether its dates are, or may be, dates of birth. */
    boolean isBirth() {
        return PersonalNames.DATE_OF_BIRTH.equals(personal) || PersonalNames.MAYBE_DATE_OF_BIRTH.equals(personal);
    }

    /** Whether no queue may be sliced by it without a reason in law. */
    boolean isSpecialCategory() {
        return PersonalNames.SPECIAL_CATEGORY.equals(personal);
    }

    /** The same, whose values are counted exactly. */
    ColumnProfile withExactCount(long different) {
        return new ColumnProfile(
                header,
                type,
                blanks,
                values,
                different,
                true,
                isExact ? levelledCount : different,
                shortest,
                longest,
                meanLength,
                shapes,
                markers,
                personal,
                hasLineBreaks,
                commonValues);
    }

    /** The same with another type. */
    ColumnProfile as(InferredType other) {
        return with(other, Map.of(), other.isTime() && !isBirth() ? null : personal);
    }

    /** The same, of which a person has said that its dates are events and no births. */
    ColumnProfile asEvent() {
        return with(type, markers, null);
    }

    private ColumnProfile with(InferredType otherType, Map<String, Long> otherMarkers, @Nullable String otherPersonal) {
        return new ColumnProfile(
                header,
                otherType,
                blanks,
                values,
                distinctCount,
                isExact,
                levelledCount,
                shortest,
                longest,
                meanLength,
                shapes,
                otherMarkers,
                otherPersonal,
                hasLineBreaks,
                commonValues);
    }
}
