package uk.fpw.warehouse.store.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.layout.file.CheckedFiles;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.ObjectStore.StoredObject;

/**
 * Tables in an object store. The name of a file is its URL; its copy is at the same place relative to the warehouse
 * folder, so that releases name their files in the same way wherever these are stored.
 */
public final class ObjectStorage implements TableStorage {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectStorage.class);

    private static final Pattern OTHER_SCHEMES = Pattern.compile("^s3[an]://");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final String S3 = "s3://";

    private final ObjectStore store;
    private final Path warehouse;
    private final String root;
    private final String folder;
    private final String aside;
    private final LocalCopies copies;
    private final @Nullable NavigableMap<String, StoredObject> listed;

    /**
     * The storage of a warehouse.
     *
     * @param identity identity of a warehouse whose tables are in an object store
     * @param maxCopyBytes the total size to which local copies are reduced from time to time
     */
    public ObjectStorage(ObjectStore store, WarehouseIdentity identity, long maxCopyBytes) {
        this.store = store;
        this.warehouse = RealPath.of(identity.path());
        this.root = Objects.requireNonNull(identity.tables(), "tables") + "/";
        this.folder = identity.tableLocation();
        this.aside = root + "orphans/" + identity.id() + "/";
        this.copies = new LocalCopies(store, warehouse, identity.dataFolder(), maxCopyBytes);
        this.listed = null;
    }

    private ObjectStorage(ObjectStorage other, NavigableMap<String, StoredObject> listed) {
        this.store = other.store;
        this.warehouse = other.warehouse;
        this.root = other.root;
        this.folder = other.folder;
        this.aside = other.aside;
        this.copies = other.copies;
        this.listed = listed;
    }

    /** The location of a table file whose copy has that path; null for files that are not of tables. */
    private @Nullable String location(Path path) {
        return path.startsWith(warehouse.resolve(folder.substring(root.length())))
                ? root + warehouse.relativize(path)
                : null;
    }

    @Override
    public TableStorage listed() {
        NavigableMap<String, StoredObject> all = new TreeMap<>();
        store.list(folder + "/").forEach(object -> all.put(object.location(), object));
        return new ObjectStorage(this, all);
    }

    @Override
    public String folder() {
        return folder;
    }

    @Override
    public String name(String location) {
        return OTHER_SCHEMES.matcher(location).replaceFirst(S3);
    }

    @Override
    public boolean holds(String location) {
        return name(location).startsWith(folder + "/");
    }

    @Override
    public boolean exists(String location) {
        // a store may list an object later than it has it
        return (listed != null && listed.containsKey(name(location))) || store.size(name(location)) != null;
    }

    @Override
    public Path path(String location) {
        String name = name(location);
        if (!holds(name)) {
            throw new IllegalStateException(name + " is not in " + folder + ", where this warehouse keeps its tables");
        }
        Path path = warehouse.resolve(name.substring(root.length())).normalize();
        if (!name.equals(location(path))) {
            throw new IllegalStateException(name + " is not the name of a file of a table");
        }
        return path;
    }

    @Override
    public Path local(String location) {
        return local(List.of(location)).get(0);
    }

    @Override
    public List<Path> local(Collection<String> locations) {
        Map<Path, String> wanted = new LinkedHashMap<>();
        List<Path> paths = locations.stream().map(this::path).toList();
        locations.forEach(location -> wanted.put(path(location), name(location)));
        copies.fetch(wanted);
        return paths;
    }

    @Override
    public void renewCopies(Supplier<List<WrittenFile>> files) throws IOException {
        Map<Path, String> wanted = new LinkedHashMap<>();
        for (WrittenFile.Comparison lost : CheckedFiles.ofThisUser().damaged(files.get())) {
            WrittenFile file = lost.file();
            String location = location(file.path());
            Long bytes = location == null ? null : store.size(location);
            if (location != null && bytes != null && (file.bytes() < 0 || file.bytes() == bytes)) {
                LOG.info("{} is fetched again: {}", file.path(), lost.problem());
                copies.delete(file.path());
                wanted.put(file.path(), location);
            }
        }
        copies.fetch(wanted);
    }

    @Override
    public WrittenFile.@Nullable Comparison compare(String location) {
        try {
            return compare(new WrittenFile(path(location)), false);
        } catch (IOException | FpwException unreadable) {
            return null;
        }
    }

    @Override
    public boolean isDamaged(String location, long bytes) {
        try {
            return compare(new WrittenFile(path(location), bytes, null), false).isDamaged();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public WrittenFile.Comparison compare(WrittenFile file, boolean isRead) throws IOException {
        String location = location(file.path());
        if (location == null) {
            return isRead ? file.compare() : file.compareSize();
        }
        if (!isRead) {
            Long found = store.size(location);
            return found == null
                    ? damaged(file, "it is missing: " + location)
                    : ofSize(file, location, found, WrittenFile.State.WHOLE);
        }
        try {
            ObjectStore.ReadObject found = store.read(location, OutputStream.nullOutputStream());
            return file.crc32() != null && !file.crc32().equals(found.digest().crc32())
                    ? damaged(file, "its content is not what was written: " + location)
                    : ofSize(
                            file,
                            location,
                            found.digest().bytes(),
                            file.crc32() == null && !found.isCompared()
                                    ? WrittenFile.State.UNCHECKED
                                    : WrittenFile.State.WHOLE);
        } catch (FileNotFoundException missing) {
            return damaged(file, "it is missing: " + location);
        } catch (ObjectDiffersException differs) {
            return damaged(file, differs.getMessage() + ": " + location);
        }
    }

    private static WrittenFile.Comparison ofSize(
            WrittenFile file, String location, long found, WrittenFile.State otherwise) {
        return file.bytes() >= 0 && file.bytes() != found
                ? damaged(file, "it has " + found + " bytes instead of " + file.bytes() + ": " + location)
                : new WrittenFile.Comparison(file, otherwise, "");
    }

    private static WrittenFile.Comparison damaged(WrittenFile file, String problem) {
        return new WrittenFile.Comparison(file, WrittenFile.State.DAMAGED, problem);
    }

    @Override
    public List<WrittenFile.Comparison> damaged(Collection<WrittenFile> files) throws IOException {
        List<WrittenFile.Comparison> damaged = new ArrayList<>();
        for (WrittenFile file : files) {
            WrittenFile.Comparison found = compare(file, false);
            if (found.isDamaged()) {
                damaged.add(found);
            }
        }
        return damaged;
    }

    @Override
    public long size(WrittenFile file) {
        return location(file.path()) == null ? TableStorage.super.size(file) : Math.max(0, file.bytes());
    }

    @Override
    public Map<String, String> tableFolders() {
        Map<String, String> found = new TreeMap<>();
        if (listed != null) {
            listed.keySet().forEach(location -> {
                String[] names = location.substring(folder.length() + 1).split("/", 3);
                if (names.length > 2) {
                    found.put(names[0] + "." + names[1], folder + "/" + names[0] + "/" + names[1]);
                }
            });
            return found;
        }
        for (String namespace : store.folders(folder + "/")) {
            for (String table : store.folders(folder + "/" + namespace + "/")) {
                found.put(namespace + "." + table, folder + "/" + namespace + "/" + table);
            }
        }
        return found;
    }

    @Override
    public List<String> metadataFiles(String table) {
        String prefix = folder + "/" + table.replace('.', '/') + "/metadata/";
        Collection<String> found = listed == null
                ? store.list(prefix).stream().map(StoredObject::location).toList()
                : listed.subMap(prefix, true, prefix + Character.MAX_VALUE, false)
                        .keySet();
        return found.stream()
                .map(location -> location.substring(prefix.length()))
                .toList();
    }

    @Override
    public List<StoredFile> files(String location) {
        return store.list(name(location) + "/").stream()
                .map(object -> new StoredFile(object.location(), object.location(), object.modified()))
                .toList();
    }

    @Override
    public String moveAside(String name, LocalDate movedOn) {
        Path copy = path(name);
        String target = aside + movedOn + "/" + name.substring(folder.length() + 1);
        store.copy(name, target);
        store.delete(List.of(name));
        copies.delete(copy);
        return target;
    }

    @Override
    public SortedSet<LocalDate> daysAside() {
        SortedSet<LocalDate> days = new TreeSet<>();
        store.folders(aside).stream()
                .filter(name -> DAY.matcher(name).matches())
                .forEach(name -> days.add(LocalDate.parse(name)));
        return days;
    }

    @Override
    public int deleteAside(LocalDate day) {
        List<String> ofDay = store.list(aside + day + "/").stream()
                .map(StoredObject::location)
                .toList();
        store.delete(ofDay);
        return ofDay.size();
    }

    @Override
    public void tidyCopies() {
        TableStorage now = listed();
        copies.tidy(path -> {
            String location = location(path);
            return location == null || now.exists(location);
        });
    }
}
