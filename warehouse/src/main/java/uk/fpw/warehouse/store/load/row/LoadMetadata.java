package uk.fpw.warehouse.store.load.row;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The stamp columns of a load and the source in its record.
 *
 * @param loadId id of the load, never reused
 * @param businessDate known-on date of its rows
 * @param sourceDate date of the file or state of the source: the business date, or an earlier one delivered late
 * @param loadedAt start time of the load, for information only
 * @param fileName name of the file
 * @param fileDigest SHA-256 (hex) of the file
 * @param keyFingerprint fingerprint of the pseudonym key; null if no values are pseudonymised
 * @param keyColumns identification of rows, see {@link uk.fpw.warehouse.force.feed.Feed#keyText}; null if unknown
 */
public record LoadMetadata(
        String loadId,
        LocalDate businessDate,
        LocalDate sourceDate,
        Instant loadedAt,
        String fileName,
        String fileDigest,
        @Nullable String keyFingerprint,
        @Nullable String keyColumns) {}
