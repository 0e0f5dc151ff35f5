package uk.fpw.warehouse.store.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.store.ledger.Releases;

/**
 * The text file {@code releases/current} with the id of the current release, for readers without a database. The
 * database is authoritative ({@code ops.current_release}). The file is updated right after it and corrected at the next
 * start if the process died in between.
 */
public final class ReleasePointer {

    private static final Logger LOG = LoggerFactory.getLogger(ReleasePointer.class);

    private ReleasePointer() {}

    /**
     * Points readers to a release whose {@link ReleaseFile} is on disk, after {@link Releases#sync}. The update is
     * atomic.
     */
    public static void set(Path warehouse, ReleaseId releaseId) {
        if (!Files.exists(ReleaseFiles.path(warehouse, releaseId))) {
            throw new IllegalStateException("the current release cannot be switched to release " + releaseId
                    + ": it has no "
                    + ReleaseFiles.path(warehouse, releaseId));
        }
        AtomicFile.write(path(warehouse), (releaseId + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The release in the pointer file; null before the first or if the content is not an id. */
    public static @Nullable ReleaseId read(Path warehouse) {
        try {
            return ReleaseId.parse(new String(Files.readAllBytes(path(warehouse)), StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + path(warehouse), unreadable);
        }
    }

    /**
     * Updates the pointer from the database. It is not moved to a release without a release file; this is logged, and
     * readers keep the previous release. If all releases were withdrawn, the pointer is removed.
     *
     * @return whether the pointer was out of date and was moved
     */
    public static boolean repair(Path warehouse, Releases releases) {
        ReleaseId current = releases.currentId();
        ReleaseId pointed = read(warehouse);
        if (current == null) {
            // If the database does not know the release, it was not withdrawn in this database.
            return pointed != null && releases.find(pointed) != null && remove(warehouse, pointed);
        }
        if (current.equals(pointed)) {
            return false;
        }
        if (!Files.exists(ReleaseFiles.path(warehouse, current))) {
            LOG.warn(
                    "release {} is current but {} is missing; queries still use {}. Restore the "
                            + "file, or run the nightly job to create a new release",
                    current,
                    ReleaseFiles.path(warehouse, current),
                    pointed == null ? "no release" : "release " + pointed);
            return false;
        }
        releases.sync();
        set(warehouse, current);
        LOG.info(
                "releases/current was out of date ({}); it now refers to release {}",
                pointed == null ? "none" : pointed,
                current);
        return true;
    }

    private static boolean remove(Path warehouse, ReleaseId pointed) {
        try {
            Files.delete(path(warehouse));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + path(warehouse), failed);
        }
        LOG.info("releases/current referred to {}, which was withdrawn; no release is current", pointed);
        return true;
    }

    private static Path path(Path warehouse) {
        return new WarehouseFolder(warehouse).currentRelease();
    }
}
