package uk.fpw.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseFolder;
import uk.fpw.layout.WarehouseFolder;

/**
 * The releases of one warehouse folder: {@code releases/<id>/release.json}, and {@code releases/current}, which names
 * the one that stands.
 */
final class Releases {

    private static final int FORMAT = 1;
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]*");
    private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*");

    private final Path warehouse;

    Releases(Path warehouse) {
        this.warehouse = warehouse.toAbsolutePath().normalize();
    }

    Path warehouse() {
        return warehouse;
    }

    /**
     * Reads a release.
     *
     * @param id the release or its name, or null for the current one
     * @throws QueryFailure if there is no such release, naming those there are
     */
    Release read(@Nullable String id) {
        if (id == null) {
            return read(current(), "the current release");
        }
        if (!ID.matcher(id).matches() || !Files.isRegularFile(file(id))) {
            List<String> ids = ids();
            for (String named : ids) {
                if (id.equals(name(named))) {
                    return read(named, "release '" + id + "'");
                }
            }
            throw QueryFailure.wrong("there is no release '" + id + "' in " + warehouse + "; "
                    + (ids.isEmpty() ? "it holds none yet" : "releases: " + withNames(ids)));
        }
        return read(id, "release '" + id + "'");
    }

    private String withNames(List<String> ids) {
        return ids.stream()
                .map(id -> name(id).isEmpty() ? id : id + " (" + name(id) + ")")
                .collect(Collectors.joining(", "));
    }

    /** The name under which a release is kept; empty if it has none. */
    private String name(String id) {
        Path file = folder(id).nameFile();
        try {
            return Files.isRegularFile(file) ? Files.readString(file).strip() : "";
        } catch (IOException unreadable) {
            throw QueryFailure.unavailable(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Ids of the releases that can be read, oldest first. */
    List<String> ids() {
        Path folder = new WarehouseFolder(warehouse).releases();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(new ReleaseFolder(entry).releaseFile()))
                    .map(entry -> entry.getFileName().toString())
                    .sorted(Comparator.comparing(Releases::date)
                            .thenComparingInt(Releases::number)
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException unreadable) {
            throw QueryFailure.unavailable(folder + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static String date(String id) {
        int dot = id.lastIndexOf('.');
        return dot < 0 ? id : id.substring(0, dot);
    }

    private static int number(String id) {
        String digits = id.substring(id.lastIndexOf('.') + 1);
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
    }

    private String current() {
        Path pointer = new WarehouseFolder(warehouse).currentRelease();
        if (!Files.isRegularFile(pointer)) {
            List<String> ids = ids();
            if (!ids.isEmpty()) {
                throw QueryFailure.unavailable("no release in " + warehouse
                        + " is current, since they were withdrawn (`fpw releases`); run `fpw nightly`, or choose "
                        + "one of "
                        + ids + " with --release");
            }
            throw QueryFailure.unavailable("there is no release yet in " + warehouse
                    + "; run `fpw nightly` for this force and look at what it says, or name another folder");
        }
        try {
            String id = Files.readString(pointer).strip();
            if (!ID.matcher(id).matches() || !Files.isRegularFile(file(id))) {
                throw QueryFailure.unavailable(pointer + " names release '" + id + "', which has no "
                        + warehouse.relativize(file(id)) + "; run `fpw nightly` again, or choose one of " + ids()
                        + " with --release");
            }
            return id;
        } catch (IOException unreadable) {
            throw QueryFailure.unavailable(pointer + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private ReleaseFolder folder(String id) {
        return new WarehouseFolder(warehouse).release(id);
    }

    private Path file(String id) {
        return folder(id).releaseFile();
    }

    private Release read(String id, String what) {
        ReleaseFolder folder = folder(id);
        Path file = folder.releaseFile();
        try {
            JsonNode root = new ObjectMapper().readTree(file.toFile());
            if (root.path("format").asInt() != FORMAT) {
                throw QueryFailure.unavailable(file + " has format "
                        + root.path("format").asText() + "; this fpw reads format " + FORMAT
                        + ". Use the fpw that made " + what + ", or a newer one");
            }
            List<Release.Table> tables = new ArrayList<>();
            for (JsonNode table : root.required("tables")) {
                tables.add(table(table));
            }
            String businessDate = root.required("business_date").asText();
            List<String> lacking = new ArrayList<>();
            List<String> notDue = new ArrayList<>();
            for (JsonNode feed : root.path("feeds")) {
                String known = feed.required("complete_to").asText();
                if (known.compareTo(businessDate) < 0) {
                    boolean isLacking = known.compareTo(feed.path("due_to").asText(businessDate)) < 0;
                    (isLacking ? lacking : notDue).add(feed.required("name").asText() + " (complete to " + known + ")");
                }
            }
            List<String> accepted = new ArrayList<>();
            root.path("accepted").forEach(words -> accepted.add(words.asText()));
            Map<String, String> definitions = new TreeMap<>();
            root.path("definitions")
                    .properties()
                    .forEach(table ->
                            definitions.put(table.getKey(), table.getValue().toString()));
            return new Release(
                    root.required("release_id").asText(),
                    businessDate,
                    root.required("force_name").asText(),
                    ZoneId.of(root.required("zone").asText()),
                    List.copyOf(lacking),
                    List.copyOf(notDue),
                    List.copyOf(accepted),
                    List.copyOf(tables),
                    definitions,
                    withdrawn(folder.withdrawalMark()));
        } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
            throw QueryFailure.unavailable(
                    file + " cannot be read: " + unreadable.getMessage() + "; run `fpw nightly` again to make another",
                    unreadable);
        }
    }

    private static @Nullable String withdrawn(Path mark) throws IOException {
        if (!Files.isRegularFile(mark)) {
            return null;
        }
        JsonNode root = new ObjectMapper().readTree(mark.toFile());
        return root.path("withdrawn_at").asText().replaceFirst("T.*", "") + " by "
                + root.path("withdrawn_by").asText() + ": "
                + root.path("reason").asText();
    }

    private Release.Table table(JsonNode table) {
        String name = table.required("name").asText();
        if (!TABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a table");
        }
        List<Release.Column> columns = new ArrayList<>();
        for (JsonNode column : table.required("columns")) {
            columns.add(new Release.Column(
                    column.required("name").asText(),
                    column.required("type").asText(),
                    column.path("description").asText()));
        }
        List<Path> files = new ArrayList<>();
        for (JsonNode file : table.required("files")) {
            files.add(warehouse.resolve(file.asText()).normalize());
        }
        return new Release.Table(
                name,
                table.path("description").asText().strip(),
                table.path("row_count").asLong(),
                List.copyOf(columns),
                List.copyOf(files));
    }
}
