package uk.fpw.warehouse.force;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keys that a staging, grading or staffing query changes: {@code upper(exhibit) as item_key}. An item has the loaded
 * value of its feed's item column everywhere, so that a changed one is the key of no row, and a link to it leads
 * nowhere.
 */
public final class AlteredKeys {

    /** A call that changes a text, with at most one call in it, under the name of a key. */
    private static final Pattern ALTERED = Pattern.compile(
            "(?i)\\b((?:upper|ucase|lower|lcase|trim|ltrim|rtrim|btrim|initcap|replace|regexp_replace|translate|substr"
                    + "|substring|left|right|lpad|rpad|overlay)\\s*+\\((?:[^()]|\\([^()]*+\\))*+\\))\\s++"
                    + "(?:as\\s++)?(item_key|contributor_key)\\b");

    private AlteredKeys() {}

    /**
     * Those of a force.
     *
     * @param query file of the query, such as {@code staging/device_events.sql}
     * @param expression such as {@code upper(exhibit)}
     * @param key the column of the query that it is
     */
    public record AlteredKey(String query, String expression, String key) {}

    /** Those of a force, in the order of its queries. */
    public static List<AlteredKey> of(Force force) {
        List<AlteredKey> found = new ArrayList<>();
        Stream.of(
                        force.stagings().stream()
                                .map(one -> new String[] {"staging/" + one.name() + ".sql", one.sql()}),
                        force.gradings().stream()
                                .map(one -> new String[] {"gradings/" + one.name() + ".sql", one.sql()}),
                        force.staffings().stream()
                                .map(one -> new String[] {"staffing/" + one.name() + ".sql", one.sql()}))
                .flatMap(queries -> queries)
                .forEach(query -> {
                    Matcher altered = ALTERED.matcher(ColumnsInUse.withoutComments(query[1]));
                    while (altered.find()) {
                        found.add(new AlteredKey(query[0], altered.group(1), altered.group(2)));
                    }
                });
        return List.copyOf(found);
    }
}
