package uk.fpw.warehouse.store.load;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * A withdrawn load, as recorded in the summary of an empty commit to {@code raw}. The rows of the load stay in
 * {@code raw} and count no longer. The commit is never expired, and every later load carries the list of all withdrawn
 * loads on.
 *
 * @param load the load
 * @param restored the load before, whose watermark and date count again; null if the feed counts as never loaded
 * @param reason why, as the person put it
 * @param by operating-system user
 * @param at when, by the clock
 * @param all ids of every load of the feed that was withdrawn so far, this one included
 * @param sequence Iceberg's sequence number of the commit, by which it is ordered among the loads
 */
public record Withdrawal(
        Load load,
        @Nullable Load restored,
        String reason,
        String by,
        Instant at,
        List<String> all,
        long snapshotId,
        long sequence) {

    static final String LOAD_ID = "fpw.withdrawn-load-id";
    private static final String ALL = "fpw.withdrawn-load-ids";
    private static final String REASON = "fpw.withdrawn-reason";
    private static final String BY = "fpw.withdrawn-by";
    private static final String AT = "fpw.withdrawn-at";
    private static final String OWN = "fpw.";
    private static final String WITHDRAWN = "fpw.withdrawn.";
    private static final String RESTORED = "fpw.restored.";
    private static final String SNAPSHOT_ID = "raw-snapshot-id";
    private static final String SEQUENCE = "raw-sequence";
    private static final String COMMITTED_AT = "committed-at";

    /**
     * A load with its full record, including fields added by later versions.
     *
     * @param summary properties of its record
     */
    public record Recorded(Map<String, String> summary, long snapshotId, long sequence, Instant committedAt) {

        static Recorded of(Snapshot snapshot) {
            return new Recorded(
                    snapshot.summary(),
                    snapshot.snapshotId(),
                    snapshot.sequenceNumber(),
                    Instant.ofEpochMilli(snapshot.timestampMillis()));
        }

        /** What the record says. */
        public Load load() {
            return Load.of(summary, snapshotId, sequence, committedAt);
        }
    }

    static Map<String, String> summary(
            Recorded load,
            @Nullable Recorded restored,
            String reason,
            String by,
            Instant at,
            Collection<String> all,
            long lastRow) {
        Map<String, String> summary = new LinkedHashMap<>();
        summary.put(LOAD_ID, load.summary().getOrDefault(Load.LOAD_ID, ""));
        summary.put(REASON, reason);
        summary.put(BY, by);
        summary.put(AT, at.toString());
        summary.put(Load.LAST_SEQ, Long.toString(lastRow));
        carry(all, summary);
        put(load, WITHDRAWN, summary);
        if (restored != null) {
            put(restored, RESTORED, summary);
        }
        return summary;
    }

    /** Writes all withdrawn loads to the record of a commit; nothing if there are none. */
    static void carry(Collection<String> all, Map<String, String> summary) {
        if (!all.isEmpty()) {
            summary.put(ALL, String.join(",", all));
        }
    }

    /** The withdrawn loads that a commit names. */
    static List<String> carried(Snapshot snapshot) {
        String all = snapshot.summary().get(ALL);
        return all == null ? List.of() : Arrays.asList(all.split(",", -1));
    }

    /** The withdrawal that a commit records; null if it records none. */
    static @Nullable Withdrawal of(Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary();
        if (!summary.containsKey(LOAD_ID)) {
            return null;
        }
        Recorded load = recorded(summary, WITHDRAWN);
        Recorded restored = restored(snapshot);
        return new Withdrawal(
                load.load(),
                restored == null ? null : restored.load(),
                summary.getOrDefault(REASON, ""),
                summary.getOrDefault(BY, ""),
                Instant.parse(summary.getOrDefault(AT, "")),
                carried(snapshot),
                snapshot.snapshotId(),
                snapshot.sequenceNumber());
    }

    /** The load that is valid again after the withdrawal in a commit; null if there is none, or no withdrawal. */
    static @Nullable Recorded restored(Snapshot snapshot) {
        return snapshot.summary().containsKey(RESTORED + SNAPSHOT_ID) ? recorded(snapshot.summary(), RESTORED) : null;
    }

    private static void put(Recorded load, String prefix, Map<String, String> summary) {
        load.summary().forEach((name, value) -> {
            if (name.startsWith(OWN) && !name.equals(ALL)) {
                summary.put(prefix + name.substring(OWN.length()), value);
            }
        });
        summary.put(prefix + SNAPSHOT_ID, Long.toString(load.snapshotId()));
        summary.put(prefix + SEQUENCE, Long.toString(load.sequence()));
        summary.put(prefix + COMMITTED_AT, load.committedAt().toString());
    }

    private static Recorded recorded(Map<String, String> summary, String prefix) {
        Map<String, String> own = new LinkedHashMap<>();
        summary.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                own.put(OWN + name.substring(prefix.length()), value);
            }
        });
        return new Recorded(
                own,
                Long.parseLong(own.getOrDefault(OWN + SNAPSHOT_ID, "0")),
                Long.parseLong(own.getOrDefault(OWN + SEQUENCE, "0")),
                Instant.parse(own.getOrDefault(OWN + COMMITTED_AT, "")));
    }
}
