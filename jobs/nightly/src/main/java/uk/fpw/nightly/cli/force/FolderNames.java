package uk.fpw.nightly.cli.force;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import uk.fpw.warehouse.force.Force;

/** What a scheduler needs to know of a force folder, so that it does not have to read its files. */
final class FolderNames {

    private FolderNames() {}

    /**
     * As JSON on one line: {@code force}, {@code zone}, {@code feeds} with {@code name} and {@code connection},
     * {@code password_variables} by connection, {@code warehouse_password_variable} (empty without one), and
     * {@code needs_pseudonym_key}. Names only, never a value of the environment.
     */
    static String json(Force force, boolean needsPseudonymKey) {
        Map<String, Object> names = new LinkedHashMap<>();
        names.put("force", force.code());
        names.put("zone", force.zone().getId());
        names.put(
                "feeds",
                force.feeds().stream()
                        .map(feed -> feed(feed.name(), feed.connection()))
                        .toList());
        Map<String, String> variables = new TreeMap<>();
        force.databases().stream()
                .filter(database -> !database.passwordVariable().isEmpty())
                .forEach(database -> variables.put(database.name(), database.passwordVariable()));
        names.put("password_variables", variables);
        names.put("warehouse_password_variable", force.storage().passwordVariable());
        names.put("needs_pseudonym_key", needsPseudonymKey);
        try {
            return new ObjectMapper().writeValueAsString(names);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("names can always be written as JSON", impossible);
        }
    }

    private static Map<String, String> feed(String name, String connection) {
        Map<String, String> feed = new LinkedHashMap<>();
        feed.put("name", name);
        feed.put("connection", connection);
        return feed;
    }
}
