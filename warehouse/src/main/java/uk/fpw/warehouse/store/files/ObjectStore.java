package uk.fpw.warehouse.store.files;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.FileDigest;

/**
 * An object store, as {@link ObjectStorage} needs it; its libraries are not on every class path. Locations are URLs
 * such as {@code s3://bucket/key}. Thread-safe. All methods throw {@link uk.fpw.warehouse.failure.FpwException} with
 * {@code UNAVAILABLE} if the store does not respond or refuses.
 */
public interface ObjectStore {

    /** An object, its size, and when it was last written. */
    record StoredObject(String location, long bytes, Instant modified) {}

    /**
     * What was read of an object.
     *
     * @param digest size and CRC-32
     * @param isCompared whether the store had a digest, which it is equal to
     */
    record ReadObject(FileDigest digest, boolean isCompared) {}

    /**
     * The objects whose locations start with a text.
     *
     * @param prefix a location that ends with a slash
     */
    List<StoredObject> list(String prefix);

    /**
     * The names between a prefix and the next slash of all objects that have one there, in alphabetical order.
     *
     * @param prefix a location that ends with a slash
     */
    List<String> folders(String prefix);

    /** The size of an object in bytes; null if there is none. */
    @Nullable
    Long size(String location);

    /**
     * Reads an object, and compares length and, where the store keeps one, digest.
     *
     * @param target receives its content, and is not closed
     * @throws java.io.FileNotFoundException if there is no such object
     * @throws ObjectDiffersException if it is not what was written
     * @throws IOException if the target cannot be written
     */
    ReadObject read(String location, OutputStream target) throws IOException;

    /** Copies an object within the bucket. */
    void copy(String from, String to);

    /** Deletes objects; those that do not exist are ignored. */
    void delete(Collection<String> locations);
}
