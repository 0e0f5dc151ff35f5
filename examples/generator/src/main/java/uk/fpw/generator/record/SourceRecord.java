package uk.fpw.generator.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a system with all its versions, oldest first. */
public final class SourceRecord {

    /** Its key. */
    public final String key;
    /** Its versions in order. */
    public final List<RecordVersion> versions = new ArrayList<>();

    /** Change number of each version, assigned when the table is complete. */
    public long[] sequence = {};

    /** Creates a record without a version. */
    public SourceRecord(String key) {
        this.key = key;
    }

    /** Adds a version, and returns the record. */
    public SourceRecord add(RecordVersion version) {
        if (!versions.isEmpty()
                && !versions.get(versions.size() - 1).recordedAt().isBefore(version.recordedAt())) {
            throw new IllegalStateException("row " + key + ": versions out of order, " + version);
        }
        versions.add(version);
        return this;
    }

    /** Its last version. */
    public RecordVersion last() {
        return versions.get(versions.size() - 1);
    }

    /** Number of versions that were recorded before a moment. */
    public int knownBefore(Instant moment) {
        int count = 0;
        while (count < versions.size() && versions.get(count).recordedAt().isBefore(moment)) {
            count++;
        }
        return count;
    }

    /** The version that was valid before a moment. */
    @Nullable
    public RecordVersion versionBefore(Instant moment) {
        int known = knownBefore(moment);
        return known == 0 ? null : versions.get(known - 1);
    }
}
