package uk.fpw.warehouse.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.ledger.Release;

/**
 * What a reader needs to query a release without the catalog: {@code releases/<release_id>/release.json} in the
 * warehouse folder. The file is written before the release becomes current and never changed.
 *
 * @param zone zone whose calendar dates are the force's days
 * @param feeds how far each feed was known; none in a file that is older than the record of it
 * @param accepted limits that were let pass for the release, each in words with its reason
 * @param definitions what the force defined, see {@link uk.fpw.warehouse.force.DefinedRows}; empty in a file that is
 *     older than the record of it
 * @param definitionDigest digest of the definitions by which its numbers were counted again, see
 *     {@link uk.fpw.model.Definition#digest}; null in a file that is older than the record of it
 * @param tables every table of the release, in the order in which they are computed
 */
public record ReleaseFile(
        String releaseId,
        LocalDate businessDate,
        Instant releasedAt,
        String force,
        String forceName,
        ZoneId zone,
        String softwareVersion,
        String forceDigest,
        @Nullable String keyFingerprint,
        String digest,
        List<Release.Feed> feeds,
        List<String> accepted,
        ObjectNode definitions,
        @Nullable String definitionDigest,
        List<Table> tables) {

    /** Version of the file's form; a reader refuses a higher one. */
    public static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The file of a release for which nothing was let pass. */
    public ReleaseFile(
            String releaseId,
            LocalDate businessDate,
            Instant releasedAt,
            String force,
            String forceName,
            ZoneId zone,
            String softwareVersion,
            String forceDigest,
            @Nullable String keyFingerprint,
            String digest,
            List<Release.Feed> feeds,
            List<Table> tables) {
        this(
                releaseId,
                businessDate,
                releasedAt,
                force,
                forceName,
                zone,
                softwareVersion,
                forceDigest,
                keyFingerprint,
                digest,
                feeds,
                List.of(),
                JSON.createObjectNode(),
                null,
                tables);
    }

    /**
     * One table.
     *
     * @param name qualified name, such as {@code mart.queue_daily}
     * @param files its Parquet files, relative to the warehouse folder; none for a table without rows
     */
    public record Table(
            String name, String description, long rowCount, String digest, List<Column> columns, List<String> files) {}

    /**
     * One column.
     *
     * @param type as in the model: {@code text, bigint, int, double, boolean, date, timestamp, map}
     * @param description with unit and how values may be added
     */
    public record Column(String name, String type, String description) {}

    /** Where the file of a release is. */
    public static Path path(Path warehouse, String releaseId) {
        return new WarehouseFolder(warehouse).release(releaseId).releaseFile();
    }

    /** Writes the file; one that is there is replaced as a whole. */
    public void write(Path warehouse) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("release_id", releaseId);
        root.put("business_date", businessDate.toString());
        root.put("released_at", releasedAt.toString());
        root.put("force", force);
        root.put("force_name", forceName);
        root.put("zone", zone.getId());
        root.put("software_version", softwareVersion);
        root.put("force_digest", forceDigest);
        root.put("key_fingerprint", keyFingerprint);
        root.put("digest", digest);
        ArrayNode feedNodes = root.putArray("feeds");
        for (Release.Feed feed : feeds) {
            feedNodes
                    .addObject()
                    .put("name", feed.name())
                    .put("complete_to", feed.completeTo().toString())
                    .put("due_to", feed.dueTo().toString())
                    .put("held_count", feed.heldCount());
        }
        if (!accepted.isEmpty()) {
            ArrayNode acceptedNodes = root.putArray("accepted");
            accepted.forEach(acceptedNodes::add);
        }
        if (!definitions.isEmpty()) {
            root.set("definitions", definitions);
        }
        if (definitionDigest != null) {
            root.put("definition_digest", definitionDigest);
        }
        ArrayNode tableNodes = root.putArray("tables");
        for (Table table : tables) {
            ObjectNode tableNode = tableNodes.addObject();
            tableNode.put("name", table.name());
            tableNode.put("description", table.description());
            tableNode.put("row_count", table.rowCount());
            tableNode.put("digest", table.digest());
            ArrayNode columnNodes = tableNode.putArray("columns");
            for (Column column : table.columns()) {
                ObjectNode columnNode = columnNodes.addObject();
                columnNode.put("name", column.name());
                columnNode.put("type", column.type());
                columnNode.put("description", column.description());
            }
            ArrayNode fileNodes = tableNode.putArray("files");
            table.files().forEach(fileNodes::add);
        }
        try {
            WholeFile.write(
                    path(warehouse, releaseId),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", impossible);
        }
    }

    /**
     * Deletes the files of candidates that never became a release: a night that ends between writing the file and the
     * flip leaves one, which readers would take for a release.
     *
     * @param releaseIds every release that there is
     */
    public static void keepOnly(Path warehouse, Collection<String> releaseIds) {
        Path folder = new WarehouseFolder(warehouse).releases();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                String id = entry.getFileName().toString();
                if (!releaseIds.contains(id) && Files.deleteIfExists(path(warehouse, id))) {
                    WithdrawalMark.delete(warehouse, id);
                    NameFile.delete(warehouse, id);
                    deleteIfEmpty(entry);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot clear " + folder, failed);
        }
    }

    private static ObjectNode definitions(JsonNode root) {
        return root.path("definitions") instanceof ObjectNode definitions ? definitions : JSON.createObjectNode();
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException used) {
            // What else lies there is not ours.
        }
    }

    /**
     * Reads the file of a release; throws {@link UncheckedIOException} naming the file if it is missing or another
     * form.
     */
    public static ReleaseFile read(Path warehouse, String releaseId) {
        Path file = path(warehouse, releaseId);
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            if (root.path("format").asInt() != FORMAT) {
                throw new IOException("format " + root.path("format") + " is not " + FORMAT);
            }
            List<Release.Feed> feeds = new ArrayList<>();
            for (JsonNode feed : root.path("feeds")) {
                feeds.add(new Release.Feed(
                        text(feed, "name"),
                        LocalDate.parse(text(feed, "complete_to")),
                        LocalDate.parse(feed.path("due_to").asText(text(root, "business_date"))),
                        feed.path("held_count").asLong(0)));
            }
            List<String> accepted = new ArrayList<>();
            root.path("accepted").forEach(words -> accepted.add(words.asText()));
            List<Table> tables = new ArrayList<>();
            for (JsonNode table : root.required("tables")) {
                List<Column> columns = new ArrayList<>();
                for (JsonNode column : table.required("columns")) {
                    columns.add(new Column(text(column, "name"), text(column, "type"), text(column, "description")));
                }
                List<String> files = new ArrayList<>();
                table.required("files").forEach(path -> files.add(path.asText()));
                tables.add(new Table(
                        text(table, "name"),
                        text(table, "description"),
                        table.required("row_count").asLong(),
                        text(table, "digest"),
                        List.copyOf(columns),
                        List.copyOf(files)));
            }
            JsonNode fingerprint = root.required("key_fingerprint");
            return new ReleaseFile(
                    text(root, "release_id"),
                    LocalDate.parse(text(root, "business_date")),
                    Instant.parse(text(root, "released_at")),
                    text(root, "force"),
                    text(root, "force_name"),
                    ZoneId.of(text(root, "zone")),
                    text(root, "software_version"),
                    text(root, "force_digest"),
                    fingerprint.isNull() ? null : fingerprint.asText(),
                    text(root, "digest"),
                    List.copyOf(feeds),
                    List.copyOf(accepted),
                    definitions(root),
                    root.path("definition_digest").asText(null),
                    List.copyOf(tables));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).asText();
    }
}
