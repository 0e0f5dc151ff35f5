package uk.fpw.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes {@code docs/tables.md} and {@code docs/tables.json}: every table and column with its description. Run by the
 * build.
 */
public final class TableDocuments {

    private static final List<String> SCHEMAS = List.of("mart", "core", "bi", "bi_detail");

    private static final String INTRODUCTION = """
            # The tables

            Generated from the descriptions of the tables; the guide to them is [analyst.md](analyst.md).
            `fpw query --describe TABLE` and the column comments of the database say the same;
            [tables.json](tables.json) has it for programs.
            `mart` holds the figures, `core` the items behind them, `bi` the views for BI
            tools to begin with, `bi_detail` others for them.

            - *Key*: the columns that identify a row of a release.
            - *Unit*: what a number counts or measures.
            - *Add*: *additive* may be added over time within one slice value; *last value only* may be added over the
              slice values of one day, never over time; *never* may not be added ([adding up](analyst.md#adding-up)).
            - *Null*: whether the column can be null on a row that is available. Where `is_available` is false every
              measure is null.
            """;

    private final List<Model> models;

    TableDocuments(List<Model> models) {
        this.models = models;
    }

    /** The documents of all published and internal tables. */
    static TableDocuments all() {
        return new TableDocuments(Stream.concat(Models.all().stream(), Models.toolViews().stream())
                .toList());
    }

    /** Writes both files to a folder: {@code TableDocuments FOLDER}. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: TableDocuments FOLDER");
        }
        Path folder = Path.of(arguments[0]);
        Files.writeString(folder.resolve("tables.md"), all().tables());
        Files.writeString(folder.resolve("tables.json"), all().json());
    }

    /** All tables with their columns, as Markdown. */
    String tables() {
        List<String> lines = new ArrayList<>(INTRODUCTION.lines().toList());
        for (String schema : SCHEMAS) {
            lines.addAll(List.of("", "**" + schema + "**:"));
            lines.addAll(sorted(schema).stream()
                    .map(model -> "- [`" + model.table() + "`](#" + anchor(model) + ")")
                    .toList());
        }
        lines.addAll(List.of("", "## Columns of every queue mart", ""));
        lines.add("The tables of `mart` below that say *as every queue mart* have these columns too.");
        lines.add("");
        Set<String> shared = shared();
        lines.addAll(columns(model("mart.queue_daily").columns().stream()
                .filter(column -> shared.contains(column.name()))
                .toList()));
        SCHEMAS.forEach(schema -> sorted(schema).forEach(model -> lines.addAll(section(model))));
        return String.join("\n", lines) + "\n";
    }

    /** All tables and columns as JSON. */
    String json() {
        return models.stream().map(TableDocuments::json).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private List<Model> sorted(String schema) {
        return models.stream()
                .filter(model -> model.schema().equals(schema))
                .sorted(Comparator.comparing(Model::table))
                .toList();
    }

    /** The anchor that GitHub generates for the heading of a table. */
    static String anchor(Model model) {
        return model.table().replace(".", "");
    }

    private List<String> section(Model model) {
        boolean isQueueMart = isQueueMart(model);
        Set<String> left = isQueueMart ? shared() : Set.of();
        List<String> lines = new ArrayList<>(List.of("", "## `" + model.table() + "`", ""));
        lines.add("| row | " + cell(model.description()) + " |");
        lines.add("|---|---|");
        lines.add("| key | "
                + model.grain().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")) + " |");
        lines.add("| owner | " + model.owner() + " |");
        lines.add("| readers | " + readers(model) + " |");
        if (isQueueMart) {
            lines.add("| columns | as [every queue mart](#columns-of-every-queue-mart), and |");
        }
        lines.add("");
        lines.addAll(columns(model.columns().stream()
                .filter(column -> !left.contains(column.name()))
                .toList()));
        return lines;
    }

    private static String readers(Model model) {
        if (model.schema().equals("core")) {
            return "whoever may read the warehouse folder: single items, personal data, not published or exported";
        }
        return model.isOpen()
                ? "analysts, BI tools" + (model.isMart() ? ", the export" : "")
                : "analysts only: single cases, personal data, not exported";
    }

    private static List<String> columns(List<Model.Column> columns) {
        return Stream.concat(
                        Stream.of("| column | type | unit | add | null | meaning |", "|---|---|---|---|---|---|"),
                        columns.stream()
                                .map(column -> "| `" + column.name() + "` | "
                                        + column.type().word() + " | "
                                        + orDash(column.unit()) + " | "
                                        + orDash(column.add().word()) + " | "
                                        + (column.nullable() ? "yes" : "no") + " | "
                                        + cell(column.description()) + " |"))
                .toList();
    }

    private static String cell(String text) {
        return text.strip().replace("|", "\\|").replace("\n", " ");
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    /** The columns that all queue marts have in common. */
    private Set<String> shared() {
        return models.stream()
                .filter(TableDocuments::isQueueMart)
                .map(model -> model.columns().stream().map(Model.Column::name).collect(Collectors.toSet()))
                .reduce((some, others) -> some.stream().filter(others::contains).collect(Collectors.toSet()))
                .orElseThrow();
    }

    private static boolean isQueueMart(Model model) {
        return model.isMart() && model.hasColumn("is_total") && !model.name().startsWith("dim_");
    }

    private Model model(String table) {
        return models.stream()
                .filter(model -> model.table().equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no model for " + table));
    }

    private static String json(Model model) {
        return "  {\n    \"table\": " + quoted(model.table())
                + ",\n    \"description\": " + quoted(model.description())
                + ",\n    \"owner\": " + quoted(model.owner())
                + ",\n    \"access\": " + quoted(model.isOpen() ? "open" : "restricted")
                + ",\n    \"grain\": "
                + model.grain().stream().map(TableDocuments::quoted).collect(Collectors.joining(", ", "[", "]"))
                + ",\n    \"columns\": "
                + model.columns().stream()
                        .map(column -> json(model, column))
                        .collect(Collectors.joining(",\n", "[\n", "\n    ]"))
                + "\n  }";
    }

    private static String json(Model model, Model.Column column) {
        return "      {\"name\": " + quoted(column.name())
                + ", \"type\": " + quoted(column.type().word())
                + (column.length() == 0 ? "" : ", \"length\": " + column.length())
                + ", \"unit\": " + quoted(column.unit())
                + ", \"add\": " + quoted(column.add().word())
                + ", \"nullable\": " + column.nullable()
                + ", \"null_if_unavailable\": " + model.isMasked(column)
                + ", \"description\": " + quoted(column.description()) + "}";
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + '"';
    }
}
