package uk.fpw.metrics.pass;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.account.ForceIndex;
import uk.fpw.metrics.account.ItemRecord;
import uk.fpw.metrics.account.ItemRecord.Break;
import uk.fpw.metrics.account.ItemRecord.Event;
import uk.fpw.metrics.account.ItemRecord.Fault;
import uk.fpw.metrics.account.ItemRecord.FeedRow;
import uk.fpw.metrics.account.ItemRecord.Problem;
import uk.fpw.metrics.account.RowCounts;
import uk.fpw.metrics.capacity.StaffRow;
import uk.fpw.metrics.entry.EntryValues;
import uk.fpw.metrics.grading.GradedRow;
import uk.fpw.metrics.grading.JudgementRules;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.metrics.staging.InputRows;

/** Reads {@link InputRows} into records of items, and counts what needs no more than the row. */
final class InputReader implements Serializable {

    private static final int ITEM = 0;
    private static final int KIND = 1;
    private static final int ORIGIN = 2;
    private static final int TEXTS = 3;
    private static final int NUMBERS = 4;

    private final ForceIndex names;

    InputReader(ForceIndex names) {
        this.names = names;
    }

    /** {@code source:key}; null if the row names no item. A view of the row: it changes when the row is reused. */
    static @Nullable UTF8String item(InternalRow row) {
        return row.isNullAt(ITEM) ? null : row.getUTF8String(ITEM);
    }

    /** Adds a row to the record of its item. */
    void read(InternalRow row, ItemRecord record, RowCounts counts) {
        int origin = row.getInt(ORIGIN);
        ArrayData texts = row.getArray(TEXTS);
        ArrayData numbers = row.getArray(NUMBERS);
        switch (row.getInt(KIND)) {
            case InputRows.FEED_ROW -> {
                record.rows()
                        .add(new FeedRow(origin, required(texts, 0), texts.numElements() > 1 && !texts.isNullAt(1)));
                for (int column = 0; column < numbers.numElements(); column++) {
                    if (numbers.getLong(column) != 0) {
                        counts.laterDate(origin, column);
                    }
                }
            }
            case InputRows.RULE_BREAK -> {
                int rule = Math.toIntExact(numbers.getLong(0));
                String reason = required(texts, 1);
                counts.broken(rule, required(texts, 2));
                if (names.rules().get(rule).excludes()) {
                    record.breaks().add(new Break(rule, required(texts, 0), reason));
                }
            }
            case InputRows.EVENT -> event(record, origin, texts, numbers, counts);
            case InputRows.JUDGEMENT -> {
                if (record.item() == null) {
                    counts.unusable(origin, JudgementRules.Problem.MISSING_ITEM);
                } else {
                    record.judgements().add(judgement(origin, texts, numbers));
                }
            }
            case InputRows.STAFF -> record.staff().add(staff(origin, texts, numbers));
            case InputRows.VERSION ->
                record.versions()
                        .add(new EntryValues.Version(
                                origin,
                                Math.toIntExact(numbers.getLong(0)),
                                numbers.getLong(1),
                                text(texts, 0),
                                required(texts, 1)));
            case InputRows.KEPT_VALUE ->
                record.kept()
                        .add(Map.entry(
                                new EntryValues.Entry(
                                        required(texts, 0), required(texts, 1), Math.toIntExact(numbers.getLong(0))),
                                new EntryValues.Kept(required(texts, 2), required(texts, 3), required(texts, 4))));
            default -> throw new IllegalStateException("a row of unknown kind");
        }
    }

    private void event(ItemRecord record, int origin, ArrayData texts, ArrayData numbers, RowCounts counts) {
        if (record.item() == null) {
            counts.withoutItem(origin);
            return;
        }
        ForceIndex.StagingEntry staging = names.stagings().get(origin);
        String event = text(texts, 1);
        if (event == null || !staging.events().contains(event)) {
            counts.undeclared(origin, event);
            record.faults().add(new Fault(origin, Problem.UNDECLARED_EVENT));
            return;
        }
        Long day = number(numbers, 0);
        if (day == null) {
            record.faults().add(new Fault(origin, Problem.MISSING_DATE));
            return;
        }
        String contributor = text(texts, 0);
        record.events()
                .add(new Event(
                        origin,
                        new ItemEvent(
                                staging.source(),
                                staging.itemKind(),
                                contributor == null ? record.requireItem() : contributor,
                                event,
                                Math.toIntExact(day),
                                number(numbers, 1),
                                numbers.getLong(2),
                                attributes(staging.attributes(), texts),
                                staging.name())));
    }

    private static Map<String, String> attributes(List<String> names, ArrayData texts) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String value = text(texts, i + 2);
            if (value != null) {
                attributes.put(names.get(i), value);
            }
        }
        return attributes;
    }

    private static GradedRow judgement(int origin, ArrayData texts, ArrayData numbers) {
        Long version = number(numbers, 0);
        Long day = number(numbers, 1);
        return new GradedRow(
                origin,
                text(texts, 0),
                text(texts, 1),
                text(texts, 2),
                version == null ? null : Math.toIntExact(version),
                text(texts, 3),
                required(texts, 4),
                required(texts, 5),
                required(texts, 6),
                required(texts, 7),
                required(texts, 8),
                day == null ? null : Math.toIntExact(day),
                numbers.getLong(2) == 1,
                number(numbers, 3),
                number(numbers, 4));
    }

    private static StaffRow staff(int origin, ArrayData texts, ArrayData numbers) {
        Long day = number(numbers, 0);
        return new StaffRow(origin, text(texts, 0), day == null ? null : Math.toIntExact(day), number(numbers, 1));
    }

    private static String required(ArrayData texts, int position) {
        return texts.getUTF8String(position).toString();
    }

    private static @Nullable String text(ArrayData texts, int position) {
        return texts.isNullAt(position) ? null : texts.getUTF8String(position).toString();
    }

    private static @Nullable Long number(ArrayData numbers, int position) {
        return numbers.isNullAt(position) ? null : numbers.getLong(position);
    }
}
