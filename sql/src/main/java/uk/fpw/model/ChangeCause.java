package uk.fpw.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why a published count of a past period differs from that of the release before: {@code fpw/change_causes.yml}, the
 * only list of causes, in the order in which they are printed.
 *
 * @param name as it is in the rows of {@code mart.figure_change}
 * @param description what it means, as part of a sentence
 * @param when SQL of DuckDB over the columns of a changed spell; the first cause for which it is true is that of the
 *     spell
 */
public record ChangeCause(String name, String description, String when) {

    /** A figure is not available in one of the two releases, since a feed is missing from it. */
    public static final String COVERAGE = "coverage";

    /** No cause was found. */
    public static final String UNEXPLAINED = "unexplained";

    /** Every cause, in the order in which they are printed; the last one is that of what none explains. */
    public static List<ChangeCause> all() {
        return Own.CAUSES;
    }

    /** The decision as an SQL expression over the columns of a changed spell, whose value is the name of the cause. */
    public static String decision() {
        return all().stream()
                .map(cause -> "when " + cause.when() + " then " + DuckSql.text(cause.name()))
                .collect(Collectors.joining("\n    ", "case\n    ", "\nend"));
    }

    /** The names of the causes, in the order in which they are printed. */
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
        // the queries of the audit name these
        List<String> used = List.of("definition", "reference data", COVERAGE, "withdrawn load");
        if (!names.containsAll(used) || !causes.get(causes.size() - 1).name().equals(UNEXPLAINED)) {
            throw root.wrong("'causes' must have '" + String.join("', '", used) + "' and, as the last one, '"
                    + UNEXPLAINED + "'");
        }
        return List.copyOf(causes);
    }

    /** Cached: a run reads it several times. */
    private static final class Own {
        private static final List<ChangeCause> CAUSES = read(ModelFiles.own());
    }
}
