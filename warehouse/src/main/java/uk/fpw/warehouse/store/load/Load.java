package uk.fpw.warehouse.store.load;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.files.WarehouseFileSystem;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.load.row.LoadMetadata;

/**
 * A load, as recorded in the summary of its {@code raw} snapshot. Everything that {@code ops} records about a load can
 * be rebuilt from it.
 *
 * @param changes effect on existing rows; null in records of earlier versions
 * @param held current rows missing from a full extract but not deleted yet
 */
public record Load(
        String feed,
        String loadId,
        LocalDate businessDate,
        Source source,
        LoadCounts counts,
        @Nullable RowChanges changes,
        HeldKeys held,
        ChangeTracking tracking,
        Commit commit) {

    /**
     * The source that was read.
     *
     * @param date date of the file or state of the source; the feed is complete up to it
     * @param keyFingerprint fingerprint of the pseudonym key; null if no values were pseudonymised
     * @param keyColumns identification of rows, see {@link uk.fpw.warehouse.force.feed.Feed#keyText}; null in records
     *     of earlier versions
     */
    public record Source(
            LocalDate date,
            String fileName,
            String fileDigest,
            @Nullable String keyFingerprint,
            @Nullable String keyColumns) {}

    /**
     * How far changes of the source are known.
     *
     * @param watermark position up to which changes are known; null if they are not found by a cursor
     * @param reconciled the last comparison with the whole source; null if there was none or the feed does not read
     *     changes of a database
     */
    public record ChangeTracking(
            @Nullable Watermark watermark, @Nullable LastReconcile reconciled) {}

    /**
     * The commit of the load to {@code raw}.
     *
     * @param sequence Iceberg's sequence number of the snapshot; increases with every load of the feed
     * @param lastRow largest {@code _seq} of the feed after this load
     * @param committedAt time of the commit
     */
    public record Commit(long snapshotId, long sequence, long lastRow, Instant committedAt) {}

    /**
     * The effect of a load, as recorded.
     *
     * @param changes effect on existing rows; null if unknown
     * @param held current rows missing from a full extract but not deleted yet
     */
    public record Effect(LoadCounts counts, @Nullable RowChanges changes, HeldKeys held, ChangeTracking tracking) {}

    static final String LOAD_ID = "fpw.load-id";
    private static final String FEED = "fpw.feed";
    private static final String BUSINESS_DATE = "fpw.business-date";
    private static final String SOURCE_DATE = "fpw.source-date";
    private static final String FILE = "fpw.file";
    private static final String FILE_DIGEST = "fpw.file-digest";
    private static final String RECEIVED = "fpw.received";
    private static final String LOADED = "fpw.loaded";
    private static final String UNCHANGED = "fpw.unchanged";
    private static final String REPEATED = "fpw.repeated";
    private static final String SUPERSEDED = "fpw.superseded";
    private static final String REFUSED = "fpw.refused";
    private static final String KEPT_OUT = "fpw.kept-out";
    private static final String DELETED = "fpw.deleted";
    private static final String FLAGGED = "fpw.flagged";
    private static final String BEFORE = "fpw.before";
    private static final String CHANGED = "fpw.changed";
    private static final String EMPTIED = "fpw.emptied";
    private static final String ACCEPTED = "fpw.accepted";
    private static final String EMPTY_KEY = "fpw.empty-key";
    private static final String UNREADABLE_KEY = "fpw.unreadable-key";
    private static final String HELD = "fpw.held";
    static final String HELD_KEYS = "fpw.held-keys";
    static final String KEY_FINGERPRINT = "fpw.key-fingerprint";
    static final String KEY_COLUMNS = "fpw.key-columns";
    static final String LAST_SEQ = "fpw.last-seq";

    /** The snapshot summary properties that record a load. */
    public static Map<String, String> summary(String feed, LoadMetadata metadata, Effect effect, long lastRow) {
        LoadCounts counts = effect.counts();
        RowChanges changes = effect.changes();
        Map<String, String> summary = new LinkedHashMap<>();
        summary.put(LOAD_ID, metadata.loadId());
        summary.put(FEED, feed);
        summary.put(BUSINESS_DATE, metadata.businessDate().toString());
        summary.put(SOURCE_DATE, metadata.sourceDate().toString());
        summary.put(FILE, metadata.fileName());
        summary.put(FILE_DIGEST, metadata.fileDigest());
        if (metadata.keyFingerprint() != null) {
            summary.put(KEY_FINGERPRINT, metadata.keyFingerprint());
        }
        if (metadata.keyColumns() != null) {
            summary.put(KEY_COLUMNS, metadata.keyColumns());
        }
        summary.put(RECEIVED, Long.toString(counts.received()));
        summary.put(LOADED, Long.toString(counts.loaded()));
        summary.put(UNCHANGED, Long.toString(counts.unchanged()));
        summary.put(REPEATED, Long.toString(counts.repeated()));
        summary.put(SUPERSEDED, Long.toString(counts.superseded()));
        summary.put(REFUSED, Long.toString(counts.refused()));
        summary.put(KEPT_OUT, Long.toString(counts.keptOut()));
        summary.put(DELETED, Long.toString(counts.deleted()));
        summary.put(FLAGGED, Long.toString(counts.flagged()));
        if (changes != null) {
            summary.put(BEFORE, Long.toString(changes.before()));
            summary.put(CHANGED, Long.toString(changes.changed()));
            summary.put(EMPTIED, changes.emptiedText());
            summary.put(ACCEPTED, AcceptableLimit.texts(changes.accepted()));
        }
        summary.put(EMPTY_KEY, Long.toString(counts.emptyKey()));
        summary.put(UNREADABLE_KEY, Long.toString(counts.unreadableKey()));
        summary.put(HELD, Long.toString(counts.held()));
        String heldKeys = effect.held().text();
        if (heldKeys != null) {
            summary.put(HELD_KEYS, heldKeys);
        }
        summary.put(LAST_SEQ, Long.toString(lastRow));
        if (effect.tracking().watermark() != null) {
            effect.tracking().watermark().addTo(summary);
        }
        if (effect.tracking().reconciled() != null) {
            effect.tracking().reconciled().addTo(summary);
        }
        return summary;
    }

    /**
     * Fingerprint of the pseudonym key last used in a table of {@code raw}; null if none was used.
     *
     * @param metadata location of the table's metadata
     */
    public static @Nullable String keyFingerprint(String metadata) {
        try (HadoopFileIO io = new HadoopFileIO(WarehouseFileSystem.configuration())) {
            String last = null;
            for (Snapshot snapshot : TableMetadataParser.read(io, metadata).snapshots()) {
                last = snapshot.summary().getOrDefault(KEY_FINGERPRINT, last);
            }
            return last;
        }
    }

    /** The load that created a snapshot; null if it was not created by a load but, for example, by maintenance. */
    static @Nullable Load of(Snapshot snapshot) {
        return snapshot.summary().containsKey(LOAD_ID)
                ? of(
                        snapshot.summary(),
                        snapshot.snapshotId(),
                        snapshot.sequenceNumber(),
                        Instant.ofEpochMilli(snapshot.timestampMillis()))
                : null;
    }

    static Load of(Map<String, String> summary, long snapshotId, long sequence, Instant committedAt) {
        return new Load(
                text(summary, FEED),
                text(summary, LOAD_ID),
                LocalDate.parse(text(summary, BUSINESS_DATE)),
                new Source(
                        // Before this property existed, the source date was always the business date.
                        LocalDate.parse(summary.getOrDefault(SOURCE_DATE, text(summary, BUSINESS_DATE))),
                        text(summary, FILE),
                        text(summary, FILE_DIGEST),
                        summary.get(KEY_FINGERPRINT),
                        summary.get(KEY_COLUMNS)),
                new LoadCounts(
                        number(summary, RECEIVED),
                        number(summary, LOADED),
                        number(summary, UNCHANGED),
                        // Before this property existed, repeated rows were counted as refused.
                        Long.parseLong(summary.getOrDefault(REPEATED, "0")),
                        // Likewise superseded rows.
                        Long.parseLong(summary.getOrDefault(SUPERSEDED, "0")),
                        number(summary, REFUSED),
                        // Before this property existed, no row was kept out.
                        Long.parseLong(summary.getOrDefault(KEPT_OUT, "0")),
                        number(summary, DELETED),
                        number(summary, FLAGGED),
                        // Before these properties existed, these rows were not counted.
                        Long.parseLong(summary.getOrDefault(EMPTY_KEY, "0")),
                        Long.parseLong(summary.getOrDefault(UNREADABLE_KEY, "0")),
                        Long.parseLong(summary.getOrDefault(HELD, "0"))),
                changes(summary),
                HeldKeys.parse(summary.get(HELD_KEYS)),
                new ChangeTracking(Watermark.of(summary), LastReconcile.of(summary)),
                new Commit(snapshotId, sequence, number(summary, LAST_SEQ), committedAt));
    }

    private static @Nullable RowChanges changes(Map<String, String> summary) {
        return summary.containsKey(BEFORE)
                ? new RowChanges(
                        number(summary, BEFORE),
                        number(summary, CHANGED),
                        RowChanges.emptied(summary.getOrDefault(EMPTIED, "")),
                        AcceptableLimit.parse(summary.getOrDefault(ACCEPTED, "")))
                : null;
    }

    private static long number(Map<String, String> summary, String property) {
        return Long.parseLong(text(summary, property));
    }

    private static String text(Map<String, String> summary, String property) {
        String value = summary.get(property);
        if (value == null) {
            throw new IllegalStateException(
                    "load " + summary.get(LOAD_ID) + ": its raw snapshot does not have the property " + property);
        }
        return value;
    }
}
