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
 * Copies files with the checksums that may be beside them, and compares each copy with what the file should be. Never
 * links: a file that is deleted to erase what is in it must not live on in its copy, nor change with it.
 */
final class FileCopy {

    private final Set<Path> unsynced = new TreeSet<>();
    private long count;
    private long bytes;

    /** How many files were copied. */
    long count() {
        return count;
    }

    /** Their bytes. */
    long bytes() {
        return bytes;
    }

    /**
     * Copies a file, unless what is there is the same already.
     *
     * @return how the copy was found; damaged if the file is not what it should be
     */
    WrittenFile.Comparison copy(Path source, Path target, FileDigest digest) throws IOException {
        WrittenFile copy = new WrittenFile(target, digest.bytes(), digest.crc32());
        if (Files.exists(target)) {
            WrittenFile.Comparison found = copy.compare();
            if (found.state() == WrittenFile.State.WHOLE) {
                // a process that was killed has copied it, and perhaps not synced
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
            // the file is whole, its checksums are not: without them it can be read
            Files.delete(checksums(target));
        }
        return found;
    }

    private void copyBytes(Path source, Path target) throws IOException {
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        unsynced.add(target);
    }

    /** Returns when everything that was copied survives a loss of power. */
    void sync() throws IOException {
        DurableFiles.sync(unsynced.stream().filter(Files::exists).toList());
        unsynced.clear();
    }

    static Path checksums(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".crc");
    }
}
