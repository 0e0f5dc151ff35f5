package uk.fpw.warehouse.store.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.WithdrawalFile;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;

/**
 * The file {@code releases/<release_id>/withdrawn.json} beside the {@link uk.fpw.layout.ReleaseFile}, which shows
 * readers without a database that a release was withdrawn.
 */
public final class WithdrawalMarker {

    private WithdrawalMarker() {}

    static Path path(Path warehouse, ReleaseId releaseId) {
        return new WarehouseFolder(warehouse).release(releaseId).withdrawalMark();
    }

    /**
     * Writes missing marks.
     *
     * @return whether any mark was missing
     */
    public static boolean write(Path warehouse, Collection<WithdrawnReleases.Withdrawn> releases) {
        boolean wrote = false;
        for (WithdrawnReleases.Withdrawn release : releases) {
            Path mark = path(warehouse, release.releaseId());
            if (Files.exists(ReleaseFiles.path(warehouse, release.releaseId())) && !Files.exists(mark)) {
                AtomicFile.write(
                        mark,
                        new WithdrawalFile(release.releaseId(), release.at(), release.by(), release.reason()).toJson());
                wrote = true;
            }
        }
        return wrote;
    }

    /** Writes marks again, with the reasons now on record. */
    public static void rewrite(Path warehouse, Collection<WithdrawnReleases.Withdrawn> releases) {
        releases.forEach(release -> delete(warehouse, release.releaseId()));
        write(warehouse, releases);
    }

    static void delete(Path warehouse, ReleaseId releaseId) {
        try {
            Files.deleteIfExists(path(warehouse, releaseId));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + path(warehouse, releaseId), failed);
        }
    }
}
