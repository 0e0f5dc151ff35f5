package uk.fpw.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses the YAML files of the models. */
record ModelReader(ModelFiles files) {

    /** PostgreSQL truncates names after 63 bytes, and views append up to nine characters to the name of a mart. */
    private static final int LONGEST_NAME = 54;

    /** Longest text that relational databases store without a large object. */
    private static final int LONGEST_TEXT = 10_000;

    /** Schemas that are not published. */
    private static final Set<String> INTERNAL = Set.of("core", "ledger");

    private static final Predicate<String> NAME =
            Pattern.compile("[a-z][a-z0-9_]*").asMatchPredicate();

    private static final Set<String> MODEL_FIELDS = Set.of(
            "table",
            "owner",
            "description",
            "access",
            "available_to",
            "last_value",
            "counted_by",
            "explained",
            "history",
            "grain",
            "columns",
            "tests",
            "like",
            "words");
    private static final Set<String> VIEW_FIELDS =
            Set.of("owner", "description", "grain", "certified", "columns", "query", "parameters", "unit_tests");
    private static final Set<String> COLUMN_FIELDS =
            Set.of("name", "type", "length", "unit", "add", "explained", "nullable", "identifies", "description");
    private static final Set<String> TEST_FIELDS = Set.of("code", "severity", "expression", "query", "message");

    /** All models in order of computation. */
    List<Model> models() {
        YamlFields blocks = yaml("common.yml");
        List<Model> models = yaml("models.yml").texts("models").stream()
                .map(table -> model(table, blocks))
                .toList();
        requireOneOfEachSum(models);
        return models;
    }

    /** The tables that runs append to and that belong to no release. */
    List<Model> ledger() {
        YamlFields blocks = yaml("common.yml");
        return yaml("models.yml").texts("ledger").stream()
                .map(table -> model(table, blocks))
                .toList();
    }

    /** The views for BI tools that have a query of their own, in order of dependency. */
    List<Model> toolViews(List<Model> models) {
        YamlFields blocks = yaml("common.yml");
        List<Model> known = new ArrayList<>(models);
        for (String view : yaml("models.yml").texts("bi")) {
            known.add(toolView(view, blocks, known));
        }
        return List.copyOf(known.subList(models.size(), known.size()));
    }

    private Model toolView(String view, YamlFields blocks, List<Model> models) {
        if (!view.matches("(bi|bi_detail)\\.\\w+")) {
            throw yaml("models.yml").wrong("'bi' lists " + view + ", which is neither in bi nor in bi_detail");
        }
        YamlFields fields = yaml(view.replace('.', '/') + ".yml").only(VIEW_FIELDS);
        Model model = new Model(
                view,
                fields.text("owner"),
                fields.text("description"),
                Model.Access.OPEN,
                "",
                "",
                fields.texts("grain"),
                columns(fields, name -> blocks.each(name, "name"), models, true, Explained.NOT),
                List.of(),
                query(fields, view),
                Family.VIEW,
                false);
        check(model, fields);
        return model;
    }

    /**
     * A query shared by several views is that of one of them, such as {@code bi.waiting_now}, and has parameters
     * {@code :name}; each view defines their values.
     */
    private String query(YamlFields fields, String view) {
        String shared = fields.optional("query");
        String path = (shared.isEmpty() ? view : shared).replace('.', '/');
        String sql = sql(path);
        if (sql.isEmpty()) {
            throw fields.wrong("there is no query fpw/" + path + ".sql");
        }
        for (YamlFields parameter : fields.each("parameters", "name")) {
            sql = sql.replace(
                    ":" + parameter.text("name"), "'" + parameter.text("value").replace("'", "''") + "'");
        }
        return sql;
    }

    private Model model(String table, YamlFields blocks) {
        String path = table.replace('.', '/');
        YamlFields own = yaml(path + ".yml").only(MODEL_FIELDS);
        if (!own.text("table").equals(table)) {
            throw own.wrong("'table' is " + own.text("table") + ", but models.yml requires " + table);
        }
        YamlFields fields = own.optional("like").isEmpty() ? own : like(own);
        Model model = new Model(
                table,
                fields.text("owner"),
                own.text("description"),
                access(fields),
                fields.optional("available_to"),
                fields.optional("last_value"),
                fields.texts("grain"),
                columns(
                        fields,
                        name -> name.equals("own") ? own.each("columns", "name") : blocks.each(name, "name"),
                        List.of(),
                        table.startsWith("mart."),
                        explainedOfTable(fields, table)),
                tests(fields),
                "",
                countedBy(fields),
                fields.isTrue("history"));
        check(model, fields);
        return model;
    }

