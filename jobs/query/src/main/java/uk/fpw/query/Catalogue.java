package uk.fpw.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        ColumnNotes notes = ColumnNotes.of(qualified);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Release.Column column : table.columns()) {
            String meaning = notes.field(column.name(), "description");
            rows.add(row(
                    column.name(),
                    column.type(),
                    notes.field(column.name(), "unit"),
                    notes.field(column.name(), "add"),
                    notes.field(column.name(), "nullable").equals("true") ? "yes" : "no",
                    meaning.isEmpty() ? column.description() : meaning));
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
