package uk.fpw.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A cause for a change of a published count of a past period since the previous release. All causes are listed in
 * {@code fpw/change_causes.yml}, in print order.
 *
 * @param name as in the rows of {@code mart.figure_change}
 * @param description meaning, as part of a sentence
 * @param when DuckDB SQL over the columns of a changed spell; the first cause with a true condition applies
 */
public record ChangeCause(String name, String description, String when) {

    /** A figure is missing from one of the two releases because a feed was not available. */
    public static final String COVERAGE = "coverage";

    /** Another version of the software calculated the replaced release. */
    public static final String SOFTWARE = "software";

    /** Rows were deleted by their source, or erased from the warehouse: never told apart in a figure. */
    public static final String DELETED = "deleted";

    public static final String UNEXPLAINED = "unexplained";

    /** All causes in print order; the last one applies where no other does. */
    public static List<ChangeCause> all() {
        return Own.CAUSES;
    }

    /** SQL expression over the columns of a changed spell that yields the name of its cause. */
    public static String decision() {
        return all().stream()
                .map(cause -> "when " + cause.when() + " then " + DuckSql.text(cause.name()))
                .collect(Collectors.joining("\n    ", "case\n    ", "\nend"));
    }

    /** The names of the causes in print order. */
    public static List<String> names() {
        return all().stream().map(ChangeCause::name).toList();
    }

    private static List<ChangeCause> read(ModelFiles files) {
        String file = "change_causes.yml";
        YamlFields root = YamlFields.read(
                        "fpw/" + file,
                        files.text(file).orElseThrow(() -> new ModelException("the sql module has no fpw/" + file)))
                .only(Set.of("causes"));
        List<ChangeCause> causes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlFields fields : root.each("causes", "cause")) {
            fields.only(Set.of("cause", "description", "when"));
            ChangeCause cause = new ChangeCause(fields.text("cause"), fields.text("description"), fields.text("when"));
            if (!names.add(cause.name())) {
                throw fields.wrong("the cause '" + cause.name() + "' is listed twice");
            }
            causes.add(cause);
        }
        // The queries of the audit refer to these names.
        List<String> used = List.of(SOFTWARE, "definition", "reference data", COVERAGE, "withdrawn load", DELETED);
        if (!names.containsAll(used) || !causes.get(causes.size() - 1).name().equals(UNEXPLAINED)) {
            throw root.wrong("'causes' must have '" + String.join("', '", used) + "' and, as the last one, '"
                    + UNEXPLAINED + "'");
        }
        return List.copyOf(causes);
    }

    /** Cached, because a run reads it several times. */
    private static final class Own {
        private static final List<ChangeCause> CAUSES = read(ModelFiles.own());
    }
}
