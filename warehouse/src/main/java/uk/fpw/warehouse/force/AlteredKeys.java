package uk.fpw.warehouse.force;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds keys that a staging, grading or staffing query alters, such as {@code upper(exhibit) as item_key}. Everywhere
 * else an item has the loaded value of its feed's item column, so an altered key matches no row and links to it lead
 * nowhere.
 */
public final class AlteredKeys {

    /** A call of a text function, with at most one nested call, with the name of a key as alias. */
    private static final Pattern ALTERED = Pattern.compile(
            "(?i)\\b((?:upper|ucase|lower|lcase|trim|ltrim|rtrim|btrim|initcap|replace|regexp_replace|translate|substr"
                    + "|substring|left|right|lpad|rpad|overlay)\\s*+\\((?:[^()]|\\([^()]*+\\))*+\\))\\s++"
                    + "(?:as\\s++)?(item_key|contributor_key)\\b");

    private AlteredKeys() {}

    /**
     * An altered key.
     *
     * @param query file of the query, such as {@code staging/device_events.sql}
     * @param expression such as {@code upper(exhibit)}
     * @param key the key column of the query
     */
    public record AlteredKey(String query, String expression, String key) {}

    /** The altered keys of a force, in the order of its queries. */
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
