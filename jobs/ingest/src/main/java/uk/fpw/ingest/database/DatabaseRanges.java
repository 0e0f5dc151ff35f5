package uk.fpw.ingest.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.RangeTally;
import uk.fpw.ingest.source.SourceRanges;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.Feed;

/** The ranges of a table or query that is read by a cursor. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class DatabaseRanges implements SourceRanges {

    private final Connection connection;
    private final ExtractQuery query;
    private final CursorColumn cursor;
    private final CursorColumn.Start start;
    private final @Nullable Integer deleted;
    private final SourceFailures failures;

    DatabaseRanges(
            Connection connection,
            ExtractQuery query,
            CursorColumn cursor,
            CursorColumn.Start start,
            Feed feed,
            SourceFailures failures) {
        this.connection = connection;
        this.query = query;
        this.cursor = cursor;
        this.start = start;
        this.deleted = feed.deleted() == null ? null : feed.columns().indexOf(feed.column(feed.deleted()));
        this.failures = failures;
    }

    @Override
    public Comparable start() {
        return start.lowest();
    }

    @Override
    public @Nullable Comparable stored(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (cursor.type()) {
            case INSTANT -> ((OffsetDateTime) value).toInstant();
            case LOCAL_TIME ->
                ((OffsetDateTime) value).atZoneSameInstant(cursor.zone()).toLocalDateTime();
            default -> (Comparable) value;
        };
    }

    @Override
    public @Nullable Comparable parse(String value) {
        return micros(cursor.candidate(value));
    }

    /** {@code raw} stores no more than microseconds. */
    private static @Nullable Comparable micros(@Nullable Comparable value) {
        if (value instanceof Instant instant) {
            return instant.truncatedTo(ChronoUnit.MICROS);
        }
        return value instanceof LocalDateTime time ? time.truncatedTo(ChronoUnit.MICROS) : value;
    }

    @Override
    public @Nullable Comparable monthOf(Comparable value) {
        if (value instanceof LocalDate date) {
            return date.withDayOfMonth(1);
        }
        if (value instanceof LocalDateTime time) {
            return time.toLocalDate().withDayOfMonth(1).atStartOfDay();
        }
        return value instanceof Instant instant
                ? LocalDate.ofInstant(instant, ZoneOffset.UTC)
                        .withDayOfMonth(1)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                : null;
    }

    @Override
    public @Nullable List<RangeTally> tally(
            List<Comparable> from, BitSet wanted, Predicate<@Nullable Object> isDeleted) {
        List<RangeTally> tallies =
                Stream.generate(RangeTally::new).limit(from.size() + 1L).toList();
        if (wanted.isEmpty()) {
            return tallies;
        }
        List<Comparable> parameters = new ArrayList<>();
        String column = Objects.requireNonNull(query.cursor());
        String mark = deleted == null ? "" : ", " + query.quoted().get(deleted) + " fpw_deleted";
        String group = deleted == null ? "" : ", fpw_deleted";
        String sql = "select fpw_range, count(*), min(fpw_cursor), max(fpw_cursor)" + group + " from (select "
                + numbered(from, wanted.stream().toArray(), column, parameters)
                + " fpw_range, " + column + " fpw_cursor" + mark + " from " + query.from() + " where "
                + within(from, wanted, column, parameters)
                + ") fpw_ranges group by fpw_range" + group;
        try {
            Savepoint before = query.product().needsSavepoints() ? connection.setSavepoint() : null;
            try (PreparedStatement statement = statement(sql, parameters);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (deleted == null
                            || !isDeleted.test(query.columns()
                                    .get(deleted)
                                    .field(rows, 5, query.declared().get(deleted)))) {
                        tallies.get(rows.getInt(1)).add(rows.getLong(2), value(rows, 3), value(rows, 4));
                    }
                }
                return tallies;
            } catch (SQLException failed) {
                if (!SourceFailures.isTimeout(failed)) {
                    throw failed;
                }
                if (before != null) {
                    connection.rollback(before);
                }
                return null;
            }
        } catch (SQLException failed) {
            throw failures.of(failed, 0);
        }
    }

    private @Nullable Comparable value(ResultSet rows, int index) throws SQLException {
        String value = query.columns().get(cursor.position()).read(rows, index);
        return value == null ? null : parse(value);
    }

    /**
     * SQL for the number of a row's range by binary search: this saves comparisons, and SQL Server nests at most ten
     * cases.
     */
    private static String numbered(List<Comparable> from, int[] ranges, String column, List<Comparable> parameters) {
        if (ranges.length == 1) {
            return String.valueOf(ranges[0]);
        }
        int middle = ranges.length / 2;
        parameters.add(from.get(ranges[middle] - 1));
        int[] lower = new int[middle];
        int[] higher = new int[ranges.length - middle];
        System.arraycopy(ranges, 0, lower, 0, lower.length);
        System.arraycopy(ranges, middle, higher, 0, higher.length);
        return "case when " + column + " < ? then " + numbered(from, lower, column, parameters) + " else "
                + numbered(from, higher, column, parameters) + " end";
    }

    /** SQL condition for rows in the ranges; adjacent ranges are merged. */
    private String within(List<Comparable> from, BitSet wanted, String column, List<Comparable> parameters) {
        List<String> parts = new ArrayList<>();
        int first = wanted.nextSetBit(0);
        while (first >= 0) {
            int end = wanted.nextClearBit(first);
            String above = "";
            if (first > 0) {
                parameters.add(from.get(first - 1));
                above = column + " >= ? and ";
            }
            parameters.add(end > from.size() ? start.lowest() : from.get(end - 1));
            parts.add("(" + above + column + " < ?)");
            first = wanted.nextSetBit(end);
        }
        return String.join(" or ", parts);
    }

    @Override
    public SourceRows open(List<Comparable> from, BitSet wanted) {
        List<Comparable> parameters = new ArrayList<>();
        String condition = within(from, wanted, Objects.requireNonNull(query.cursor()), parameters);
        try {
            PreparedStatement statement = query.rangeStatement(connection, condition);
            bind(statement, parameters);
            return DatabaseSourceRows.open(connection, statement, query, cursor, start, failures);
        } catch (SQLException failed) {
            throw failures.of(failed, 0);
        }
    }

    private PreparedStatement statement(String sql, List<Comparable> parameters) throws SQLException {
        PreparedStatement statement = ExtractQuery.prepared(connection, sql, query.database());
        bind(statement, parameters);
        return statement;
    }

    private void bind(PreparedStatement statement, List<Comparable> parameters) throws SQLException {
        for (int index = 0; index < parameters.size(); index++) {
            query.bind(
                    statement, index + 1, cursor.parameter(parameters.get(index).toString()));
        }
    }

    @Override
    public boolean isOneState() {
        try {
            return SourceProduct.of(connection.getMetaData()).hasSnapshots();
        } catch (SQLException failed) {
            throw failures.of(failed, 0);
        }
    }
}
