package uk.fpw.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What published numbers mean, as a query in DuckDB's SQL that starts at the events: {@code fpw/definition/<name>.sql}.
 * The audit of a run uses it for the recount.
 *
 * @param name name of the query, under which those after it read its rows
 * @param sql text of the query
 * @param comparisons which published columns must be equal to its own; none for a step on the way
 */
public record FigureDefinition(String name, String sql, List<Comparison> comparisons) {

    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*");

    /**
     * Columns of one table that must be equal to those of a definition.
     *
     * @param table qualified name of the published table
     * @param key columns that tell a row
     * @param equal further columns that must be the same
     * @param published SQL over the table: which of its rows are compared
     * @param of what is selected from the definition to have the columns of the table
     * @param defined SQL over the definition: which of its rows are compared
     * @param hidden columns of the key that no message shows, since they identify cases or people
     */
    public record Comparison(
            String table,
            List<String> key,
            List<String> equal,
            String published,
            String of,
            String defined,
            List<String> hidden) {}

    /** Cached: the pages of a release read it for every table. */
    private static final Map<FigureDefinition, List<String>> SOURCES = new ConcurrentHashMap<>();

    /** Every definition; each reads those before it. */
    public static List<FigureDefinition> all() {
        return Own.DEFINITIONS;
    }

    /** The definitions that say what a table's numbers are; empty if none does. */
    public static List<FigureDefinition> of(String table) {
        return all().stream()
                .filter(definition -> definition.comparisons().stream()
                        .anyMatch(comparison -> comparison.table().equals(table)))
                .toList();
    }

    /**
     * SHA-256 (hex) over every definition, its comparisons, and the tables of what a force defines: equal exactly if
     * the same is counted, and compared in the same way.
     */
    public static String digest() {
        return Own.DIGEST;
    }

    /** The definition as one query over the tables of a release, those that it reads before it. */
    public String whole() {
        Map<String, FigureDefinition> needed = new TreeMap<>();
        need(this, needed);
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
     * What the query reads, by the names that it uses: definitions before it, {@code event}, {@code grading} and
     * {@code staffing} of {@code core}, and tables of what the force defines.
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

    private static void need(FigureDefinition definition, Map<String, FigureDefinition> needed) {
        needed.put(definition.name(), definition);
        for (FigureDefinition other : all()) {
            if (definition.sources().contains(other.name()) && !needed.containsKey(other.name())) {
                need(other, needed);
            }
        }
    }

    private static boolean reads(FigureDefinition definition, String table) {
        return Pattern.compile("\\b(from|join) " + table + "\\b")
                .matcher(COMMENT.matcher(definition.sql()).replaceAll(""))
                .find();
    }

    /** Cached: a run reads it many times. */
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

        /** The text behind the digest: releases carry it, so that it must not follow the names of classes. */
        private static String text() {
            return DEFINITIONS.stream()
                    .map(each -> "Definition[name=" + each.name() + ", sql=" + each.sql() + ", comparisons="
                            + each.comparisons() + "]")
                    .collect(Collectors.joining(", ", "[", "]"));
        }
    }
}
