package uk.fpw.generator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.record.DayPlan.FeedChanges;
import uk.fpw.generator.record.RecordVersion;
import uk.fpw.generator.record.SourceRecord;

/** One table of a system with the whole history of one replica of the force. */
final class SourceTable {

    /** Technical columns of a table, and how deletions are recorded. */
    enum Stamps {
        /** {@code updated_at}, {@code change_seq}, {@code is_deleted}: deleted rows stay, marked. */
        SEQUENCE,
        /** {@code updated_at}: nothing is ever deleted. */
        UPDATED_AT,
        /** None: deleted rows are gone. */
        NONE
    }

    /** Change numbers per day and replica; more would overlap with the next. */
    private static final int NUMBERS_A_DAY = 10_000;

    /** A new row about a day at least this long ago is late. */
    private static final int LATE_DAYS = 7;

    final String feed;
    final String name;
    final Stamps stamps;
    final List<String> columns;
    final List<String> types;
    final List<SourceRecord> rows = new ArrayList<>();

    /**
     * Creates an empty table.
     *
     * @param columns name and SQL type of each column, such as {@code "seized_on date"}; the first is the key
     */
    SourceTable(String feed, String name, Stamps stamps, String... columns) {
        this.feed = feed;
        this.name = name;
        this.stamps = stamps;
        List<String> names = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        for (String column : columns) {
            int space = column.indexOf(' ');
            names.add(column.substring(0, space));
            kinds.add(column.substring(space + 1));
        }
        switch (stamps) {
            case SEQUENCE -> {
                names.addAll(List.of("updated_at", "change_seq", "is_deleted"));
                kinds.addAll(List.of("timestamp with time zone", "bigint", "boolean"));
            }
            case UPDATED_AT -> {
                names.add("updated_at");
                kinds.add("timestamp with time zone");
            }
            case NONE -> {}
        }
        this.columns = List.copyOf(names);
        this.types = List.copyOf(kinds);
    }

    /** Numbers the versions by time, then by key, leaving room for all replicas on every day. */
    void number(int replica, int scale) {
        record Change(SourceRecord row, int version) {}
        List<Change> changes = new ArrayList<>();
        for (SourceRecord row : rows) {
            row.sequence = new long[row.versions.size()];
            for (int i = 0; i < row.versions.size(); i++) {
                changes.add(new Change(row, i));
            }
        }
        changes.sort((a, b) -> {
            int byTime = a.row.versions
                    .get(a.version)
                    .recordedAt()
                    .compareTo(b.row.versions.get(b.version).recordedAt());
            return byTime != 0 ? byTime : a.row.key.compareTo(b.row.key);
        });
        long day = Long.MIN_VALUE;
        int inDay = 0;
        for (Change change : changes) {
            long changedOn = ForceCalendar.localDay(
                                    change.row.versions.get(change.version).recordedAt())
                            .toEpochDay()
                    - SyntheticForce.FIRST_DAY.toEpochDay();
            inDay = changedOn == day ? inDay + 1 : 1;
            day = changedOn;
            if (inDay >= NUMBERS_A_DAY) {
                throw new IllegalStateException(name + ": more than " + NUMBERS_A_DAY + " changes on day " + day);
            }
            change.row.sequence[change.version] = (day * scale + replica) * NUMBERS_A_DAY + inDay;
        }
    }

    /** The values of a row in the table, including stamps; null if there is no such row. */
    @Nullable
    List<@Nullable Object> stored(SourceRecord row, Instant end) {
        int known = row.knownBefore(end);
        if (known == 0) {
            return null;
        }
        RecordVersion version = row.versions.get(known - 1);
        if (version.deleted() && stamps == Stamps.NONE) {
            return null;
        }
        List<@Nullable Object> values = new ArrayList<>(version.values());
        if (stamps != Stamps.NONE) {
            values.add(version.recordedAt());
        }
        if (stamps == Stamps.SEQUENCE) {
            values.add(row.sequence[known - 1]);
            values.add(version.deleted());
        }
        return values;
    }

    /** The changes between the ends of two days. */
    FeedChanges changes(LocalDate day) {
        Instant before = ForceCalendar.endOf(day.minusDays(1));
        Instant after = ForceCalendar.endOf(day);
        int inserted = 0;
        int updated = 0;
        int deleted = 0;
        int reinserted = 0;
        int late = 0;
        for (SourceRecord row : rows) {
            RecordVersion was = row.versionBefore(before);
            RecordVersion is = row.versionBefore(after);
            if (is == null || row.knownBefore(before) == row.knownBefore(after)) {
                continue;
            }
            if (was == null) {
                if (!is.deleted()) {
                    inserted++;
                    late += is.reportedOn().plusDays(LATE_DAYS).isAfter(day) ? 0 : 1;
                }
            } else if (was.deleted()) {
                reinserted += is.deleted() ? 0 : 1;
            } else if (is.deleted()) {
                deleted++;
            } else {
                updated++;
            }
        }
        return new FeedChanges(feed, inserted, updated, deleted, reinserted, 0, late);
    }
}
