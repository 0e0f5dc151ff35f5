package uk.fpw.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the documents say of the tables, made from the models. */
final class Documents {

    private static final Pattern MARK = Pattern.compile("<!-- columns of ([a-z_.]+|every queue mart) -->");

    private static final String HEADING = "| column | type | unit | add | null | meaning |";

    private final List<Model> models;

    Documents(List<Model> models) {
        this.models = models;
    }

    /** A document with the table of columns behind each mark made anew. */
    String withColumns(String document) {
        List<String> lines = new ArrayList<>();
        boolean isOld = false;
        for (String line : document.lines().toList()) {
            Matcher mark = MARK.matcher(line);
            if (mark.matches()) {
                lines.add(line);
                lines.addAll(table(mark.group(1)));
                isOld = true;
            } else if (!isOld || !line.startsWith("|")) {
                isOld = false;
                lines.add(line);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** Every table and column as JSON, for other tools. */
    String json() {
        return models.stream().map(Documents::json).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private List<String> table(String of) {
        List<Model.Column> columns;
        if (of.equals("every queue mart")) {
            Set<String> shared = shared();
            columns = model("mart.queue_daily").columns().stream()
                    .filter(column -> shared.contains(column.name()))
                    .toList();
        } else {
            Model model = model(of);
            Set<String> left = isQueueMart(model) ? shared() : Set.of();
            columns = model.columns().stream()
                    .filter(column -> !left.contains(column.name()))
                    .toList();
        }
        return Stream.concat(
                        Stream.of(HEADING, "|---|---|---|---|---|---|"),
                        columns.stream()
                                .map(column -> "| `" + column.name() + "` | "
                                        + column.type().word() + " | "
                                        + orDash(column.unit()) + " | "
                                        + orDash(column.add().word()) + " | "
                                        + (column.nullable() ? "yes" : "no") + " | "
                                        + column.description().replace("|", "\\|") + " |"))
                .toList();
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    /** What every queue mart says of its rows: the columns that all of them have. */
    private Set<String> shared() {
        return models.stream()
                .filter(Documents::isQueueMart)
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
                .orElseThrow(() -> new IllegalArgumentException("there is no model of " + table));
    }

    private static String json(Model model) {
        return "  {\n    \"table\": " + quoted(model.table())
                + ",\n    \"description\": " + quoted(model.description())
                + ",\n    \"owner\": " + quoted(model.owner())
                + ",\n    \"access\": " + quoted(model.isOpen() ? "open" : "restricted")
                + ",\n    \"grain\": "
                + model.grain().stream().map(Documents::quoted).collect(Collectors.joining(", ", "[", "]"))
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

    /** The folder of the whole project. */
    static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("docs/analyst.md"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "docs/analyst.md is in no folder above " + Path.of("").toAbsolutePath());
    }

    static String read(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
