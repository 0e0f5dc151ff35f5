package uk.fpw.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import uk.fpw.model.FigureDefinition.Comparison;

/** The parser of {@code fpw/definition/definitions.yml}. */
record FigureDefinitionReader(ModelFiles files) {

    private static final String FILE = "definition/definitions.yml";
    private static final Set<String> FIELDS = Set.of("name", "compares");
    private static final Set<String> FORCE_FIELDS = Set.of("name", "columns");
    private static final Set<String> COMPARISON_FIELDS = Set.of("table", "key", "equal", "published", "of", "defined");

    List<FigureDefinition> definitions() {
        List<FigureDefinition> definitions = new ArrayList<>();
        for (YamlFields fields : root().each("definitions", "name")) {
            String name = fields.only(FIELDS).text("name");
            String sql = text("definition/" + name + ".sql");
            definitions.add(new FigureDefinition(
                    name,
                    sql,
                    fields.each("compares", "table").stream()
                            .map(comparison -> comparison(comparison, sql))
                            .toList()));
        }
        Models.explained(Explained.SUM).forEach(model -> FigureDefinition.ofSums(definitions, model));
        return List.copyOf(definitions);
    }

    List<ForceTable> forceTables() {
        return root().each("force", "name").stream()
                .map(fields -> fields.only(FORCE_FIELDS))
                .map(fields -> new ForceTable(fields.text("name"), fields.text("columns")))
                .toList();
    }

    private YamlFields root() {
        return YamlFields.read("fpw/" + FILE, text(FILE)).only(Set.of("definitions", "force"));
    }

    private String text(String path) {
        return files.text(path).orElseThrow(() -> new ModelException("there is no fpw/" + path));
    }

    private static Comparison comparison(YamlFields fields, String sql) {
        String table = fields.only(COMPARISON_FIELDS).text("table");
        Model model = Models.find(table).orElseThrow(() -> fields.wrong("there is no table " + table));
        List<String> key = fields.texts("key");
        Comparison comparison = new Comparison(
                table,
                key,
                fields.values().containsKey("equal") ? fields.texts("equal") : counts(model, key, sql),
                orElse(fields, "published", "true"),
                orElse(fields, "of", "*"),
                orElse(fields, "defined", "true"),
                key.stream().filter(model::identifies).toList());
        Set<String> named = new HashSet<>(comparison.key());
        named.addAll(comparison.equal());
        for (String column : named) {
            if (!model.hasColumn(column)) {
                throw fields.wrong(comparison.table() + " has no column '" + column + "'");
            }
        }
        if (comparison.key().isEmpty()) {
            throw fields.wrong("'key' is missing");
        }
        return comparison;
    }

    /** The whole numbers of a table, without its key, that a definition has too, by their names. */
    private static List<String> counts(Model model, List<String> key, String sql) {
        return model.columns().stream()
                .filter(column -> column.add() != Model.Add.NOT_A_MEASURE && !key.contains(column.name()))
                .filter(column -> column.type() == ColumnType.BIGINT || column.type() == ColumnType.INT)
                .map(Model.Column::name)
                .filter(name ->
                        Pattern.compile("\\bas " + name + "\\b").matcher(sql).find())
                .toList();
    }

    private static String orElse(YamlFields fields, String name, String otherwise) {
        String value = fields.optional(name);
        return value.isEmpty() ? otherwise : value;
    }
}
