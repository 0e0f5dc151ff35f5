package uk.fpw.warehouse.force.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.EditDistance;

/** Suggests the name that was probably meant. */
public final class Suggestions {

    /** Longer texts are no names, and comparing them would need much memory. */
    private static final int MAX_LENGTH = 200;

    private Suggestions() {}

    /** The most similar known name, ignoring case; null if none is similar. */
    public static @Nullable String to(String written, Collection<String> known) {
        if (written.length() > MAX_LENGTH) {
            return null;
        }
        int tolerance = Math.max(1, written.length() / 3);
        return new TreeSet<>(known)
                .stream()
                        .filter(name -> distance(written, name) <= tolerance)
                        .min(Comparator.comparingInt(name -> distance(written, name)))
                        .orElse(null);
    }

    /** The fix for an unknown reference: the most similar name, or a list of all. */
    public static String remedy(String written, Collection<String> known, String whatTheyAre) {
        return remedy(
                to(written, known),
                known.isEmpty()
                        ? "there are no " + whatTheyAre
                        : "the " + whatTheyAre + " are " + String.join(", ", new TreeSet<>(known)));
    }

    /** The fix: the most similar name, or another fix if there is none. */
    public static String remedy(@Nullable String nearest, String otherwise) {
        return nearest == null ? otherwise : "did you mean '" + nearest + "'?";
    }

    private static int distance(String one, String other) {
        return EditDistance.between(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
    }
}
