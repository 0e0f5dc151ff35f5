package uk.fpw.warehouse.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.ledger.WithdrawnReleases;

/**
 * Tells readers without a database that a release was withdrawn: {@code releases/<release_id>/withdrawn.json}, beside
 * its {@link ReleaseFile}.
 */
public final class WithdrawalMark {

    private WithdrawalMark() {}

    static Path path(Path warehouse, String releaseId) {
        return new WarehouseFolder(warehouse).release(releaseId).withdrawalMark();
    }

    /**
     * Writes what is missing.
     *
     * @return whether a release lacked its mark
     */
    public static boolean write(Path warehouse, Collection<WithdrawnReleases.Withdrawn> releases) {
        boolean wrote = false;
        for (WithdrawnReleases.Withdrawn release : releases) {
            Path mark = path(warehouse, release.releaseId());
            if (Files.exists(ReleaseFile.path(warehouse, release.releaseId())) && !Files.exists(mark)) {
                WholeFile.write(mark, json(release));
                wrote = true;
            }
        }
        return wrote;
    }

    static void delete(Path warehouse, String releaseId) {
        try {
            Files.deleteIfExists(path(warehouse, releaseId));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + path(warehouse, releaseId), failed);
        }
    }

    private static byte[] json(WithdrawnReleases.Withdrawn release) {
        ObjectMapper json = new ObjectMapper();
        try {
            return json.writerWithDefaultPrettyPrinter()
                    .writeValueAsBytes(json.createObjectNode()
                            .put("release_id", release.releaseId())
                            .put("withdrawn_at", release.at().toString())
                            .put("withdrawn_by", release.by())
                            .put("reason", release.reason()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts are always JSON", impossible);
        }
    }
}
