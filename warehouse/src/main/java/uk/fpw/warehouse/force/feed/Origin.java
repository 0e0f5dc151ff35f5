package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Plural;

/** What is read through a connection. */
public sealed interface Origin {

    /**
     * A file that the source drops.
     *
     * @param file file name in the drop; {@code {date}} stands for the business date (yyyy-MM-dd),
     *     {@code {date:PATTERN}} for another pattern
     * @param ignored columns of the file that are deliberately not loaded
     * @param delivery on which dates there is a file; null if not defined
     */
    record DroppedFile(
            String file,
            Format format,
            Set<String> ignored,
            @Nullable Delivery delivery) implements Origin {

        /** A file of a feed that does not define on which dates there is one. */
        public DroppedFile(String file, Format format, Set<String> ignored) {
            this(file, format, ignored, null);
        }

        /**
         * Whether each date has its own file, with the date in its name. If not, the file is expected on every date.
         */
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
     * @param reconcile how changes missed by the cursor are found; null if the feed does not define it, which
     *     means never
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

        /** Rows of a feed that does not define how changes missed by the cursor are found. */
        public DatabaseRows(@Nullable String table, @Nullable String sql, @Nullable Cursor cursor) {
            this(table, sql, cursor, null);
        }
    }

    /**
     * How hard deletions and missed changes of a feed of changes are found.
     *
     * @param everyDays days after which the whole source is compared again; 0 for never
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
     * @param column a column of the feed: {@code WHOLE}, {@code DATE}, {@code INSTANT} or {@code LOCAL_TIME}
     * @param lookBack how far before the highest known value reading starts, inclusive: a number, days
     *     for a date, minutes for a time
     * @param maxGap the largest gap between two values of a whole number over which the watermark rises in any case
     * @param comparedRows how many known rows a load compares, by ranges of the cursor, with what the source holds of
     *     them
     */
    record Cursor(String column, long lookBack, long maxGap, long comparedRows) {}

    /**
     * The format of the file, as defined in the feed; only the {@link FileFormat} of the kind
     * interprets it.
     *
     * @param options what {@code format} of the feed gives beside the kind, as Java's own types; the schema of the
     *     format has the defaults of the rest
     */
    record Format(String kind, Map<String, Object> options) {

        public Format {
            options = Map.copyOf(options);
        }
    }
}
