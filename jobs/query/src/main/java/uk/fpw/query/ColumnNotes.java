package uk.fpw.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the sql module says of the columns of one table, beside what the release says: meaning, unit, how a column may be added up, whether null occurs. */
final class ColumnNotes {

    private static final String ROOT = "/fpw/";

    private final Map<String, Map<?, ?>> columns;

    private ColumnNotes(Map<String, Map<?, ?>> columns) {
        this.columns = columns;
    }

    /** Notes on a table such as {@code mart.queue_daily}; empty for a table that this software does not make. */
    static ColumnNotes of(String table) {
        Map<String, Map<?, ?>> columns = new LinkedHashMap<>();
        Object model = yaml(table.replace('.', '/') + ".yml");
        if (model instanceof Map<?, ?> fields) {
            Object blocks = yaml("common.yml");
            for (Object column : list(fields.get("columns"))) {
                Object include = ((Map<?, ?>) column).get("include");
                List<?> block = include == null || !(blocks instanceof Map<?, ?> shared)
                        ? List.of(column)
                        : list(shared.get(include));
                for (Object each : block) {
                    Map<?, ?> note = (Map<?, ?>) each;
                    columns.put(String.valueOf(note.get("name")), note);
                }
            }
        }
        return new ColumnNotes(columns);
    }

    /** Names of the columns, in order. */
    List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /** A field of a column, such as {@code unit}, {@code add} or {@code description}; empty if it has none. */
    String field(String column, String field) {
        Map<?, ?> note = columns.get(column);
        Object value = note == null ? null : note.get(field);
        return value == null ? "" : value.toString().strip();
    }

    private static List<?> list(@Nullable Object node) {
        return node instanceof List<?> list ? list : List.of();
    }

    private static @Nullable Object yaml(String path) {
        @Nullable InputStream found = ColumnNotes.class.getResourceAsStream(ROOT + path);
        if (found == null) {
            return null;
        }
        try (InputStream in = found) {
            return new Load(LoadSettings.builder().setLabel(path).build()).loadFromInputStream(in);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
