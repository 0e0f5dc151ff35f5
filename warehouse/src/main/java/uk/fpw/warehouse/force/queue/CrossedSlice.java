package uk.fpw.warehouse.force.queue;

import java.util.function.UnaryOperator;

/**
 * Slices by two attributes at once, such as {@code device_type x priority} with values such as {@code phone x high}. No
 * attribute has such a name, and a cross has only the values that spells have.
 */
public final class CrossedSlice {

    private static final String BY = " x ";

    private CrossedSlice() {}

    /** Name of the slice by both attributes. */
    public static String name(String first, String second) {
        return first + BY + second;
    }

    /** Whether a slice is by two attributes. */
    public static boolean isCrossed(String slice) {
        return slice.contains(BY);
    }

    /** Whether an attribute is the slice, or one of the two attributes by which the slice is. */
    public static boolean isBy(String slice, String attribute) {
        return slice.equals(attribute) || slice.startsWith(attribute + BY) || slice.endsWith(BY + attribute);
    }

    /** Value of a slice, crossed or not, given the values of attributes. */
    public static String value(String slice, UnaryOperator<String> ofAttribute) {
        int by = slice.indexOf(BY);
        return by < 0
                ? ofAttribute.apply(slice)
                : name(ofAttribute.apply(slice.substring(0, by)), ofAttribute.apply(slice.substring(by + BY.length())));
    }

    /**
     * Whether an item with a value of a slice may have this value of an attribute; true if the slice is not by the
     * attribute.
     */
    public static boolean mayHave(String slice, String sliceValue, String attribute, String value) {
        if (slice.equals(attribute)) {
            return sliceValue.equals(value);
        }
        return (!slice.startsWith(attribute + BY) || sliceValue.startsWith(value + BY))
                && (!slice.endsWith(BY + attribute) || sliceValue.endsWith(BY + value));
    }
}
