package uk.fpw.ingest.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.bucket.ExtractedRow;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.KeptOut;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.privacy.ValueShape;
import uk.fpw.warehouse.store.load.RefusedRow;
import uk.fpw.warehouse.store.load.RefusedRow.Code;
import uk.fpw.warehouse.store.load.key.KeyText;
import uk.fpw.warehouse.store.load.key.LegacyRowHash;
import uk.fpw.warehouse.store.load.key.RowHash;
import uk.fpw.warehouse.store.load.row.RowVersion;

/** Converts the rows of a source to versions or refusals. Not thread-safe. */
public final class RowParser {

    /** Numbers with more digits before or after the point are shown in scientific notation. */
    private static final int MAX_DIGITS = 100;

    /** A parsed row: exactly one of the two is not null. */
    public record Outcome(
            @Nullable RowVersion version, @Nullable RefusedRow refused) {}

    private final Feed feed;
    private final List<Feed.Column> columns;
    private final List<ValueParser> readers;
    private final List<ValueParser> sourceReaders;
    private final int[] pseudonymPositions;
    private final int[] keyPositions;
    private final Pseudonymiser pseudonymiser;
    private final int itemPosition;
    private final boolean isItemTheKey;
    private final int deletedPosition;
    private final int orderPosition;
    private final int width;
    private final List<String> cellColumns;
    private final RowHash rowHash;
    private final LegacyRowHash content;

    /**
     * A parser for a file.
     *
     * @param width number of fields in its header
     */
    public RowParser(Feed feed, Pseudonymiser pseudonymiser, int width) {
        this(feed, pseudonymiser, width, List.of());
    }

    /** A parser for the rows of a source. */
    public RowParser(Feed feed, Pseudonymiser pseudonymiser, SourceRows rows) {
        this(feed, pseudonymiser, rows.width(), rows.cellColumns());
    }

    private RowParser(Feed feed, Pseudonymiser pseudonymiser, int width, List<String> cellColumns) {
        this.cellColumns = cellColumns;
        this.feed = feed;
        this.pseudonymiser = pseudonymiser;
        this.columns = feed.columns();
        this.readers = columns.stream()
                .map(column -> new ValueParser(column, pseudonymiser))
                .toList();
        this.sourceReaders =
                columns.stream().map(column -> new ValueParser(column, null)).toList();
        this.pseudonymPositions = IntStream.range(0, columns.size())
                .filter(position -> columns.get(position).privacy() == Feed.Privacy.PSEUDONYMISE)
                .toArray();
        this.keyPositions = feed.key().stream().mapToInt(this::position).toArray();
        this.itemPosition = feed.isItemPerRow() ? -1 : position(feed.item());
        this.isItemTheKey = keyPositions.length == 1 && keyPositions[0] == itemPosition;
        this.deletedPosition = feed.deleted() == null ? -1 : position(feed.deleted());
        this.orderPosition = feed.order() == null ? -1 : position(feed.order());
        this.width = width;
        this.rowHash = new RowHash(feed);
        this.content = new LegacyRowHash(feed);
    }

    /** Canonical key of a row; null if a part of it is empty or unreadable or if rows have no key. */
    public @Nullable String key(SourceRow row) {
        return key(row, readers);
    }

    /** The same as the source sends it, without pseudonyms: the key by which a tombstone recognises the row. */
    public @Nullable String sourceKey(SourceRow row) {
        return key(row, sourceReaders);
    }

    /**
     * Whether a row was erased from the warehouse, recognised by its key or by a value of a pseudonymised column, both
     * as the source sends them.
     */
    public boolean isKeptOut(SourceRow row, KeptOut.Matcher keptOut) {
        if (keptOut.hasValues() && row.isComplete()) {
            for (int position : pseudonymPositions) {
                Object field = row.fields().get(position);
                if (field instanceof String text && !text.isEmpty() && keptOut.hasValue(text)) {
                    return true;
                }
            }
        }
        return keptOut.hasRows() && keptOut.hasRow(sourceKey(row));
    }

