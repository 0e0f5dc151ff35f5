package uk.fpw.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import uk.fpw.model.Model;
import uk.fpw.warehouse.ledger.Release;

/**
 * What lies beside the files of an export: the same contents for programs ({@code manifest.json}) and for people
 * ({@code README.md}).
 *
 * @param restricted marts that are left out, whatever they hold
 */
record ExportContents(Release release, List<Table> tables, List<Model> restricted) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HOW_TO_READ = """
            , as plain Parquet. `manifest.json` says the same for programs. Handle as OFFICIAL-SENSITIVE.

            Rows whose slice is `all` are totals and the rows of every other slice are parts of them: filter on one \
            slice before adding anything up.
            """;

    /** One exported table with its files, relative to the export; none if it has no rows. */
    record Table(Model mart, long rowCount, List<String> files) {}

    byte[] manifest() {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        root.put("release_id", release.releaseId());
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
            throw new IllegalStateException("a tree of texts and numbers is always JSON", impossible);
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
            text.append(".\n\n| column | type | unit | adding up | meaning |\n|---|---|---|---|---|\n");
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
        return switch (table.files().size()) {
            case 0 -> "in no file, since there is none to hold";
            case 1 -> "in `" + table.files().get(0) + "`";
            default ->
                "in " + table.files().size() + " files in `" + table.mart().name() + "/`";
        };
    }
}
