package uk.fpw.warehouse.force.feed;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One table of one operational system, as it reaches the warehouse: {@code feeds/<name>.yml}.
 *
 * @param name feed name; its table is {@code raw.<name>}, with branches {@code main} and {@code current}
 * @param source the operational system; with the value of {@code item} it forms the item key {@code source:item}
 * @param input what is read
 * @param rows what is loaded
 * @param limits what still counts as a sound extract
 */
public record Feed(String name, String source, String description, Input input, Rows rows, FeedLimits limits) {

    /** What {@code key} and {@code item} say where a row has nothing of its own that identifies it. */
    public static final String ROW = "row";

    /**
     * What is read of a source.
     *
     * @param connection name of the file drop or the database
     * @param origin what is read through the connection
     * @param extract whether every row of the source is read or only changed ones
     */
    public record Input(String connection, Origin origin, Extract extract) {}

    /**
     * What is loaded of what is read.
     *
     * @param key columns that identify a row in the source, in order; none if all that is loaded of a row tells it
     *     apart from others ({@code key: row})
     * @param mayBeEmpty columns of the key in which an empty value is a value like any other
     * @param item the column whose value identifies the item (device, case, referral) that the row speaks of;
     *     {@link #ROW} in a feed keyed by row whose every row is an item of its own
     * @param deleted boolean column that is true where the source has deleted the row; null if rows say nothing of that
     */
    public record Rows(
            List<Column> columns,
            List<String> key,
            Set<String> mayBeEmpty,
            String item,
            @Nullable String deleted) {}

    /** Name of the file drop or the database. */
    public String connection() {
        return input.connection;
    }

    /** What is read through the connection. */
    public Origin origin() {
        return input.origin;
    }

    /** Whether every row of the source is read or only changed ones. */
    public Extract extract() {
        return input.extract;
    }

    /** The columns that are loaded. */
    public List<Column> columns() {
        return rows.columns;
    }

    /** Columns that identify a row in the source, in order; none if rows have no key of their own. */
    public List<String> key() {
        return rows.key;
    }

    /** Columns of the key in which an empty value is a value like any other. */
    public Set<String> mayBeEmpty() {
        return rows.mayBeEmpty;
    }

    /** The column whose value identifies the item that a row speaks of, or {@link #ROW}. */
    public String item() {
        return rows.item;
    }

    /** Boolean column that is true where the source has deleted the row; null if rows say nothing of that. */
    public @Nullable String deleted() {
        return rows.deleted;
    }

    /**
     * Whether rows have no key of their own: all that is loaded of a row, and its place among equal ones, tells it
     * apart.
     */
    public boolean isKeyedByRow() {
        return key().isEmpty();
    }

    /** Whether each row is an item of its own. */
    public boolean isItemPerRow() {
        return isKeyedByRow() && item().equals(ROW);
    }

    /**
     * What identifies a row, as one text by which another key is noticed: {@code row}, or the columns such as
     * {@code case_number,suffix}.
     */
    public String keyText() {
        return isKeyedByRow() ? ROW : String.join(",", key());
    }

    /** What is read for a business date, as a person would name it: a file, a table or the file of a query. */
    public String readOn(LocalDate businessDate) {
        if (origin() instanceof Origin.DroppedFile dropped) {
            return dropped.on(businessDate);
        }
        return origin() instanceof Origin.DatabaseRows rows && rows.table() != null
                ? rows.table()
                : "feeds/" + name + ".sql";
    }

    /**
     * Whether loading it takes the pseudonym key: any of its values identify people, or its rows are known by a keyed
     * hash.
     */
    public boolean pseudonymises() {
        return isKeyedByRow() || columns().stream().anyMatch(column -> column.privacy() == Privacy.PSEUDONYMISE);
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
    public Origin.@Nullable DroppedFile droppedFile() {
        return origin() instanceof Origin.DroppedFile dropped ? dropped : null;
    }

    /** The column by which its source tells of changes; null if it has none. */
    public Origin.@Nullable Cursor cursor() {
        return origin() instanceof Origin.DatabaseRows rows ? rows.cursor() : null;
    }

    /** How what the cursor does not tell is found; null if the feed does not say. */
    public Origin.@Nullable Reconcile reconcile() {
        return origin() instanceof Origin.DatabaseRows rows ? rows.reconcile() : null;
    }

    /**
     * Whether nobody can tell a file that is missing from one that is late: the feed has dated files and does not say
     * which dates have one.
     */
    public boolean hasUndeclaredDelivery() {
        return origin() instanceof Origin.DroppedFile dropped && dropped.isDated() && dropped.delivery() == null;
    }

    /** The column of that name; throws {@link IllegalArgumentException} if there is none. */
    public Column column(String columnName) {
        return columns().stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("feed " + name + " has no column '" + columnName + "'"));
    }

    /** FULL: a row that is missing was deleted in the source. CHANGES: it did not change. */
    public enum Extract {
        FULL,
        CHANGES
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
