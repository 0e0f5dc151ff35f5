package uk.fpw.query;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.OtherFormatException;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseFolder;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.WithdrawalFile;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.WrittenFile;

/**
 * The releases of one warehouse folder: {@code releases/<id>/release.json}, and {@code releases/current}, which
 * contains the current one.
 */
public final class AvailableReleases {

    private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*");

    private final Path warehouse;

    /** Reads the releases of a warehouse folder. */
    public AvailableReleases(Path warehouse) {
        this.warehouse = warehouse.toAbsolutePath().normalize();
    }

    /** The warehouse folder. */
    public Path warehouse() {
        return warehouse;
    }

    /**
     * Reads a release.
     *
     * @param idOrName the release or its name, or null for the current one
     * @throws QueryException if there is no such release, listing the existing ones
     */
    public ReleaseManifest read(@Nullable String idOrName) {
        if (idOrName == null) {
            return read(current(), "the current release");
        }
        ReleaseId id = ReleaseId.parse(idOrName);
        if (id == null || !Files.isRegularFile(file(id))) {
            List<ReleaseId> ids = ids();
            for (ReleaseId named : ids) {
                if (idOrName.equals(name(named))) {
                    return read(named, "release '" + idOrName + "'");
                }
            }
            throw QueryException.wrong("there is no release '" + idOrName + "' in " + warehouse + "; "
                    + (ids.isEmpty() ? "it has none yet" : "releases: " + withNames(ids)));
        }
        return read(id, "release '" + id + "'");
    }

    private String withNames(List<ReleaseId> ids) {
        return ids.stream()
                .map(id -> name(id).isEmpty() ? id.value() : id + " (" + name(id) + ")")
                .collect(Collectors.joining(", "));
    }

    /** The name under which a release is pinned; empty if it has none. */
    private String name(ReleaseId id) {
        Path file = folder(id).nameFile();
        try {
            return Files.isRegularFile(file) ? Files.readString(file).strip() : "";
        } catch (IOException unreadable) {
            throw QueryException.unavailable(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Ids of the releases that can be read, oldest first. */
    List<ReleaseId> ids() {
        Path folder = new WarehouseFolder(warehouse).releases();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(new ReleaseFolder(entry).releaseFile()))
                    .flatMap(entry -> Stream.ofNullable(
                            ReleaseId.parse(entry.getFileName().toString())))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw QueryException.unavailable(folder + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private ReleaseId current() {
        Path pointer = new WarehouseFolder(warehouse).currentRelease();
        List<ReleaseId> ids = ids();
        List<ReleaseId> valid = ids.stream()
                .filter(id -> !Files.exists(folder(id).withdrawalMark()))
                .toList();
        if (!Files.isRegularFile(pointer)) {
            if (!valid.isEmpty()) {
                throw QueryException.damagedPointer(pointer, "it is missing", valid);
            }
            throw QueryException.unavailable(
                    ids.isEmpty()
                            ? "there is no release yet in " + warehouse
                                    + "; run `fpw nightly` for this force and check its output, or use another folder"
                            : "no release in " + warehouse
                                    + " is current, since all of them were withdrawn (`fpw releases`); run `fpw "
                                    + "nightly`, or choose one of " + ids + " with --release");
        }
        try {
            String text = new String(Files.readAllBytes(pointer), StandardCharsets.UTF_8).strip();
            ReleaseId id = ReleaseId.parse(text);
            if (id == null || !Files.isDirectory(folder(id).path())) {
                throw QueryException.damagedPointer(
                        pointer, "it names release '" + text + "', which does not exist", valid);
            }
            return id;
        } catch (IOException unreadable) {
            throw QueryException.unavailable(pointer + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private ReleaseFolder folder(ReleaseId id) {
        return new WarehouseFolder(warehouse).release(id);
    }

    private Path file(ReleaseId id) {
        return folder(id).releaseFile();
    }

    private ReleaseManifest read(ReleaseId id, String what) {
        ReleaseFolder folder = folder(id);
        Path file = folder.releaseFile();
        try {
            return release(ReleaseFile.read(file), withdrawn(folder.withdrawalMark()));
        } catch (OtherFormatException other) {
            throw QueryException.unavailable(file + " has format " + other.format()
                    + "; this version of fpw reads format "
                    + ReleaseFile.FORMAT + ". Use the version of fpw that created " + what + ", or a newer one");
        } catch (DamagedFileException damaged) {
            throw QueryException.damaged(id, List.of(WrittenFile.Comparison.of(damaged)));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw QueryException.unavailable(
                    file + " cannot be read: " + unreadable.getMessage()
                            + "; run `fpw nightly` again to create another one",
                    unreadable);
        }
    }

    private ReleaseManifest release(ReleaseFile file, @Nullable WithdrawalFile withdrawn) {
        LocalDate businessDate = file.businessDate();
        Map<String, String> definitions = new TreeMap<>();
        file.definitions()
                .properties()
                .forEach(table ->
                        definitions.put(table.getKey(), table.getValue().toString()));
        return new ReleaseManifest(
                file.releaseId(),
                businessDate.toString(),
                file.owner().name(),
                file.owner().zone(),
                file.feeds().stream()
                        .filter(ReleasedFeed::isMissing)
                        .map(ReleasedFeed::describe)
                        .toList(),
                ReleasedFeed.describeOlder(file.feeds().stream()
                        .filter(feed -> feed.isOlder(businessDate))
                        .toList()),
                file.feeds(),
                file.acceptances(),
                file.tables().stream().map(this::table).toList(),
                definitions,
                withdrawn);
    }

    private static @Nullable WithdrawalFile withdrawn(Path mark) {
        if (!Files.isRegularFile(mark)) {
            return null;
        }
        try {
            return WithdrawalFile.read(mark);
        } catch (IOException unreadable) {
            throw QueryException.unavailable(
                    mark + " cannot be read: " + unreadable.getMessage()
                            + "; the release was withdrawn, do not use its figures. If this file is deleted, the next "
                            + "`fpw nightly` writes it again",
                    unreadable);
        }
    }

    private ReleaseManifest.Table table(ReleaseFile.Table table) {
        if (!TABLE.matcher(table.name()).matches()) {
            throw new IllegalArgumentException("'" + table.name() + "' is not the name of a table");
        }
        return new ReleaseManifest.Table(
                table.name(),
                table.description().strip(),
                table.rowCount(),
                table.columns().stream()
                        .map(column -> new ReleaseManifest.Column(column.name(), column.type(), column.description()))
                        .toList(),
                table.writtenIn(warehouse),
                List.of(),
                table.expired(),
                null);
    }
}
