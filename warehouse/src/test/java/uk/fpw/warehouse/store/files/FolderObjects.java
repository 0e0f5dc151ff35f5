package uk.fpw.warehouse.store.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.warehouse.failure.FpwException;

/** An object store of one bucket in a folder, which counts requests and can fail. */
final class FolderObjects implements ObjectStore {

    private final Path folder;
    private final String bucket;

    /** Requests so far, such as {@code read} or {@code size}. */
    final List<String> requests = new ArrayList<>();

    /** The end of a location whose content is not what was written; null for none. */
    @Nullable
    String wrong;

    /**
     * A store.
     *
     * @param bucket location of the bucket, such as {@code s3://tables/}
     */
    FolderObjects(Path folder, String bucket) {
        this.folder = folder;
        this.bucket = bucket;
    }

    /** Writes an object. */
    void put(String location, String content) {
        try {
            Path file = file(location);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path file(String location) {
        if (!location.startsWith(bucket)) {
            throw FpwException.unavailable("no bucket of " + location);
        }
        return folder.resolve(location.substring(bucket.length()));
    }

    private synchronized void requested(String what) {
        requests.add(what);
    }

    @Override
    public List<StoredObject> list(String prefix) {
        requested("list");
        Path top = file(prefix);
        if (!Files.isDirectory(top)) {
            return List.of();
        }
        List<StoredObject> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                found.add(new StoredObject(
                        bucket + folder.relativize(file),
                        Files.size(file),
                        Files.getLastModifiedTime(file).toInstant()));
            }
            return found;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public List<String> folders(String prefix) {
        int start = prefix.length();
        return list(prefix).stream()
                .map(object -> object.location().substring(start))
                .filter(rest -> rest.indexOf('/') > 0)
                .map(rest -> rest.substring(0, rest.indexOf('/')))
                .distinct()
                .toList();
    }

    @Override
    public @Nullable Long size(String location) {
        requested("size");
        try {
            return Files.exists(file(location)) ? Files.size(file(location)) : null;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public ReadObject read(String location, OutputStream target) throws IOException {
        requested("read");
        if (!Files.exists(file(location))) {
            throw new FileNotFoundException(location);
        }
        if (wrong != null && location.endsWith(wrong)) {
            throw new ObjectDiffersException("it ended after 1 of 2 bytes");
        }
        byte[] content = Files.readAllBytes(file(location));
        target.write(content);
        CRC32 crc32 = new CRC32();
        crc32.update(content);
        return new ReadObject(FileDigest.of(content.length, crc32), true);
    }

    @Override
    public void copy(String from, String to) {
        try {
            put(to, Files.readString(file(from)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void delete(Collection<String> locations) {
        for (String location : locations) {
            try {
                Files.deleteIfExists(file(location));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
