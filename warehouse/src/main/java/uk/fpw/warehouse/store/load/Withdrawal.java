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
 * A withdrawn load, as recorded in the summary of an empty commit to {@code raw}. Its rows stay in {@code raw} but no
 * longer count. The commit never expires, and every later load copies the list of all withdrawn loads.
 *
 * @param load the load
 * @param restored the previous load, whose watermark and date are valid again; null if the feed now counts as never
 *     loaded
 * @param reason in the words of the person
 * @param by operating-system user
 * @param at time of withdrawal
 * @param all ids of all withdrawn loads of the feed so far, including this one
 * @param sequence Iceberg's sequence number of the commit, which orders it among the loads
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
     * A load with its full record, including properties written by later versions.
     *
     * @param summary properties of the record
     */
    public record Recorded(Map<String, String> summary, long snapshotId, long sequence, Instant committedAt) {

        static Recorded of(Snapshot snapshot) {
            return new Recorded(
                    snapshot.summary(),
                    snapshot.snapshotId(),
                    snapshot.sequenceNumber(),
                    Instant.ofEpochMilli(snapshot.timestampMillis()));
        }

        /** The load in the record. */
        public Load load() {
            return Load.of(summary, snapshotId, sequence, committedAt);
        }
    }

    /**
     * The decision to withdraw loads.
     *
     * @param reason in the words of the person
     * @param by operating-system user
     * @param at time of withdrawal
     */
    public record Decision(String reason, String by, Instant at) {}

    static Map<String, String> summary(
            Recorded load, @Nullable Recorded restored, Decision decision, Collection<String> all, long lastRow) {
        Map<String, String> summary = new LinkedHashMap<>();
        summary.put(LOAD_ID, load.summary().getOrDefault(Load.LOAD_ID, ""));
        summary.put(REASON, decision.reason());
        summary.put(BY, decision.by());
        summary.put(AT, decision.at().toString());
        summary.put(Load.LAST_SEQ, Long.toString(lastRow));
        carry(all, summary);
        put(load, WITHDRAWN, summary);
        if (restored != null) {
            put(restored, RESTORED, summary);
        }
        return summary;
    }

    /** Copies the list of withdrawn loads to the record of a commit; writes nothing if there are none. */
    static void carry(Collection<String> all, Map<String, String> summary) {
        if (!all.isEmpty()) {
            summary.put(ALL, String.join(",", all));
        }
    }

    /** The withdrawn loads listed in a commit. */
    static List<String> carried(Snapshot snapshot) {
        String all = snapshot.summary().get(ALL);
        return all == null ? List.of() : Arrays.asList(all.split(",", -1));
    }

    /** The withdrawal recorded by a commit; null if it records none. */
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

    /**
     * The load that became valid again by the withdrawal in a commit; null if there is none or the commit is not a
     * withdrawal.
     */
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
