package uk.fpw.warehouse.store.evidence;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.warehouse.failure.FpwException;

/**
 * The folder of sealed files of a warehouse, one for each restriction, named by its id. Only the owner of the warehouse
 * may enter it (0700, files 0600). A sealed file never changes.
 */
public final class EvidenceFolder {

    private static final String SUFFIX = ".sealed";
    private static final String TEMPORARY = ".tmp";

    private final Path folder;

    /** The folder of a warehouse, which need not exist. */
    public EvidenceFolder(Path warehouse) {
        this.folder = new WarehouseFolder(warehouse).evidence();
    }

    /** The sealed file of a restriction. */
    public Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }

    /** Writes what is to be sealed. */
    @FunctionalInterface
    public interface Contents {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a sealed file, durably, and reads it back; a file that an interrupted attempt left is replaced.
     *
     * @return size and checksum of the sealed file
     * @throws FpwException with {@code UNAVAILABLE} if it cannot be written
     */
    public FileDigest seal(String id, EvidenceKey key, Contents contents) {
        Path temporary = folder.resolve("." + id + TEMPORARY);
        try {
            if (!Files.isDirectory(folder)) {
                DurableFiles.createDirectories(folder);
            }
            close();
            Files.deleteIfExists(temporary);
            Files.createFile(temporary, ownerOnly(temporary));
            try (OutputStream out = new SealedChunks(key, id)
                    .to(new BufferedOutputStream(Files.newOutputStream(temporary, StandardOpenOption.WRITE)))) {
                contents.writeTo(out);
            }
            DurableFiles.move(temporary, file(id));
            try (InputStream in = open(id, key)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return FileDigest.ofContent(file(id));
        } catch (IOException | UncheckedIOException failed) {
            throw FpwException.unavailable(
                    "the sealed file cannot be written in " + folder + ": " + failed.getMessage()
                            + ". Nothing was changed; check the permissions on the folder and the free space on its "
                            + "disk, and run again",
                    failed);
        }
    }

    /**
     * What a sealed file contains. Each part is verified before it is returned, but only at the end whether the file is
     * complete.
     *
     * @throws FpwException with {@code DAMAGED}, also while reading, if the file is missing, was changed or cut off, or
     *     was sealed with another key
     */
    public InputStream open(String id, EvidenceKey key) throws IOException {
        Path file = file(id);
        try {
            return new SealedChunks(key, id).from(new BufferedInputStream(Files.newInputStream(file)), file);
        } catch (NoSuchFileException missing) {
            throw SealedChunks.damaged(file, "is missing", missing);
        }
    }

    /** Deletes a sealed file, if there is one, durably. */
    public void delete(String id) {
        deleteAll(List.of(file(id)));
    }

    /**
     * Deletes everything in the folder but the sealed files of some restrictions: what interrupted commands left.
     *
     * @param ids restrictions whose sealed files are needed
     */
    public void deleteOthers(Set<String> ids) {
        if (Files.isDirectory(folder)) {
            Set<Path> needed = ids.stream().map(this::file).collect(Collectors.toCollection(HashSet::new));
            try (Stream<Path> files = Files.list(folder)) {
                deleteAll(files.filter(file -> !needed.contains(file)).toList());
            } catch (IOException failed) {
                throw unavailable(failed);
            }
        }
    }

    private void deleteAll(List<Path> files) {
        try {
            boolean isChanged = false;
            for (Path file : files) {
                isChanged |= Files.deleteIfExists(file);
            }
            if (isChanged) {
                DurableFiles.sync(List.of(folder));
            }
        } catch (IOException failed) {
            throw unavailable(failed);
        }
    }

    /** Removes the access of others to the folder and its files, if it exists, such as after a restore. */
    public void close() throws IOException {
        if (!Files.isDirectory(folder) || !hasPermissions(folder)) {
            return;
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    /** Attributes with which a file is created that only its owner may read. */
    public static FileAttribute<?>[] ownerOnly(Path file) {
        return hasPermissions(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean hasPermissions(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private FpwException unavailable(IOException failed) {
        return FpwException.unavailable(
                "files in " + folder + " cannot be deleted: " + failed.getMessage() + "; run again", failed);
    }
}