    private @Nullable String key(SourceRow row, List<ValueParser> parsers) {
        if (!row.isComplete() || keyPositions.length == 0) {
            return null;
        }
        List<Object> parts = new ArrayList<>(keyPositions.length);
        for (int position : keyPositions) {
            Object field = row.fields().get(position);
            if (field == null || field.equals("")) {
                if (!mayBeEmpty(position)) {
                    return null;
                }
                parts.add("");
                continue;
            }
            try {
                parts.add(parsers.get(position).read(field).object());
            } catch (UnreadableValueException unreadable) {
                return null;
            }
        }
        return KeyText.of(parts);
    }

    /** Whether the source marks the row as deleted. */
    public boolean isDeleted(SourceRow row) {
        return deletedPosition >= 0
                && row.isComplete()
                && isDeletedBy(row.fields().get(deletedPosition));
    }

    /** The same, given the field in the feed's column of deletions. */
    public boolean isDeletedBy(@Nullable Object field) {
        if (field == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(readers.get(deletedPosition).read(field).object());
        } catch (UnreadableValueException unreadable) {
            return false;
        }
    }

    /** Order of a version among those of its key; {@link ExtractedRow#UNKNOWN_ORDER} if unknown. */
    public long order(SourceRow row) {
        Object value = orderPosition < 0 ? null : value(row, orderPosition);
        return value == null
                ? ExtractedRow.UNKNOWN_ORDER
                : value instanceof Long number
                        ? number
                        : value instanceof LocalDate day
                                ? day.toEpochDay()
                                : ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value);
    }

    /**
     * The value of one column of a row.
     *
     * @param position position of the column in the feed
     * @return null if it is empty or unreadable
     */
    public @Nullable Object value(SourceRow row, int position) {
        Object field = row.isComplete() ? row.fields().get(position) : null;
        if (field == null || field.equals("")) {
            return null;
        }
        try {
            return readers.get(position).read(field).object();
        } catch (UnreadableValueException unreadable) {
            return null;
        }
    }

    /**
     * Parses a row.
     *
     * @param key its canonical key from {@link #key}; null in a feed keyed by row, whose rows have the key of their
     *     content until {@link RowKeys} numbers them. A refused row of such a feed has a key only if nothing but its
     *     item is missing
     */
    public Outcome read(SourceRow row, @Nullable String key) {
        RefusedRow refused = refused(row, key);
        if (refused != null) {
            return refused(refused);
        }
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        List<String> flags = new ArrayList<>(0);
        boolean isItemMissing = false;
        for (int position = 0; position < columns.size(); position++) {
            Feed.Column column = columns.get(position);
            Object field = row.fields().get(position);
            if (field == null || (field.equals("") && (isIdentity(position) || isKey(position)))) {
                if (position == itemPosition && feed.isKeyedByRow()) {
                    isItemMissing = true;
                } else if (column.required() || isIdentity(position)) {
                    return refused(missing(row, key, column, position));
                }
                values.add(null);
                continue;
            }
            try {
                ParsedValue value = readers.get(position).read(field);
                values.add(value.object());
                if (value.ambiguous()) {
                    flags.add(column.name() + RowVersion.AMBIGUOUS);
                }
            } catch (UnreadableValueException unreadable) {
                if (column.unreadable() == Feed.Unreadable.REFUSED) {
                    return refused(unreadable(row, key, column, text(field), unreadable));
                }
                values.add(null);
                flags.add(column.name() + RowVersion.UNREADABLE);
            }
        }
        if (isItemMissing) {
            // The key of a content that no row with an item can have, since the refused row is not one of the current
            // ones.
            String own = KeyText.of(List.of(LegacyRowHash.rowKey(pseudonymiser, content.of(values, "")), 1L));
            return refused(missing(row, own, columns.get(itemPosition), itemPosition));
        }
        String item = feed.isItemPerRow() ? "" : isItemTheKey && key != null ? key : itemText(values);
        String marks = flags.isEmpty() ? null : String.join(",", flags);
        String unreadable = RowVersion.unreadable(marks);
        String hash = rowHash.of(values, item + unreadable);
        String known = feed.isKeyedByRow() ? LegacyRowHash.rowKey(pseudonymiser, content.of(values, unreadable)) : key;
        if (known == null) {
            throw new IllegalStateException("line " + row.line() + ": a row whose values can be read has no key");
        }
        return new Outcome(
                new RowVersion(known, feed.isItemPerRow() ? known : item, hash, row.line(), marks, values), null);
    }

    /** Why a row must be refused regardless of its values; null if it need not be. */
    private @Nullable RefusedRow refused(SourceRow row, @Nullable String key) {
        if (!row.isComplete()) {
            return new RefusedRow(
                    row.line(),
                    null,
                    null,
                    Code.FIELD_COUNT,
                    row.problem() != null
                            ? row.problem()
                            : "the row has " + row.fieldCount() + " fields, the header " + width
                                    + "; perhaps a value contains the delimiter and is not quoted",
                    null);
        }
        if (feed.isKeyedByRow() && row.isEmpty()) {
            return new RefusedRow(
                    row.line(),
                    null,
                    null,
                    Code.KEY_EMPTY,
                    "the row has no value in any loaded column: it does not belong to this feed",
                    null);
        }
        Feed.Column emptyPart = key == null ? emptyKeyPart(row) : null;
        if (emptyPart != null) {
            return new RefusedRow(
                    row.line(),
                    null,
                    emptyPart.name(),
                    Code.KEY_EMPTY,
                    shown(row, emptyPart) + " is empty, but is " + (keyPositions.length == 1 ? "" : "part of ")
                            + "the key: the row does not belong to this feed",
                    null);
        }
        return null;
    }

    private String itemText(List<@Nullable Object> values) {
        Object item = values.get(itemPosition);
        if (item == null) {
            throw new IllegalStateException("feed " + feed.name() + ": a row has no item");
        }
        return KeyText.part(item);
    }

    private RefusedRow missing(SourceRow row, @Nullable String key, Feed.Column column, int position) {
        String why = position == itemPosition ? "identifies the item" : "is required";
        return new RefusedRow(
                row.line(), key, column.name(), Code.MISSING, shown(row, column) + " is missing, but " + why, null);
    }

    /** First key column without a value; null if all have one. */
    private Feed.@Nullable Column emptyKeyPart(SourceRow row) {
        for (int position : keyPositions) {
            Object field = row.fields().get(position);
            if ((field == null || field.equals("")) && !mayBeEmpty(position)) {
                return columns.get(position);
            }
        }
        return null;
    }

    private RefusedRow unreadable(
            SourceRow row, @Nullable String key, Feed.Column column, String text, UnreadableValueException unreadable) {
        return new RefusedRow(
                row.line(),
                key,
                column.name(),
                unreadable.code(),
                shown(row, column) + " " + unreadable.problem(),
                ValueShape.of(text));
    }

    /** The name of the column and, in a worksheet, the cell. */
    private String shown(SourceRow row, Feed.Column column) {
        return cellColumns.isEmpty()
                ? column.name()
                : column.name() + " (" + cellColumns.get(columns.indexOf(column)) + row.line() + ")";
    }

    /** A field as people write it: a number in full digits, unless it has too many. */
    private static String text(Object field) {
        return field instanceof BigDecimal number && Math.abs((long) number.scale()) <= MAX_DIGITS
                ? number.toPlainString()
                : field.toString();
    }

    private static Outcome refused(RefusedRow refused) {
        return new Outcome(null, refused);
    }

    private boolean isIdentity(int position) {
        return position == itemPosition || (isKey(position) && !mayBeEmpty(position));
    }

    private boolean mayBeEmpty(int position) {
        return feed.mayBeEmpty().contains(columns.get(position).name());
    }

    private boolean isKey(int position) {
        for (int keyPosition : keyPositions) {
            if (keyPosition == position) {
                return true;
            }
        }
        return false;
    }

    private int position(String columnName) {
        return columns.indexOf(feed.column(columnName));
    }
}
