package uk.fpw.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/** The catalogue: the tables of a release, the columns of a table, the ready-made queries. */
public final class Catalogue {

    private Catalogue() {}

    /** The tables of a release, one per row. */
    public static QueryResult tables(ReleaseManifest release) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ReleaseManifest.Table table : release.tables()) {
            rows.add(row(
                    table.name(),
                    table.rowCount(),
                    table.expired() ? "(expired) " + table.description() : table.description()));
        }
        return QueryResult.of(
                List.of(
                        new QueryResult.Heading("table", false),
                        new QueryResult.Heading("rows", true),
                        new QueryResult.Heading("one_row_is", false)),
                rows);
    }

    /** The columns of a table, one per row; {@link QueryException} if there is no such table. */
    public static QueryResult columns(ReleaseManifest release, String name) {
        String qualified = name.contains(".") ? name : "mart." + name;
        ReleaseManifest.Table table = release.table(qualified)
                .orElseThrow(() -> QueryException.wrong("release " + release.id() + " has no table '" + name
                        + "'; tables: "
                        + String.join(
                                ", ",
                                release.tables().stream()
                                        .map(ReleaseManifest.Table::name)
                                        .toList())));
        // A release may come from another version of the software: add what this version knows about its columns.
        Optional<Model> model = Models.find(qualified);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ReleaseManifest.Column column : table.columns()) {
            Optional<Model.Column> known = model.flatMap(it -> it.columns().stream()
                    .filter(one -> one.name().equals(column.name()))
                    .findFirst());
            rows.add(row(
                    column.name(),
                    column.type(),
                    known.map(Model.Column::unit).orElse(""),
                    known.map(one -> one.add().word()).orElse(""),
                    known.map(one -> one.nullable() ? "yes" : "no").orElse(""),
                    known.map(Model.Column::description).orElse(column.description())));
        }
        return QueryResult.of(
                List.of(
                        new QueryResult.Heading("column", false),
                        new QueryResult.Heading("type", false),
                        new QueryResult.Heading("unit", false),
                        new QueryResult.Heading("add", false),
                        new QueryResult.Heading("null", false),
                        new QueryResult.Heading("meaning", false)),
                rows);
    }

    /**
     * How a table is counted: the definition of that name, or each definition of the table of that name, as a query
     * that can be run.
     *
     * @throws QueryException if there is none, listing the existing ones
     */
    public static String definition(String name) {
        List<FigureDefinition> named = FigureDefinition.all().stream()
                .filter(definition -> definition.name().equals(name))
                .toList();
        List<FigureDefinition> found =
                named.isEmpty() ? FigureDefinition.of(name.contains(".") ? name : "mart." + name) : named;
        if (found.isEmpty()) {
            throw QueryException.wrong("no definition recounts '" + name + "'; there are definitions of "
                    + FigureDefinition.all().stream()
                            .flatMap(definition -> definition.comparisons().stream())
                            .map(FigureDefinition.Comparison::table)
                            .distinct()
                            .collect(Collectors.joining(", "))
                    + ", each on its own "
                    + FigureDefinition.all().stream()
                            .map(FigureDefinition::name)
                            .collect(Collectors.joining(", ")));
        }
        return found.stream()
                .map(definition -> columns(definition) + definition.whole())
                .collect(Collectors.joining("\n;\n\n"));
    }

    private static String columns(FigureDefinition definition) {
        return definition.comparisons().stream()
                .map(comparison -> "-- Equal to " + comparison.table() + ": "
                        + String.join(", ", comparison.equal().isEmpty() ? comparison.key() : comparison.equal())
                        + ", by " + String.join(", ", comparison.key()) + "\n")
                .collect(Collectors.joining());
    }

    /** The ready-made queries, one per row. */
    public static QueryResult readyQueries() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ReadyQueries.ReadyQuery query : ReadyQueries.all()) {
            rows.add(row(query.name(), query.question(), QueryParameters.summary(query.parameters())));
        }
        return QueryResult.of(
                List.of(
                        new QueryResult.Heading("name", false),
                        new QueryResult.Heading("question", false),
                        new QueryResult.Heading("parameters", false)),
                rows);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}