    /**
     * What several tables share, such as those of different periods: the fields of a shared file that the table does
     * not define itself. In that file, {@code {name}} is replaced by the table's {@code words}, and
     * {@code include: own} by its columns.
     */
    private YamlFields like(YamlFields own) {
        String file = "like/" + own.text("like") + ".yml";
        String text = files.text(file).orElseThrow(() -> own.wrong("there is no fpw/" + file));
        for (YamlFields word : own.each("words", "name")) {
            text = text.replace("{" + word.text("name") + "}", word.text("value"));
        }
        return YamlFields.read(file, text).only(MODEL_FIELDS);
    }

    private static Family countedBy(YamlFields fields) {
        String word = fields.text("counted_by");
        return Arrays.stream(Family.values())
                .filter(family -> family != Family.VIEW)
                .filter(family -> family.word().equals(word))
                .findFirst()
                .orElseThrow(() -> fields.wrong("counted_by '" + word
                        + "' is not one of item, series, scheme, definition, mart, case, fact, comparison"));
    }

    private static Model.Access access(YamlFields fields) {
        return switch (fields.optional("access")) {
            case "" -> Model.Access.OPEN;
            case "restricted" -> Model.Access.RESTRICTED;
            default ->
                throw fields.wrong("access '" + fields.optional("access")
                        + "' is not 'restricted'; leave it out for an open table");
        };
    }

    private static List<Model.Column> columns(
            YamlFields fields,
            Function<String, List<YamlFields>> blocks,
            List<Model> models,
            boolean isMart,
            @Nullable Explained ofTable) {
        List<Model.Column> columns = new ArrayList<>();
        for (YamlFields entry : fields.each("columns", "name")) {
            String from = entry.optional("from");
            if (!from.isEmpty()) {
                columns.addAll(taken(entry, from, models));
                continue;
            }
            String include = entry.optional("include");
            if (include.isEmpty()) {
                columns.add(column(entry, isMart, ofTable));
                continue;
            }
            List<YamlFields> block = blocks.apply(include);
            if (block.isEmpty()) {
                throw entry.wrong("common.yml has no block '" + include + "' to include");
            }
            block.forEach(common -> columns.add(column(common, isMart, ofTable)));
        }
        return columns;
    }

    /** Columns that a view takes over from the table behind it, some under another name ({@code a as b}). */
    private static List<Model.Column> taken(YamlFields entry, String table, List<Model> models) {
        Model model = models.stream()
                .filter(one -> one.table().equals(table))
                .findFirst()
                .orElseThrow(() -> entry.wrong("there is no table " + table + " to take columns from"));
        return entry.texts("columns").stream()
                .map(text -> text.split(" as ", 2))
                .map(names -> model.columns().stream()
                        .filter(column -> column.name().equals(names[0]))
                        .findFirst()
                        .map(column -> names.length == 1 ? column : column.renamed(names[1]))
                        .orElseThrow(() -> entry.wrong(table + " has no column " + names[0])))
                .toList();
    }

    private static Model.Column column(YamlFields fields, boolean isMart, @Nullable Explained ofTable) {
        fields.only(COLUMN_FIELDS);
        try {
            Model.Column column = new Model.Column(
                    fields.text("name"),
                    ColumnType.of(fields.text("type")),
                    isMart ? fields.number("length") : 0,
                    fields.optional("unit"),
                    add(fields),
                    fields.isTrue("nullable"),
                    fields.isTrue("identifies"),
                    explained(fields, ofTable),
                    fields.text("description"));
            if (!NAME.test(column.name())) {
                throw fields.wrong(
                        "a column name consists of lower-case letters, digits and '_', starting with a letter");
            }
            if (isMart && column.type() == ColumnType.MAP) {
                throw fields.wrong("a mart cannot have a column of type map");
            }
            boolean isText = isMart && column.type() == ColumnType.TEXT;
            if (isText && (column.length() < 1 || column.length() > LONGEST_TEXT)) {
                throw fields.wrong(
                        "a text column needs a length of 1 to " + LONGEST_TEXT + " characters, such as 'length: 100'");
            }
            if (!isText && column.length() != 0) {
                throw fields.wrong("only a text column has a length; remove it");
            }
            return column;
        } catch (IllegalArgumentException wrong) {
            throw new ModelException(fields.place() + ": " + wrong.getMessage(), wrong);
        }
    }

    private static Model.Add add(YamlFields fields) {
        String add = fields.optional("add");
        for (Model.Add known : Model.Add.values()) {
            if (known.word().equals(add)) {
                return known;
            }
        }
        throw fields.wrong("add '" + add + "' is not one of additive, last value only, never");
    }

