package uk.fpw.publish.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import uk.fpw.model.Model;
import uk.fpw.warehouse.store.ledger.Release;

/**
 * The descriptions in an export: {@code manifest.json} for programs, {@code README.md} for people.
 *
 * @param restricted marts that are left out
 */
record ExportContents(Release release, List<Table> tables, List<Model> restricted) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HOW_TO_READ = """
            , as plain Parquet. `manifest.json` contains the same in machine-readable form. Handle as \
            OFFICIAL-SENSITIVE.

            Rows with slice `all` are totals; the rows of every other slice are parts of them: filter on one \
            slice before adding anything up.
            """;

    /** One exported table and its files, relative to the export; a single one without rows if it has none. */
    record Table(Model mart, long rowCount, List<String> files) {}

    byte[] manifest() {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        root.put("release_id", release.releaseId().value());
        root.put("business_date", release.businessDate().toString());
        root.put("digest", release.digest());
        ArrayNode tableNodes = root.putArray("tables");
        for (Table table : tables) {
            ObjectNode tableNode = tableNodes.addObject();
            tableNode.put("name", table.mart().name());
            tableNode.put("description", table.mart().description());
            tableNode.put("row_count", table.rowCount());
            ArrayNode grainNodes = tableNode.putArray("grain");
            table.mart().grain().forEach(grainNodes::add);
            ArrayNode fileNodes = tableNode.putArray("files");
            table.files().forEach(fileNodes::add);
            ArrayNode columnNodes = tableNode.putArray("columns");
            for (Model.Column column : table.mart().columns()) {
                ObjectNode columnNode = columnNodes.addObject();
                columnNode.put("name", column.name());
                columnNode.put("type", column.type().word());
                columnNode.put("nullable", table.mart().mayBeNull(column));
                columnNode.put("unit", column.unit());
                columnNode.put("add", column.add().words());
                columnNode.put("description", column.description());
            }
        }
        ArrayNode restrictedNodes = root.putArray("restricted");
        for (Model mart : restricted) {
            ObjectNode restrictedNode = restrictedNodes.addObject();
            restrictedNode.put("name", mart.name());
            restrictedNode.put("description", mart.description());
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of text and numbers can always be written as JSON", impossible);
        }
    }

    String readme() {
        StringBuilder text = new StringBuilder();
        text.append("# Release ").append(release.releaseId());
        text.append("\n\nFigures as at ").append(release.businessDate()).append(HOW_TO_READ);
        for (Table table : tables) {
            text.append("\n## ").append(table.mart().name()).append("\n\n");
            text.append(table.mart().description()).append("\n\n");
            text.append(table.rowCount())
                    .append(" rows, one per ")
                    .append(String.join(", ", table.mart().grain()))
                    .append("; ");
            text.append(place(table));
            text.append(".\n\n| column | type | unit | additivity | meaning |\n|---|---|---|---|---|\n");
            for (Model.Column column : table.mart().columns()) {
                text.append("| ")
                        .append(column.name())
                        .append(" | ")
                        .append(column.type().word())
                        .append(" | ")
                        .append(column.unit())
                        .append(" | ")
                        .append(column.add().words())
                        .append(" | ")
                        .append(column.description().replace("|", "\\|"))
                        .append(" |\n");
            }
        }
        if (!restricted.isEmpty()) {
            text.append("\n## Not exported\n\nRestricted, since their rows are about single cases or people:\n\n");
            restricted.forEach(mart -> text.append("- ")
                    .append(mart.name())
                    .append(": ")
                    .append(mart.description())
                    .append('\n'));
        }
        return text.toString();
    }

    private static String place(Table table) {
        return table.files().size() == 1
                ? "in `" + table.files().get(0) + "`"
                : "in " + table.files().size() + " files in `" + table.mart().name() + "/`";
    }
}
