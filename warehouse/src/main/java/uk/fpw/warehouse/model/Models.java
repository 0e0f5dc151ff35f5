package uk.fpw.warehouse.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the models from the sql module, in the order in which they are computed: {@code fpw/models.yml}. */
public final class Models {

    private static final String ROOT = "/fpw/";

    private Models() {}

    /** Every model, in the order of computation. */
    public static List<Model> all() {
        Map<String, Object> index = yaml("models.yml");
        Map<String, Object> blocks = yaml("common.yml");
        return strings(index.get("models")).stream()
                .map(name -> read(name, blocks))
                .toList();
    }

    /** Every intermediate view, in the order in which they are registered. */
    public static List<View> views() {
        return maps(yaml("models.yml").get("views")).stream()
                .map(fields -> new View(
                        text(fields, "view"),
                        text(fields, "before"),
                        Boolean.TRUE.equals(fields.get("persist")),
                        sql("view/" + text(fields, "view"))))
                .toList();
    }

    /**
     * An intermediate result that several models share; never written.
     *
     * @param before the model before which it is registered
     * @param persist whether it is kept once computed
     */
    public record View(String name, String before, boolean persist, String sql) {}

    private static Model read(String table, Map<String, Object> blocks) {
        String path = table.replace('.', '/');
        Map<String, Object> fields = yaml(path + ".yml");
        List<Model.Column> columns = new ArrayList<>();
        for (Map<String, Object> column : maps(fields.get("columns"))) {
            Object include = column.get("include");
            if (include == null) {
                columns.add(column(table, column));
            } else {
                maps(blocks.get(include)).forEach(common -> columns.add(column(table, common)));
            }
        }
        List<Model.Test> tests = maps(fields.get("tests")).stream()
                .map(test -> new Model.Test(
                        text(test, "code"),
                        text(test, "severity"),
                        optional(test, "expression"),
                        optional(test, "query"),
                        text(test, "message")))
                .toList();
        return new Model(
                text(fields, "table"),
                text(fields, "description"),
                access(table, optional(fields, "access")),
                optional(fields, "available_to"),
                optional(fields, "last_value"),
                strings(fields.get("grain")),
                List.copyOf(columns),
                tests,
                sql(path));
    }

    private static Model.Access access(String table, String access) {
        return switch (access) {
            case "" -> Model.Access.OPEN;
            case "restricted" -> Model.Access.RESTRICTED;
            default ->
                throw new IllegalArgumentException(
                        table + ".yml: access '" + access + "' is not 'restricted'; leave it out for an open table");
        };
    }

    private static Model.Column column(String table, Map<String, Object> fields) {
        String add = optional(fields, "add");
        try {
            return new Model.Column(
                    text(fields, "name"),
                    text(fields, "type"),
                    optional(fields, "unit"),
                    add.isEmpty()
                            ? Model.Add.NOT_A_MEASURE
                            : Model.Add.valueOf(add.replace(' ', '_').toUpperCase(Locale.ROOT)),
                    Boolean.TRUE.equals(fields.get("nullable")),
                    text(fields, "description"));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(table + ".yml: column " + fields + ": " + wrong.getMessage(), wrong);
        }
    }

    private static String sql(String path) {
        try (InputStream in = Models.class.getResourceAsStream(ROOT + path + ".sql")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> yaml(String path) {
        try (InputStream in = Models.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                throw new IllegalStateException("the sql module has no " + ROOT + path);
            }
            return (Map<String, Object>)
                    new Load(LoadSettings.builder().setLabel(path).build()).loadFromInputStream(in);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String text(Map<String, Object> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing in " + fields);
        }
        return value.toString().strip();
    }

    private static String optional(Map<String, Object> fields, String name) {
        Object value = fields.get(name);
        return value == null ? "" : value.toString().strip();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(@Nullable Object list) {
        return list == null ? List.of() : (List<Map<String, Object>>) list;
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(@Nullable Object list) {
        return list == null ? List.of() : (List<String>) list;
    }
}
