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

/** What there is to ask: the tables of a release, the columns of a table, the ready-made queries. */
final class Catalogue {

    private Catalogue() {}

    static Answer tables(Release release) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Release.Table table : release.tables()) {
            rows.add(row(table.name(), table.rowCount(), table.description()));
        }
        return Answer.of(
                List.of(
                        new Answer.Heading("table", false),
                        new Answer.Heading("rows", true),
                        new Answer.Heading("one_row_is", false)),
                rows);
    }

    static Answer columns(Release release, String name) {
        String qualified = name.contains(".") ? name : "mart." + name;
        Release.Table table = release.table(qualified)
                .orElseThrow(() -> QueryFailure.wrong("release " + release.id() + " has no table '" + name
                        + "'; tables: "
                        + String.join(
                                ", ",
                                release.tables().stream()
                                        .map(Release.Table::name)
                                        .toList())));
        // a release may have been made by another version of the software: what this one says of its columns is added
        // where it knows them
        Optional<Model> model = Models.find(qualified);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Release.Column column : table.columns()) {
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
        return Answer.of(
                List.of(
                        new Answer.Heading("column", false),
                        new Answer.Heading("type", false),
                        new Answer.Heading("unit", false),
                        new Answer.Heading("add", false),
                        new Answer.Heading("null", false),
                        new Answer.Heading("meaning", false)),
                rows);
    }

    /**
     * How a table is counted: each of its definitions as one query that can be run; or the one definition of that name.
     * Throws {@link QueryFailure} naming those there are.
     */
    static String definition(String name) {
        List<FigureDefinition> named = FigureDefinition.all().stream()
                .filter(definition -> definition.name().equals(name))
                .toList();
        List<FigureDefinition> found = named.isEmpty() ? FigureDefinition.of(name.contains(".") ? name : "mart." + name) : named;
        if (found.isEmpty()) {
            throw QueryFailure.wrong("nothing counts '" + name + "' again; there are definitions of "
                    + FigureDefinition.all().stream()
                            .flatMap(definition -> definition.comparisons().stream())
                            .map(FigureDefinition.Comparison::table)
                            .distinct()
                            .collect(Collectors.joining(", "))
                    + ", each by itself "
                    + FigureDefinition.all().stream().map(FigureDefinition::name).collect(Collectors.joining(", ")));
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

    static Answer readyQueries() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ReadyQueries.ReadyQuery query : ReadyQueries.all()) {
            rows.add(row(query.name(), query.question(), QueryParameters.briefly(query.parameters())));
        }
        return Answer.of(
                List.of(
                        new Answer.Heading("name", false),
                        new Answer.Heading("question", false),
                        new Answer.Heading("parameters", false)),
                rows);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}
