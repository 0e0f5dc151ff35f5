package uk.fpw.warehouse.store.load.row;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The stamp columns of one load, and the file in its record.
 *
 * @param loadId identity of the load, never used twice
 * @param businessDate known-on of its rows
 * @param sourceDate the date whose file, or state of the source, was read: the business date, or an earlier one whose
 *     changes came late
 * @param loadedAt when it began, by the clock; decides nothing
 * @param fileName name of the file that was read
 * @param fileDigest SHA-256 (hex) of the file
 * @param keyFingerprint of the key by which values are pseudonymised; null if none are
 * @param keyColumns what identifies a row, see {@link uk.fpw.warehouse.force.feed.Feed#keyText}; null if that is not
 *     known
 */
public record LoadMetadata(
        String loadId,
        LocalDate businessDate,
        LocalDate sourceDate,
        Instant loadedAt,
        String fileName,
        String fileDigest,
        @Nullable String keyFingerprint,
        @Nullable String keyColumns) {

    /** A stamp that does not say what identifies a row. */
    public LoadMetadata(
            String loadId,
            LocalDate businessDate,
            LocalDate sourceDate,
            Instant loadedAt,
            String fileName,
            String fileDigest,
            @Nullable String keyFingerprint) {
        this(loadId, businessDate, sourceDate, loadedAt, fileName, fileDigest, keyFingerprint, null);
    }
}
