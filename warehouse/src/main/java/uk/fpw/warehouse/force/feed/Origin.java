package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Plural;

/** What a feed reads through a connection. */
public sealed interface Origin {

    /**
     * A file dropped by the source.
     *
     * @param file file name in the drop; {@code {date}} stands for the business date (yyyy-MM-dd),
     *     {@code {date:PATTERN}} for another pattern
     * @param ignored columns of the file that are deliberately not loaded
     * @param delivery the dates that have a file; null if not defined
     */
    record DroppedFile(
            String file,
            Format format,
            Set<String> ignored,
            @Nullable Delivery delivery) implements Origin {

        /** A file without defined dates. */
        public DroppedFile(String file, Format format, Set<String> ignored) {
            this(file, format, ignored, null);
        }

        /**
         * Whether each date has its own file, with the date in its name. Otherwise the file is expected for every date.
         */
        public boolean isDated() {
            return FileNamePattern.isDated(file);
        }

        /** Name of the file for a business date. */
        public String on(LocalDate businessDate) {
            return FileNamePattern.resolve(file, businessDate);
        }

        /** The business date of a file name; null if it has none. */
        public @Nullable LocalDate dateOf(String fileName) {
            return FileNamePattern.date(file, fileName);
        }
    }

    /**
     * A table of a database or the rows of a query: exactly one of the two is not null.
     *
     * @param table table or view, such as {@code dfu.submission}
     * @param sql one query in the language of the database, from {@code feeds/<name>.sql}
     * @param cursor column for finding changes; null if all rows are read each time
     * @param reconcile how to find changes that the cursor misses; null if not defined, which means never
     */
    record DatabaseRows(
            @Nullable String table,
            @Nullable String sql,
            @Nullable Cursor cursor,
            @Nullable Reconcile reconcile) implements Origin {
        public DatabaseRows {
            if ((table == null) == (sql == null)) {
                throw new IllegalArgumentException("set either a table or a query");
            }
        }

        /** Rows without a definition of how to find changes that the cursor misses. */
        public DatabaseRows(@Nullable String table, @Nullable String sql, @Nullable Cursor cursor) {
            this(table, sql, cursor, null);
        }
    }

    /**
     * How to find deletions and missed changes of a feed that reads only changes.
     *
     * @param everyDays interval in days of comparisons with the whole source; 0 for never
     */
    record Reconcile(int everyDays) {

        /** As written in the feed file: {@code none}, or a group such as {@code every: 7 days}. */
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

        /** As written in the feed file: {@code none} or {@code 7 days}. */
        @Override
        public String toString() {
            return isNever() ? "none" : Plural.of(everyDays, "day");
        }
    }

    /**
     * A column that increases whenever a row of the source changes.
     *
     * @param column column of the feed: {@code WHOLE}, {@code DATE}, {@code INSTANT} or {@code LOCAL_TIME}
     * @param lookBack how far below the highest known value to start reading, inclusive: a number, days for a date,
     *     minutes for a time
     * @param maxGap largest gap between two whole numbers that the watermark always passes
     * @param comparedRows how many known rows a load compares with the source, by ranges of the cursor
     */
    record Cursor(String column, long lookBack, long maxGap, long comparedRows) {}

    /**
     * The format of the file as defined in the feed. Only the {@link FileFormat} of that kind interprets it.
     *
     * @param options options given in {@code format} of the feed besides the kind, as Java types; defaults are in the
     *     schema of the format
     */
    record Format(String kind, Map<String, Object> options) {

        public Format {
            options = Map.copyOf(options);
        }
    }
}
