package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One table of one operational system, as it reaches the warehouse: {@code feeds/<name>.yml}.
 *
 * @param name feed name; its table is {@code raw.<name>}, with branches {@code main} and {@code current}
 * @param source the operational system; with the value of {@code item} it forms the item key {@code source:item}
 * @param connection name of the file drop or the database
 * @param origin what is read through the connection
 * @param key columns that identify a row in the source, in order; none if all that is loaded of a row tells it apart
 *     from others ({@code key: row})
 * @param item the column whose value identifies the item (device, case, referral) that the row speaks of; {@link #ROW}
 *     in a feed keyed by row whose every row is an item of its own
 * @param extract whether every row of the source is read or only changed ones
 * @param deleted boolean column that is true where the source has deleted the row; null if rows say nothing of that
 * @param limits what still counts as a sound extract
 * @param mayBeEmpty columns of the key in which an empty value is a value like any other
 */
public record Feed(
        String name,
        String source,
        String description,
        String connection,
        Origin origin,
        List<Column> columns,
        List<String> key,
        String item,
        Extract extract,
        @Nullable String deleted,
        Limits limits,
        Set<String> mayBeEmpty) {

    /** What {@code key} and {@code item} say where a row has nothing of its own that identifies it. */
    public static final String ROW = "row";

    /** A feed every part of whose key has a value. */
    public Feed(
            String name,
            String source,
            String description,
            String connection,
            Origin origin,
            List<Column> columns,
            List<String> key,
            String item,
            Extract extract,
            @Nullable String deleted,
            Limits limits) {
        this(name, source, description, connection, origin, columns, key, item, extract, deleted, limits, Set.of());
    }

    /**
     * Whether rows have no key of their own: all that is loaded of a row, and its place among equal ones, tells it
     * apart.
     */
    public boolean isKeyedByRow() {
        return key.isEmpty();
    }

    /** Whether each row is an item of its own. */
    public boolean isItemPerRow() {
        return isKeyedByRow() && item.equals(ROW);
    }

    /**
     * What identifies a row, as one text by which another key is noticed: {@code row}, or the columns such as
     * {@code case_number,suffix}.
     */
    public String keyText() {
        return isKeyedByRow() ? ROW : String.join(",", key);
    }

    /** What is read for a business date, as a person would name it: a file, a table or the file of a query. */
    public String readOn(LocalDate businessDate) {
        if (origin instanceof DroppedFile dropped) {
            return dropped.on(businessDate);
        }
        return origin instanceof DatabaseRows rows && rows.table() != null ? rows.table() : "feeds/" + name + ".sql";
    }

    /**
     * Whether loading it takes the pseudonym key: any of its values identify people, or its rows are known by a keyed
     * hash.
     */
    public boolean pseudonymises() {
        return isKeyedByRow() || columns.stream().anyMatch(column -> column.privacy() == Privacy.PSEUDONYMISE);
    }

    /**
     * Up to which date the feed must have been delivered in the night of a business date: that date, unless the feed
     * says that its files are of other dates.
     *
     * @return null if nothing is ever due
     */
    public @Nullable LocalDate dueTo(LocalDate businessDate) {
        Delivery delivery = delivery();
        return delivery == null ? businessDate : delivery.dueTo(businessDate);
    }

    /** On which dates there is a file; null if the feed does not say, or reads no dated files. */
    public @Nullable Delivery delivery() {
        return droppedFile() == null ? null : droppedFile().delivery();
    }

    /** The file that it reads; null if it reads none. */
    public @Nullable DroppedFile droppedFile() {
        return origin instanceof DroppedFile dropped ? dropped : null;
    }

    /** The column by which its source tells of changes; null if it has none. */
    public @Nullable Cursor cursor() {
        return origin instanceof DatabaseRows rows ? rows.cursor() : null;
    }

    /** How what the cursor does not tell is found; null if the feed does not say. */
    public @Nullable Reconcile reconcile() {
        return origin instanceof DatabaseRows rows ? rows.reconcile() : null;
    }

    /**
     * Whether nobody can tell a file that is missing from one that is late: the feed has dated files and does not say
     * which dates have one.
     */
    public boolean hasUndeclaredDelivery() {
        return origin instanceof DroppedFile dropped && dropped.isDated() && dropped.delivery() == null;
    }

    /** The column of that name; throws {@link IllegalArgumentException} if there is none. */
    public Column column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("feed " + name + " has no column '" + columnName + "'"));
    }

    /** What is read through a connection. */
    public sealed interface Origin permits DroppedFile, DatabaseRows {}

    /**
     * A file that the source drops.
     *
     * @param file file name in the drop; {@code {date}} stands for the business date (yyyy-MM-dd),
     *     {@code {date:PATTERN}} for another pattern
     * @param ignored columns of the file that are knowingly not loaded
     * @param delivery on which dates there is a file; null if the feed does not say
     */
    public record DroppedFile(
            String file,
            Format format,
            Set<String> ignored,
            @Nullable Delivery delivery) implements Origin {

        /** A file of a feed that does not say on which dates there is one. */
        public DroppedFile(String file, Format format, Set<String> ignored) {
            this(file, format, ignored, null);
        }

        /** Whether each date has a file of its own, whose name tells it. If not, the file is expected on every date. */
        public boolean isDated() {
            return FileNamePattern.isDated(file);
        }

        /** Name of the file of a business date. */
        public String on(LocalDate businessDate) {
            return FileNamePattern.resolve(file, businessDate);
        }

        /** The business date of which a file of that name is; null if it is of none. */
        public @Nullable LocalDate dateOf(String fileName) {
            return FileNamePattern.date(file, fileName);
        }
    }

    /**
     * A table of a database or the rows of a query: exactly one of the two is not null.
     *
     * @param table table or view, such as {@code dfu.submission}
     * @param sql one query in the language of the database, from {@code feeds/<name>.sql}
     * @param cursor by which changes are found; null if every row is read each time
     * @param reconcile how what the cursor does not tell is found; null if the feed does not say, which is the same as
     *     never
     */
    public record DatabaseRows(
            @Nullable String table,
            @Nullable String sql,
            @Nullable Cursor cursor,
            @Nullable Reconcile reconcile) implements Origin {
        public DatabaseRows {
            if ((table == null) == (sql == null)) {
                throw new IllegalArgumentException("the rows of a database come from a table or from a query");
            }
        }

        /** Rows of a feed that does not say how what its cursor does not tell is found. */
        public DatabaseRows(@Nullable String table, @Nullable String sql, @Nullable Cursor cursor) {
            this(table, sql, cursor, null);
        }
    }

    /**
     * How hard deletions and missed changes of a feed of changes are found.
     *
     * @param everyDays days after which the whole source is compared again; 0 for never
     */
    public record Reconcile(int everyDays) {

        /** As the feed's file writes it: {@code none}, or a group such as {@code every: 7 days}. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Reconcile of(JsonNode written) {
            return new Reconcile(
                    written.isTextual()
                            ? 0
                            : Integer.parseInt(written.path("every").textValue().split(" ", 2)[0]));
        }

        /** Whether the source is ever compared. */
        public boolean isNever() {
            return everyDays == 0;
        }

        /** As the feed's file writes it: {@code none} or {@code 7 days}. */
        @Override
        public String toString() {
            return isNever() ? "none" : everyDays + (everyDays == 1 ? " day" : " days");
        }
    }

    /**
     * A column that grows whenever a row of the source changes.
     *
     * @param column a column of the feed: {@code WHOLE}, {@code DATE}, {@code INSTANT} or {@code LOCAL_TIME}
     * @param lookBack how far behind the highest value known so far reading begins, inclusive: a number, days of a
     *     date, minutes of a time
     * @param maxGap the largest gap between two values of a whole number over which the watermark rises in any case
     */
    public record Cursor(String column, long lookBack, long maxGap) {}

    /** FULL: a row that is missing was deleted in the source. CHANGES: it did not change. */
    public enum Extract {
        FULL,
        CHANGES
    }

    /**
     * How the file is written, as the feed says it; what that means is known to the {@link FileFormat} of the kind
     * alone.
     *
     * @param options what {@code format} of the feed gives beside the kind, as Java's own types; the schema of the
     *     format has the defaults of the rest
     */
    public record Format(String kind, Map<String, Object> options) {

        public Format {
            options = Map.copyOf(options);
        }
    }

    /**
     * What still counts as a sound extract.
     *
     * @param minRows fewer rows than this fail the load
     * @param maxRefusedShare a larger share of refused rows, those with an empty key not among them, fails the load
     * @param minRefusedRows fewer refused rows, or fewer rows with an empty key, fail no load, whatever their share
     * @param maxEmptyKeyShare a larger share of rows with an empty key fails the load
     * @param maxDeletedShare a load that deletes a larger share of the current rows, by whatever way, fails (a
     *     truncated source must not end-date the table)
     * @param maxChangedShare a load that changes a larger share of the current rows fails
     * @param maxEmptiedShare a load by which a column loses a larger share of its values fails
     * @param maxDeletedShare28Days the same as {@code maxDeletedShare} of all loads of 28 days
     * @param maxEmptiedShare28Days the same as {@code maxEmptiedShare} of all loads of 28 days
     * @param minAffectedRows fewer rows deleted or emptied fail no load, whatever their share
     * @param minChangedRows fewer rows changed fail no load, whatever their share
     * @param maxReplacedShare of rows without a key of their own, the share of missing ones that may count as changed
     *     because as many are new; the others count as deleted
     * @param maxReplacedShare28Days a load after which more than that share was so replaced in 28 days fails
     */
    public record Limits(
            long minRows,
            double maxRefusedShare,
            long minRefusedRows,
            double maxEmptyKeyShare,
            double maxDeletedShare,
            double maxChangedShare,
            double maxEmptiedShare,
            @JsonProperty("max_deleted_share_28_days") double maxDeletedShare28Days,
            @JsonProperty("max_emptied_share_28_days") double maxEmptiedShare28Days,
            long minAffectedRows,
            long minChangedRows,
            double maxReplacedShare,
            @JsonProperty("max_replaced_share_28_days") double maxReplacedShare28Days) {

        /** Limits in which a single refused row counts, of rows that have a key. */
        public Limits(
                long minRows,
                double maxRefusedShare,
                double maxEmptyKeyShare,
                double maxDeletedShare,
                double maxChangedShare,
                double maxEmptiedShare,
                double maxDeletedShare28Days,
                double maxEmptiedShare28Days,
                long minAffectedRows,
                long minChangedRows) {
            this(
                    minRows,
                    maxRefusedShare,
                    1,
                    maxEmptyKeyShare,
                    maxDeletedShare,
                    maxChangedShare,
                    maxEmptiedShare,
                    maxDeletedShare28Days,
                    maxEmptiedShare28Days,
                    minAffectedRows,
                    minChangedRows,
                    1,
                    1);
        }

        /** Limits without those of rows that are changed or emptied, and of 28 days. */
        public Limits(long minRows, double maxRefusedShare, double maxEmptyKeyShare, double maxDeletedShare) {
            this(minRows, maxRefusedShare, maxEmptyKeyShare, maxDeletedShare, 1, 1, 1, 1, 1, 1);
        }
    }

    /**
     * One column that is loaded.
     *
     * @param name column name in the warehouse, {@code [a-z][a-z0-9_]*}, not beginning with an underscore
     * @param from header in the file, or column of the table or query
     * @param patterns for the date and time types, how the text is written: the first pattern that fits is taken; none
     *     for the ISO form
     * @param zone for {@code LOCAL_TIME}, the zone whose wall clock the text shows; null otherwise
     * @param required whether a missing value makes the row refused; key and item columns always are
     * @param privacy whether the value identifies a person
     * @param transforms what is done to the text before anything else looks at it, in order
     * @param matches what the text must be like after that; null for any
     */
    public record Column(
            String name,
            String from,
            Type type,
            List<DatePattern> patterns,
            @Nullable ZoneId zone,
            boolean required,
            Privacy privacy,
            String description,
            List<TextTransform> transforms,
            @Nullable TextPattern matches) {

        /** A column whose text is taken as it is, and that has one pattern or none. */
        public Column(
                String name,
                String from,
                Type type,
                @Nullable DateTimeFormatter pattern,
                @Nullable String patternText,
                @Nullable ZoneId zone,
                boolean required,
                Privacy privacy,
                String description) {
            this(
                    name,
                    from,
                    type,
                    pattern == null || patternText == null ? List.of() : List.of(new DatePattern(patternText, pattern)),
                    zone,
                    required,
                    privacy,
                    description,
                    List.of(),
                    null);
        }

        /** The text of a value as everything else sees it. */
        public String transformed(String text) {
            String result = text;
            for (TextTransform transform : transforms) {
                result = transform.apply(result);
            }
            return result;
        }

        /**
         * How dates and times are written, for messages: {@code 'dd/MM/yyyy' or 'yyyy-MM-dd'}; null for the ISO form.
         */
        public @Nullable String patternText() {
            return patterns.isEmpty()
                    ? null
                    : patterns.stream()
                            .map(pattern -> "'" + pattern.text() + "'")
                            .collect(Collectors.joining(" or "));
        }
    }

    /**
     * How a date or time is written.
     *
     * @param text as the feed's file states it
     */
    public record DatePattern(String text, DateTimeFormatter formatter) {}

    /** What a column holds. */
    public enum Type {
        /** Text; trimmed. */
        TEXT,
        /** 64-bit whole number. */
        WHOLE,
        /** Decimal number, kept as {@code decimal(38,9)}. */
        DECIMAL,
        /** true/false, yes/no, y/n, 1/0, any case. */
        BOOLEAN,
        /** Local calendar date. */
        DATE,
        /** Point in time whose text carries its offset. */
        INSTANT,
        /**
         * Wall-clock time in the column's zone, kept as a point in time; ambiguous times take the earlier and are
         * flagged, times that do not exist are refused.
         */
        LOCAL_TIME
    }

    /** Whether a value identifies a person. */
    public enum Privacy {
        /** Stored as it is; may be shown in a refusal. */
        NOT_PERSONAL,
        /** Stored as a keyed HMAC, only for {@code TEXT}; never shown. */
        PSEUDONYMISE
    }
}