    /**
     * What a table says of all its figures: nothing (null) where each says it itself. It is never more than that none
     * is explained, since a figure that is added later would be explained, or not, without anybody having decided it.
     */
    private static @Nullable Explained explainedOfTable(YamlFields fields, String table) {
        String word = fields.optional("explained");
        if (!word.isEmpty() && !word.equals(Explained.NOT.word())) {
            throw fields.wrong("explained '" + word + "' is not '" + Explained.NOT.word()
                    + "'; leave it out, and say of each measure how its changes are explained");
        }
        return word.isEmpty() && table.startsWith("mart.") ? null : Explained.NOT;
    }

    private static Explained explained(YamlFields fields, @Nullable Explained ofTable) {
        String word = fields.optional("explained");
        boolean isMeasure = add(fields) != Model.Add.NOT_A_MEASURE;
        if (word.isEmpty()) {
            if (isMeasure && ofTable == null) {
                throw fields.wrong(
                        "'explained' is missing: how a change of this figure is explained (sum: as a sum over changed "
                                + "spells, recomputed: by computing it again, cause by cause, not: not at all)");
            }
            return Explained.NOT;
        }
        Explained explained = Stream.of(Explained.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> fields.wrong("explained '" + word + "' is not one of " + Explained.words()));
        if (explained != Explained.NOT && !isMeasure) {
            throw fields.wrong("only a column with 'add' is a figure whose changes are explained; add it or remove "
                    + "'explained'");
        }
        if (explained != Explained.NOT && ofTable == Explained.NOT) {
            throw fields.wrong("explained '" + word
                    + "' contradicts that of the table, which is 'not'; remove that and " + "say it of each measure");
        }
        return explained;
    }

    /** Figures that are explained as sums are told apart by their period, exit reason and name, not by their table. */
    private static void requireOneOfEachSum(List<Model> models) {
        Map<List<String>, String> tables = new HashMap<>();
        for (Model model : models) {
            for (String measure : model.explained(Explained.SUM)) {
                List<String> name = List.of(
                        measure, Explained.SUM.period(model), Boolean.toString(Explained.SUM.hasFurther(model)));
                String other = tables.putIfAbsent(name, model.table());
                if (other != null) {
                    throw new ModelException(model.table().replace('.', '/') + ".yml: " + measure
                            + ": explained 'sum' is said of " + other
                            + " too, and mart.figure_change could not tell the "
                            + "two apart; say 'not' of one, or give it another name");
                }
            }
        }
    }

    private static List<Model.Test> tests(YamlFields fields) {
        return fields.each("tests", "code").stream()
                .map(test -> test.only(TEST_FIELDS))
                .map(test -> new Model.Test(
                        test.text("code"),
                        severity(test),
                        test.optional("expression"),
                        test.optional("query"),
                        test.text("message")))
                .toList();
    }

    private static String severity(YamlFields test) {
        String severity = test.text("severity").toLowerCase(Locale.ROOT);
        if (!Set.of("stop", "warning").contains(severity)) {
            throw test.wrong("severity '" + severity + "' is not stop or warning");
        }
        if (test.optional("expression").isEmpty() == test.optional("query").isEmpty()) {
            throw test.wrong("a test must have either an expression or a query");
        }
        return severity;
    }

    private static void check(Model model, YamlFields fields) {
        if (!NAME.test(model.name()) || model.name().length() > LONGEST_NAME) {
            throw fields.wrong("a table name consists of lower-case letters, digits and '_', at most " + LONGEST_NAME
                    + " characters, since PostgreSQL truncates the names of its views after 63");
        }
        Set<String> names = new HashSet<>();
        for (Model.Column column : model.columns()) {
            if (!names.add(column.name())) {
                throw fields.wrong("column " + column.name() + " occurs twice");
            }
        }
        if (model.grain().isEmpty()) {
            throw fields.wrong("'grain' is missing: the columns that together identify a row");
        }
        for (String column : model.grain()) {
            if (!names.contains(column)) {
                throw fields.wrong("'grain' names " + column + ", which is not a column");
            }
        }
        if (!INTERNAL.contains(model.schema()) && !names.contains("release_id")) {
            throw fields.wrong("a published table needs the column release_id");
        }
        if (!model.lastValue().isEmpty() && !names.contains(model.lastValue())) {
            throw fields.wrong("'last_value' contains " + model.lastValue() + ", which is not a column");
        }
        if (model.isMart()) {
            checkExplained(model, fields);
        }
    }

    private static void checkExplained(Model model, YamlFields fields) {
        for (Model.Column column : model.columns()) {
            String problem = column.explained().problem(model);
            if (problem != null) {
                throw fields.wrong(
                        column.name() + ": explained '" + column.explained().word() + "', " + problem);
            }
        }
    }

    private String sql(String path) {
        return files.text(path + ".sql").filter(sql -> !sql.isBlank()).orElse("");
    }

    private YamlFields yaml(String file) {
        return YamlFields.read(
                file, files.text(file).orElseThrow(() -> new ModelException("the sql module has no fpw/" + file)));
    }
}
