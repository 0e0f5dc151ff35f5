package uk.fpw.warehouse.store.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.WrittenFile;

/**
 * Copies files together with the checksum files beside them, and verifies each copy. Never uses hard links: when a file
 * is deleted for erasure its content must not survive in the copy, and a change must not affect both.
 */
final class FileCopy {

    private final Set<Path> unsynced = new TreeSet<>();
    private long count;
    private long bytes;

    /** Number of copied files. */
    long count() {
        return count;
    }

    /** Number of copied bytes. */
    long bytes() {
        return bytes;
    }

    /**
     * Copies a file unless the target already has the same content.
     *
     * @return result of the comparison; damaged if the source is
     */
    WrittenFile.Comparison copy(Path source, Path target, FileDigest digest) throws IOException {
        WrittenFile copy = new WrittenFile(target, digest.bytes(), digest.crc32());
        if (Files.exists(target)) {
            WrittenFile.Comparison found = copy.compare();
            if (found.state() == WrittenFile.State.WHOLE) {
                // It was copied by a process that was killed, perhaps before syncing.
                unsynced.add(target);
                unsynced.add(Objects.requireNonNull(target.getParent()));
                return found;
            }
        }
        Path folder = Objects.requireNonNull(target.getParent());
        DurableFiles.createDirectories(folder);
        Path sums = checksums(source);
        if (Files.exists(sums)) {
            copyBytes(sums, checksums(target));
        }
        copyBytes(source, target);
        unsynced.add(folder);
        count++;
        bytes += digest.bytes();
        WrittenFile.Comparison found = copy.compare();
        if (found.state() == WrittenFile.State.WRONG_CHECKSUMS) {
            // Only the checksums are damaged; without them the file can be read.
            Files.delete(checksums(target));
        }
        return found;
    }

    private void copyBytes(Path source, Path target) throws IOException {
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        unsynced.add(target);
    }

    /** Returns when everything copied would survive a power failure. */
    void sync() throws IOException {
        DurableFiles.sync(unsynced.stream().filter(Files::exists).toList());
        unsynced.clear();
    }

    static Path checksums(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".crc");
    }
}
