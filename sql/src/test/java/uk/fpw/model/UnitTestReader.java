package uk.fpw.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code unit_tests} of views for BI tools, ready-made queries and audit queries. */
public final class UnitTestReader {

    private static final Set<String> FIELDS = Set.of("name", "description", "parameters", "rows", "expect");

    private final ModelFiles files;
    private final Map<String, Set<String>> tables = new LinkedHashMap<>();

    UnitTestReader(ModelFiles files, List<Model> models, Map<String, Set<String>> others) {
        this.files = files;
        models.forEach(model -> tables.put(model.table(), Set.copyOf(model.columnNames())));
        tables.putAll(others);
    }

    /**
     * The examples of all views for BI tools with a query of their own; each must have at least one.
     *
     * @param others additional tables that examples may have rows of, with their columns
     */
    public static List<UnitTest> ofToolViews(Map<String, Set<String>> others) {
        UnitTestReader reader = new UnitTestReader(ModelFiles.own(), Models.all(), others);
        return Models.toolViews().stream()
                .flatMap(view -> reader.ofView(view).stream())
                .toList();
    }

    /** The examples of the ready-made queries; each must have at least one. */
    public static List<UnitTest> ofQueries(List<String> queries) {
        UnitTestReader reader = new UnitTestReader(ModelFiles.own(), Models.all(), Map.of());
        return queries.stream().flatMap(query -> reader.ofQuery(query).stream()).toList();
    }

    /**
     * The examples of the audit queries, {@code fpw/audit/*.yml}; each must have at least one. They may have rows of
     * any table.
     */
    public static List<UnitTest> ofAudit(List<String> queries) {
        UnitTestReader reader = new UnitTestReader(ModelFiles.own(), List.of(), Map.of());
        return queries.stream()
                .flatMap(query ->
                        reader
                                .read(reader.yaml("audit/" + query + ".yml").only(Set.of("unit_tests")), query, null)
                                .stream())
                .toList();
    }

    /** The examples of a view, whose expected columns must be columns of the view. */
    List<UnitTest> ofView(Model view) {
        return read(yaml(view.table().replace('.', '/') + ".yml"), view.table(), Set.copyOf(view.columnNames()));
    }

    /** The examples of a ready-made query, whose columns are known only to the database. */
    List<UnitTest> ofQuery(String query) {
        return read(yaml("query/" + query + ".yml").only(Set.of("unit_tests")), query, null);
    }

    private List<UnitTest> read(YamlFields file, String subject, @Nullable Set<String> columns) {
        List<UnitTest> tests = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (YamlFields fields : file.each("unit_tests", "name")) {
            if (!names.add(fields.only(FIELDS).text("name"))) {
                throw fields.wrong("the name occurs twice");
            }
            if (!fields.values().containsKey("expect")) {
                throw fields.wrong("'expect' is missing; write [] where no row must come out");
            }
            tests.add(new UnitTest(
                    subject,
                    fields.place(),
                    fields.within("parameters").values().entrySet().stream()
                            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                            .toList(),
                    given(fields.within("rows")),
                    rows(fields, "expect", columns)));
        }
        if (tests.isEmpty()) {
            throw file.wrong("'unit_tests' is missing: rows in and rows out, one example at least");
        }
        return tests;
    }

    private Map<String, List<Map<String, @Nullable String>>> given(YamlFields fields) {
        Map<String, List<Map<String, @Nullable String>>> given = new LinkedHashMap<>();
        for (Object name : fields.values().keySet()) {
            String table = String.valueOf(name);
            Set<String> columns = tables.get(table);
            if (columns == null && !tables.isEmpty()) {
                throw fields.wrong("there is no table '" + table + "' to give rows of; there are "
                        + String.join(", ", tables.keySet()));
            }
            given.put(table, rows(fields, table, columns));
        }
        return given;
    }

    private static List<Map<String, @Nullable String>> rows(
            YamlFields fields, String list, @Nullable Set<String> columns) {
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        for (YamlFields row : fields.each(list, "")) {
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            row.values().forEach((name, value) -> {
                if (columns != null && !columns.contains(String.valueOf(name))) {
                    throw fields.wrong(
                            "'" + list + "', row " + (rows.size() + 1) + ": there is no column '" + name + "'");
                }
                values.put(String.valueOf(name), UnitTest.text(value));
            });
            rows.add(values);
        }
        return rows;
    }

    private YamlFields yaml(String file) {
        return YamlFields.read(
                file, files.text(file).orElseThrow(() -> new ModelException("the sql module has no fpw/" + file)));
    }
}
