package uk.fpw.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The definition of published numbers as a DuckDB query over the events: {@code fpw/definition/<name>.sql}. The audit
 * of a run uses it for the recount.
 *
 * @param name name of the query; later definitions refer to it
 * @param sql text of the query
 * @param comparisons published columns that must be equal to the result; empty for an intermediate step
 */
public record FigureDefinition(String name, String sql, List<Comparison> comparisons) {

    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*");

    /**
     * Columns of one table that must be equal to those of a definition.
     *
     * @param table qualified name of the published table
     * @param key columns that identify a row
     * @param equal other columns that must be equal
     * @param published SQL condition on the table for the rows to compare
     * @param of select list over the definition that yields the columns of the table
     * @param defined SQL condition on the definition for the rows to compare
     * @param hidden columns of the key that messages must not show, because they identify cases or people
     */
    public record Comparison(
            String table,
            List<String> key,
            List<String> equal,
            String published,
            String of,
            String defined,
            List<String> hidden) {}

    /** Cached, because the pages of a release read it for every table. */
    private static final Map<FigureDefinition, List<String>> SOURCES = new ConcurrentHashMap<>();

    /** All definitions; each may refer to those before it. */
    public static List<FigureDefinition> all() {
        return Own.DEFINITIONS;
    }

    /** The definitions of a table's numbers; empty if there are none. */
    public static List<FigureDefinition> of(String table) {
        return all().stream()
                .filter(definition -> definition.comparisons().stream()
                        .anyMatch(comparison -> comparison.table().equals(table)))
                .toList();
    }

    /**
     * The definition that counts the figures of a table whose changes are explained as sums.
     *
     * @param model with such a figure
     */
    public static FigureDefinition ofSums(Model model) {
        return ofSums(all(), model);
    }

    static FigureDefinition ofSums(List<FigureDefinition> definitions, Model model) {
        return definitions.stream()
                .filter(definition -> definition.counts(model.table(), model.explained(Explained.SUM)))
                .findFirst()
                .orElseThrow(() -> new ModelException("no definition counts all figures of " + model.table()
                        + " that are explained as sums: " + String.join(", ", model.explained(Explained.SUM))
                        + "; count them in one, and list them under its 'equal', if it has that, in "
                        + "fpw/definition/definitions.yml"));
    }

    /**
     * Definitions and those that they read, each after those that it reads.
     *
     * @param given names of those whose rows are there already, so that neither they nor what only they read is needed
     */
    public static List<FigureDefinition> withSources(Collection<FigureDefinition> wanted, Set<String> given) {
        Map<String, FigureDefinition> needed = new TreeMap<>();
        wanted.forEach(definition -> need(definition, needed, given));
        return all().stream()
                .filter(definition -> needed.containsKey(definition.name()))
                .toList();
    }

    /** Whether these columns of a table must be equal to those of the definition, by their names. */
    private boolean counts(String table, List<String> columns) {
        return comparisons.stream()
                .anyMatch(comparison -> comparison.table().equals(table)
                        && comparison.of().equals("*")
                        && comparison.equal().containsAll(columns));
    }

    /**
     * SHA-256 (hex) over all definitions, their comparisons and the tables of the force's definitions. Equal digests
     * mean that the same is counted and compared in the same way.
     */
    public static String digest() {
        return Own.DIGEST;
    }

    /** The definition as a single query over the tables of a release, with the definitions it depends on. */
    public String whole() {
        Map<String, FigureDefinition> needed = new TreeMap<>();
        need(this, needed, Set.of());
        StringBuilder query = new StringBuilder("""
                with

                event as (select * from core.event),

                grading as (select * from core.grading),

                """);
        if (needed.values().stream().anyMatch(definition -> definition.sources().contains("staffing"))) {
            query.append("staffing as (select * from core.staffing),\n\n");
        }
        query.append(all().stream()
                .filter(definition -> needed.containsKey(definition.name()))
                .map(definition ->
                        definition.name() + " as (\n\n" + definition.sql().strip() + "\n\n)")
                .collect(Collectors.joining(",\n\n")));
        return query.append("\n\nselect * from ").append(name).append("\n").toString();
    }

    /**
     * What the query reads: earlier definitions, {@code event}, {@code grading} and {@code staffing} of {@code core},
     * and tables of the force's definitions, by the names used in the query.
     */
    public List<String> sources() {
        return SOURCES.computeIfAbsent(this, definition -> Stream.of(
                        all().stream().map(FigureDefinition::name),
                        Stream.of("event", "grading", "staffing"),
                        ForceTable.all().stream().map(ForceTable::name))
                .flatMap(names -> names)
                .filter(source -> !source.equals(name) && reads(definition, source))
                .toList());
    }

    private static void need(FigureDefinition definition, Map<String, FigureDefinition> needed, Set<String> given) {
        needed.put(definition.name(), definition);
        for (FigureDefinition other : all()) {
            if (definition.sources().contains(other.name())
                    && !needed.containsKey(other.name())
                    && !given.contains(other.name())) {
                need(other, needed, given);
            }
        }
    }

    private static boolean reads(FigureDefinition definition, String table) {
        return Pattern.compile("\\b(from|join) " + table + "\\b")
                .matcher(COMMENT.matcher(definition.sql()).replaceAll(""))
                .find();
    }

    /** Cached, because a run reads it many times. */
    private static final class Own {
        private static final List<FigureDefinition> DEFINITIONS =
                new FigureDefinitionReader(ModelFiles.own()).definitions();
        private static final String DIGEST = digest();

        private static String digest() {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest((text() + "\n" + ForceTable.all()).getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform provides SHA-256", impossible);
            }
        }

        /** The text behind the digest. Releases store the digest, so it must not depend on class names. */
        private static String text() {
            return DEFINITIONS.stream()
                    .map(each -> "Definition[name=" + each.name() + ", sql=" + each.sql() + ", comparisons="
                            + each.comparisons() + "]")
                    .collect(Collectors.joining(", ", "[", "]"));
        }
    }
}
