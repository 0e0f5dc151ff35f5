package uk.fpw.warehouse.force.feed;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.text.TextPattern;
import uk.fpw.warehouse.force.feed.text.TextTransform;

/**
 * One source table of one operational system: {@code feeds/<name>.yml}.
 *
 * @param name feed name; its table is {@code raw.<name>}, with branches {@code main} and {@code current}
 * @param source the operational system; with the value of {@code item} it forms the item key {@code source:item}
 * @param input what is read
 * @param rows what is loaded
 * @param limits limits of a valid extract
 * @param owner who corrects its rows in the operational system; null if the feed does not say
 */
public record Feed(
        String name,
        String source,
        String description,
        Input input,
        Rows rows,
        FeedLimits limits,
        @Nullable String owner) {

    /** A feed that does not say who owns it. */
    public Feed(String name, String source, String description, Input input, Rows rows, FeedLimits limits) {
        this(name, source, description, input, rows, limits, null);
    }

    /** What {@code key} and {@code item} contain if a row has no identifier. */
    public static final String ROW = "row";

    /**
     * What is read of a source.
     *
     * @param connection name of the file drop or the database
     * @param origin what is read through the connection
     * @param extract whether every row of the source is read or only changed ones
     * @param freshness how old it may be; null if the feed does not say, and so whatever is read counts as that of the
     *     business date
     */
    public record Input(
            String connection,
            Origin origin,
            Extract extract,
            @Nullable Freshness freshness) {

        /** What is read by a feed that does not say how old it may be. */
        public Input(String connection, Origin origin, Extract extract) {
            this(connection, origin, extract, null);
        }
    }

    /**
     * What is loaded of what is read.
     *
     * @param key columns that identify a row in the source, in order; none if all loaded values of a row
     *     together identify it ({@code key: row})
     * @param mayBeEmpty columns of the key in which an empty value is allowed
     * @param item the column whose value identifies the item (device, case, referral) that the row describes;
     *     {@link #ROW} in a feed keyed by row in which every row is a separate item
     * @param deleted boolean column that is true where the source has deleted the row; null if the rows do not contain
     *     this
     * @param scope which rows are about this force's work; null if all are
     * @param lists the codes and closed lists of its columns
     * @param order column by which the latest of several versions of a key in one extract is found; null if there is
     *     none
     */
    public record Rows(
            List<Column> columns,
            List<String> key,
            Set<String> mayBeEmpty,
            String item,
            @Nullable String deleted,
            @Nullable Scope scope,
            ClosedLists lists,
            @Nullable String order) {

        /** What is loaded by a feed without a scope, codes, closed lists and versions in one extract. */
        public Rows(
                List<Column> columns, List<String> key, Set<String> mayBeEmpty, String item, @Nullable String deleted) {
            this(columns, key, mayBeEmpty, item, deleted, null, ClosedLists.NONE, null);
        }
    }

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

    /** How old it may be; null if the feed does not say. */
    public @Nullable Freshness freshness() {
        return input.freshness;
    }

    /** The columns that are loaded. */
    public List<Column> columns() {
        return rows.columns;
    }

    /** Those of a date or time. */
    public List<Column> datedColumns() {
        return rows.columns.stream().filter(column -> column.type().isDated()).toList();
    }

    /** Which rows are about this force's work; null if all are. */
    public @Nullable Scope scope() {
        return rows.scope;
    }

    /** Columns that identify a row in the source, in order; none if rows have no key. */
    public List<String> key() {
        return rows.key;
    }

    /** Columns of the key in which an empty value is a value like any other. */
    public Set<String> mayBeEmpty() {
        return rows.mayBeEmpty;
    }

    /** The column whose value identifies the item that a row refers to, or {@link #ROW}. */
    public String item() {
        return rows.item;
    }

    /** Boolean column that is true where the source has deleted the row; null if the rows do not contain this. */
    public @Nullable String deleted() {
        return rows.deleted;
    }

    /** The codes and closed lists of its columns. */
    public ClosedLists lists() {
        return rows.lists;
    }

    /** Column by which the latest of several versions of a key in one extract is found; null if there is none. */
    public @Nullable String order() {
        return rows.order;
    }

    /**
     * Whether rows have no key: a row is identified by all its loaded values, and by its position among
     * equal rows.
     */
    public boolean isKeyedByRow() {
        return key().isEmpty();
    }

    /** Whether each row is a separate item. */
    public boolean isItemPerRow() {
        return isKeyedByRow() && item().equals(ROW);
    }

    /**
     * What identifies a row, as one text used to detect a changed key: {@code row}, or the columns such as
     * {@code case_number,suffix}.
     */
    public String keyText() {
        return isKeyedByRow() ? ROW : String.join(",", key());
    }

    /** What is read for a business date, for messages: a file, a table or the file of a query. */
    public String readOn(LocalDate businessDate) {
        if (origin() instanceof Origin.DroppedFile dropped) {
            return dropped.on(businessDate);
        }
        return origin() instanceof Origin.DatabaseRows rows && rows.table() != null
                ? rows.table()
                : "feeds/" + name + ".sql";
    }

    /**
     * Whether loading it needs the pseudonym key: any of its values identify people, or its rows are identified by a
     * keyed hash.
     */
    public boolean pseudonymises() {
        return isKeyedByRow() || columns().stream().anyMatch(column -> column.privacy() == Privacy.PSEUDONYMISE);
    }

    /**
     * Date up to which the feed must have been delivered in the run of a business date: that date, unless
     * the feed defines other dates for its files, or how old they may be.
     *
     * @return null if nothing is ever due
     */
    public @Nullable LocalDate dueTo(LocalDate businessDate) {
        Delivery delivery = delivery();
        if (delivery != null) {
            return delivery.dueTo(businessDate);
        }
        Freshness freshness = freshness();
        return freshness == null || droppedFile() == null
                ? businessDate
                : businessDate.minusDays(freshness.maxAgeDays());
    }

    /**
     * The same once files were loaded: the data of one that came in time may be as old as the feed allows.
     *
     * @param loaded names of the files that were loaded for the business date
     */
    public @Nullable LocalDate dueTo(LocalDate businessDate, Set<String> loaded) {
        LocalDate due = dueTo(businessDate);
        Freshness freshness = freshness();
        if (due == null || freshness == null || !freshness.isLimited() || droppedFile() == null) {
            return due;
        }
        LocalDate oldest = businessDate.minusDays(freshness.maxAgeDays());
        return isDelivered(businessDate, due, loaded) && oldest.isBefore(due) ? oldest : due;
    }

    /** Whether a file of one of these dates, or the only one, is among those that were loaded. */
    public boolean isDelivered(LocalDate businessDate, LocalDate due, Set<String> loaded) {
        return droppedFile() != null && (loaded.contains(readOn(businessDate)) || loaded.contains(readOn(due)));
    }

    /** On which dates there is a file; null if not defined, or if the feed reads no dated files. */
    public @Nullable Delivery delivery() {
        return droppedFile() == null ? null : droppedFile().delivery();
    }

    /** The file that it reads; null if it reads none. */
    public Origin.@Nullable DroppedFile droppedFile() {
        return origin() instanceof Origin.DroppedFile dropped ? dropped : null;
    }

    /** The column that indicates changes in the source; null if there is none. */
    public Origin.@Nullable Cursor cursor() {
        return origin() instanceof Origin.DatabaseRows rows ? rows.cursor() : null;
    }

    /** How changes missed by the cursor are found; null if the feed does not define it. */
    public Origin.@Nullable Reconcile reconcile() {
        return origin() instanceof Origin.DatabaseRows rows ? rows.reconcile() : null;
    }

    /**
     * Whether a missing file cannot be distinguished from a late one: the feed has dated files and does not
     * define which dates have one.
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
     * @param transforms what is done to the text before it is used, in order
     * @param matches the pattern that the text must match after that; null for any
     * @param unreadable what becomes of a row whose value cannot be read
     * @param pad how many characters a text of digits has at least, after the transforms: it gets leading zeros; 0 for
     *     none
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
            @Nullable TextPattern matches,
            Unreadable unreadable,
            int pad) {

        /** A column whose texts get no leading zeros. */
        public Column(
                String name,
                String from,
                Type type,
                List<DatePattern> patterns,
                @Nullable ZoneId zone,
                boolean required,
                Privacy privacy,
                String description,
                List<TextTransform> transforms,
                @Nullable TextPattern matches,
                Unreadable unreadable) {
            this(name, from, type, patterns, zone, required, privacy, description, transforms, matches, unreadable, 0);
        }

        /** A column whose row is refused if its value cannot be read. */
        public Column(
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
            this(
                    name,
                    from,
                    type,
                    patterns,
                    zone,
                    required,
                    privacy,
                    description,
                    transforms,
                    matches,
                    Unreadable.REFUSED);
        }

        /** A column whose text is used unchanged, and that has one pattern or none. */
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

        /** The same column with texts as they are written. */
        public Column untransformed() {
            return new Column(
                    name, from, type, patterns, zone, required, privacy, description, List.of(), matches, unreadable);
        }

        /** Whether texts are read as by another column. */
        public boolean isReadLike(Column other) {
            return transforms.equals(other.transforms) && pad == other.pad;
        }

        /** The text of a value after the transforms, with its leading zeros. */
        public String transformed(String text) {
            String result = text;
            for (TextTransform transform : transforms) {
                result = transform.apply(result);
            }
            return result.length() < pad && !result.isEmpty() && isDigits(result)
                    ? "0".repeat(pad - result.length()) + result
                    : result;
        }

        private static boolean isDigits(String text) {
            return text.chars().allMatch(character -> character >= '0' && character <= '9');
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
        LOCAL_TIME;

        /** Whether it is a date or a time. */
        public boolean isDated() {
            return this == DATE || this == INSTANT || this == LOCAL_TIME;
        }
    }

    /** What becomes of a row with a value that cannot be read. */
    public enum Unreadable {
        /** It is refused, and the version of an earlier load keeps counting. */
        REFUSED,
        /** It is stored without the value. */
        EMPTY,
        /** The same, and while its item waits, the item counts as one whose outcome cannot be read. */
        OUTCOME
    }

    /** Whether a value identifies a person. */
    public enum Privacy {
        /** Stored as it is; may be shown in a refusal. */
        NOT_PERSONAL,
        /** Stored as a keyed HMAC, only for {@code TEXT}; never shown. */
        PSEUDONYMISE
    }
}
