package uk.fpw.warehouse.force.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the name that a person most likely meant. */
public final class Suggestions {

    /** Nobody means a name by a longer text, and comparing it would need memory. */
    private static final int MAX_LENGTH = 200;

    private Suggestions() {}

    /** The known name that differs least, in any case, from the one that was written; null if none is near. */
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

    /** A fix for an unknown reference: the nearest name, or all existing names. */
    public static String remedy(String written, Collection<String> known, String whatTheyAre) {
        String nearest = to(written, known);
        if (nearest != null) {
            return "did you mean '" + nearest + "'?";
        }
        return known.isEmpty()
                ? "there are no " + whatTheyAre
                : "the " + whatTheyAre + " are " + String.join(", ", new TreeSet<>(known));
    }

    /**
     * The optimal string alignment distance (insertions, deletions, replacements and swaps of
     * neighbours), ignoring case.
     */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], 1 + steps[i - 2][j - 2]);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
