package uk.fpw.generator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a system with all its versions, oldest first. */
final class SourceRecord {

    final String key;
    final List<RecordVersion> versions = new ArrayList<>();

    /** Change number of each version, given when the table is complete. */
    long[] sequence = {};

    SourceRecord(String key) {
        this.key = key;
    }

    SourceRecord add(RecordVersion version) {
        if (!versions.isEmpty()
                && !versions.get(versions.size() - 1).recordedAt().isBefore(version.recordedAt())) {
            throw new IllegalStateException("row " + key + ": versions out of order, " + version);
        }
        versions.add(version);
        return this;
    }

    RecordVersion last() {
        return versions.get(versions.size() - 1);
    }

    /** Number of versions that were recorded before a moment. */
    int knownBefore(Instant moment) {
        int count = 0;
        while (count < versions.size() && versions.get(count).recordedAt().isBefore(moment)) {
            count++;
        }
        return count;
    }

    @Nullable
    RecordVersion versionBefore(Instant moment) {
        int known = knownBefore(moment);
        return known == 0 ? null : versions.get(known - 1);
    }
}
