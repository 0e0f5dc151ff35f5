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
 * @param source the operational system; the item key is {@code source:item}, with the value of the column {@code item}
 * @param input what to read
 * @param rows what to load
 * @param limits limits of a valid extract
 * @param owner who corrects its rows in the operational system; null if not stated
 */
public record Feed(
        String name,
        String source,
        String description,
        Input input,
        Rows rows,
        FeedLimits limits,
        @Nullable String owner) {

    /** A feed without an owner. */
    public Feed(String name, String source, String description, Input input, Rows rows, FeedLimits limits) {
        this(name, source, description, input, rows, limits, null);
    }

    /** Value of {@code key} and {@code item} if rows have no identifier. */
    public static final String ROW = "row";

    /**
     * What to read from a source.
     *
     * @param connection name of the file drop or the database
     * @param origin what to read through the connection
     * @param extract whether to read all rows of the source or only changed ones
     * @param freshness how old the data may be; null if not stated, in which case whatever is read counts as that of
     *     the business date
     */
    public record Input(
            String connection,
            Origin origin,
            Extract extract,
            @Nullable Freshness freshness) {

        /** Input without a limit on its age. */
        public Input(String connection, Origin origin, Extract extract) {
            this(connection, origin, extract, null);
        }
    }

    /**
     * What to load of the rows that are read.
     *
     * @param key columns that identify a row in the source, in order; empty if only all loaded values together do
     *     ({@code key: row})
     * @param mayBeEmpty key columns that may be empty
     * @param item the column whose value identifies the item (device, case, referral) that the row describes;
     *     {@link #ROW} if the feed is keyed by row and every row is a separate item
     * @param deleted boolean column that is true if the source has deleted the row; null if there is none
     * @param scope which rows are within the force's remit; null if all are
     * @param lists codes and closed lists of the columns
     * @param order column that identifies the latest of several versions of a key within one extract; null if there is
     *     none
     * @param retain how long rows stay after their items were closed; null for ever
     */
    public record Rows(
            List<Column> columns,
            List<String> key,
            Set<String> mayBeEmpty,
            String item,
            @Nullable String deleted,
            @Nullable Scope scope,
            ClosedLists lists,
            @Nullable String order,
            @Nullable RetentionPeriod retain) {

        /** Rows that stay for ever. */
        public Rows(
                List<Column> columns,
                List<String> key,
                Set<String> mayBeEmpty,
                String item,
                @Nullable String deleted,
                @Nullable Scope scope,
                ClosedLists lists,
                @Nullable String order) {
            this(columns, key, mayBeEmpty, item, deleted, scope, lists, order, null);
        }

        /** Rows without scope, codes, closed lists and several versions in one extract. */
        public Rows(
                List<Column> columns, List<String> key, Set<String> mayBeEmpty, String item, @Nullable String deleted) {
            this(columns, key, mayBeEmpty, item, deleted, null, ClosedLists.NONE, null);
        }
    }

    /** Name of the file drop or the database. */
    public String connection() {
        return input.connection;
    }

    /** What to read through the connection. */
    public Origin origin() {
        return input.origin;
    }

    /** Whether to read all rows of the source or only changed ones. */
    public Extract extract() {
        return input.extract;
    }

    /** How old the data may be; null if not stated. */
    public @Nullable Freshness freshness() {
        return input.freshness;
    }

    public List<Column> columns() {
        return rows.columns;
    }

    /** The columns with a date or time. */
    public List<Column> datedColumns() {
        return rows.columns.stream().filter(column -> column.type().isDated()).toList();
    }

    /** Which rows are within the force's remit; null if all are. */
    public @Nullable Scope scope() {
        return rows.scope;
    }

    /** Columns that identify a row in the source, in order; empty if rows have no key. */
    public List<String> key() {
        return rows.key;
    }

    /** Key columns in which empty is a value like any other. */
    public Set<String> mayBeEmpty() {
        return rows.mayBeEmpty;
    }

    /** The column whose value identifies the item that a row refers to, or {@link #ROW}. */
    public String item() {
        return rows.item;
    }

    /** Boolean column that is true if the source has deleted the row; null if there is none. */
    public @Nullable String deleted() {
        return rows.deleted;
    }

    /** Codes and closed lists of the columns. */
    public ClosedLists lists() {
        return rows.lists;
    }

    /** Column that identifies the latest of several versions of a key within one extract; null if there is none. */
    public @Nullable String order() {
        return rows.order;
    }

    /** How long rows stay after their items were closed; null for ever. */
    public @Nullable RetentionPeriod retain() {
        return rows.retain;
    }

    /** Whether rows have no key and are identified by all their loaded values, and by position among equal rows. */
    public boolean isKeyedByRow() {
        return key().isEmpty();
    }

    /** Whether each row is a separate item. */
    public boolean isItemPerRow() {
        return isKeyedByRow() && item().equals(ROW);
    }

    /**
     * The identification of rows as a text, for detecting a changed key: {@code row}, or columns such as
     * {@code case_number,suffix}.
     */
    public String keyText() {
        return isKeyedByRow() ? ROW : String.join(",", key());
    }

    /** What is read for a business date, for messages: a file, a table, or the file of a query. */
    public String readOn(LocalDate businessDate) {
        if (origin() instanceof Origin.DroppedFile dropped) {
            return dropped.on(businessDate);
        }
        return origin() instanceof Origin.DatabaseRows rows && rows.table() != null
                ? rows.table()
                : "feeds/" + name + ".sql";
    }

    /**
     * Whether loading needs the pseudonym key, because values identify people or rows are identified by a keyed hash.
     */
    public boolean pseudonymises() {
        return isKeyedByRow() || columns().stream().anyMatch(column -> column.privacy() == Privacy.PSEUDONYMISE);
    }

    /**
     * Date up to which the feed must have been delivered in the run of a business date: that date, unless the feed
     * states other dates for its files or a maximum age.
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
     * The same after loading: data of a file that arrived in time may be as old as the feed allows.
     *
     * @param loaded names of the files loaded for the business date
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

    /** Whether a file of one of these dates, or the only file, is among the loaded ones. */
    public boolean isDelivered(LocalDate businessDate, LocalDate due, Set<String> loaded) {
        return droppedFile() != null && (loaded.contains(readOn(businessDate)) || loaded.contains(readOn(due)));
    }

    /** The dates that have a file; null if not defined or if the feed reads no dated files. */
    public @Nullable Delivery delivery() {
        return droppedFile() == null ? null : droppedFile().delivery();
    }

    /** The file to read; null if the feed reads no file. */
    public Origin.@Nullable DroppedFile droppedFile() {
        return origin() instanceof Origin.DroppedFile dropped ? dropped : null;
    }

    /** The column that indicates changes in the source; null if there is none. */
    public Origin.@Nullable Cursor cursor() {
        return origin() instanceof Origin.DatabaseRows rows ? rows.cursor() : null;
    }

    /** How to find changes that the cursor misses; null if not defined. */
    public Origin.@Nullable Reconcile reconcile() {
        return origin() instanceof Origin.DatabaseRows rows ? rows.reconcile() : null;
    }

    /**
     * Whether a missing file cannot be distinguished from a late one, because the feed has dated files but does not
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

    /** How the texts of the key's columns are transformed, in the order of the key. */
    public String keyReading() {
        return key().stream()
                .map(part -> column(part).type() + " " + column(part).reading())
                .collect(Collectors.joining("; "));
    }

    /** FULL: a missing row was deleted in the source. CHANGES: a missing row has not changed. */
    public enum Extract {
        FULL,
        CHANGES
    }

    /**
     * A column to load.
     *
     * @param name column name in the warehouse, {@code [a-z][a-z0-9_]*}, not beginning with an underscore
     * @param from header in the file, or column of the table or query
     * @param format how the text of a value is read
     * @param required whether rows without a value are refused; always true of key and item columns
     * @param privacy whether the value identifies a person
     */
    public record Column(
            String name,
            String from,
            Type type,
            TextFormat format,
            boolean required,
            Privacy privacy,
            String description) {

        /** The formats of the text of a date or time; empty for the ISO form. */
        public List<DatePattern> patterns() {
            return format.patterns();
        }

        /** For {@code LOCAL_TIME}, the time zone of the text; null otherwise. */
        public @Nullable ZoneId zone() {
            return format.zone();
        }

        /** Transforms applied to the text, in order. */
        public List<TextTransform> transforms() {
            return format.transforms();
        }

        /** Pattern that the transformed text must match; null for any. */
        public @Nullable TextPattern matches() {
            return format.matches();
        }

        /** What to do with a row whose value cannot be read. */
        public Unreadable unreadable() {
            return format.unreadable();
        }

        /** The same column with another format. */
        public Column with(TextFormat otherFormat) {
            return new Column(name, from, type, otherFormat, required, privacy, description);
        }

        /** The same column without transforms and padding. */
        public Column untransformed() {
            return with(new TextFormat(
                    format.patterns(), format.zone(), List.of(), format.matches(), format.unreadable(), 0));
        }

        /** Whether texts are transformed as in another column. */
        public boolean isReadLike(Column other) {
            return format.transforms().equals(other.format.transforms()) && format.pad() == other.format.pad();
        }

        /**
         * How texts are transformed, such as {@code [TRIM, UPPER] pad 6}: the same for columns that
         * {@link #isReadLike} each other.
         */
        public String reading() {
            return format.transforms() + (format.pad() == 0 ? "" : " pad " + format.pad());
        }

        /** The transformed and padded text. */
        public String transformed(String text) {
            return format.transformed(text);
        }

        /**
         * The formats of dates and times for messages, such as {@code 'dd/MM/yyyy' or 'yyyy-MM-dd'}; null for the ISO
         * form.
         */
        public @Nullable String patternText() {
            return patterns().isEmpty()
                    ? null
                    : patterns().stream()
                            .map(pattern -> "'" + pattern.text() + "'")
                            .collect(Collectors.joining(" or "));
        }
    }

    /**
     * How the text of a value is read.
     *
     * @param patterns for date and time types, the formats of the text, of which the first that fits is used; empty for
     *     the ISO form
     * @param zone for {@code LOCAL_TIME}, the time zone of the text; null otherwise
     * @param transforms transforms applied to the text, in order
     * @param matches pattern that the transformed text must match; null for any
     * @param unreadable what to do with a row whose value cannot be read
     * @param pad minimum length of a transformed text that consists of digits; shorter ones get leading zeros; 0 for
     *     none
     */
    public record TextFormat(
            List<DatePattern> patterns,
            @Nullable ZoneId zone,
            List<TextTransform> transforms,
            @Nullable TextPattern matches,
            Unreadable unreadable,
            int pad) {

        /** Text without patterns, zone and transforms. */
        public static final TextFormat PLAIN = of(null);

        /** Dates and times in ISO form and a time zone; null for none. */
        public static TextFormat of(@Nullable ZoneId zone) {
            return new TextFormat(List.of(), zone, List.of(), null, Unreadable.REFUSED, 0);
        }

        /** Dates and times in a single format. */
        public static TextFormat of(DatePattern pattern, @Nullable ZoneId zone) {
            return new TextFormat(List.of(pattern), zone, List.of(), null, Unreadable.REFUSED, 0);
        }

        /** The transformed and padded text. */
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
    }

    /**
     * The format of a date or time.
     *
     * @param text as written in the feed's file
     */
    public record DatePattern(String text, DateTimeFormatter formatter) {

        /**
         * A format as a feed's file writes it.
         *
         * @throws IllegalArgumentException if the text is no pattern
         */
        public static DatePattern of(String text) {
            return new DatePattern(text, DatePatterns.formatter(text));
        }
    }

    /** Type of a column. */
    public enum Type {
        /** Text; trimmed. */
        TEXT,
        /** 64-bit whole number. */
        WHOLE,
        /** Decimal number, stored as {@code decimal(38,9)}. */
        DECIMAL,
        /** true/false, yes/no, y/n, 1/0, any case. */
        BOOLEAN,
        /** Local calendar date. */
        DATE,
        /** Point in time with an offset in the text. */
        INSTANT,
        /**
         * Wall-clock time in the column's zone, stored as a point in time. Of an ambiguous time the earlier is taken
         * and flagged; times that do not exist are refused.
         */
        LOCAL_TIME;

        /** Whether it is a date or a time. */
        public boolean isDated() {
            return this == DATE || this == INSTANT || this == LOCAL_TIME;
        }
    }

    /** What to do with a row that has an unreadable value. */
    public enum Unreadable {
        /** Refuse it; the version of an earlier load stays valid. */
        REFUSED,
        /** Store it without the value. */
        EMPTY,
        /** The same; in addition, while the item is waiting it counts as one whose outcome cannot be read. */
        OUTCOME
    }

    /** Whether a value identifies a person. */
    public enum Privacy {
        /** Stored unchanged; may be shown in refusals. */
        NOT_PERSONAL,
        /** Stored as a keyed HMAC, only for {@code TEXT}; never shown. */
        PSEUDONYMISE
    }
}
