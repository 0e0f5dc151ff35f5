package uk.fpw.text;

import java.util.Collection;
import java.util.List;

/** Lists names in a text of limited length: the first ones and the number of the rest. */
public final class NameList {

    private static final String MORE = " and %d more";

    private NameList() {}

    /**
     * The first names: {@code a, b, c and 47 more}.
     *
     * @param most how many to show, at least one
     */
    public static String first(int most, Collection<String> names) {
        String first = String.join(", ", names.stream().limit(most).toList());
        return names.size() <= most ? first : first + MORE.formatted(names.size() - most);
    }

    /**
     * All names if they fit, otherwise as many as fit with the number of the rest.
     *
     * @param length maximum number of characters; the first name is shown even if it is longer
     * @param separator text between two names, such as a comma and a blank
     */
    public static String fitting(int length, String separator, List<String> names) {
        String all = String.join(separator, names);
        int shown = names.size();
        while (all.length() > length && shown > 1) {
            shown--;
            all = String.join(separator, names.subList(0, shown)) + MORE.formatted(names.size() - shown);
        }
        return all;
    }
}
