package uk.fpw.profile;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * Which cells of a column of a workbook are dates, or numbers with decimals. A column of texts cannot have either:
 * which text was meant is unknown, so that a load would refuse their rows.
 */
final class MixedCells {

    private long dates;
    private long decimals;

    void add(@Nullable Object field) {
        dates += field instanceof LocalDate || field instanceof LocalDateTime ? 1 : 0;
        decimals += field instanceof BigDecimal ? 1 : 0;
    }

    boolean areTyped() {
        return dates + decimals > 0;
    }

    /**
     * The type of a column in which some cells are.
     *
     * @param found by the texts of its cells
     * @param typed its values that are not blank
     * @param numbers of these, numbers; 0 if unknown
     * @param isoDates of these, dates and times in the ISO form, in which a profile has those of cells
     * @param asDates what it is as a column of dates; null if none of its values is one
     */
    InferredType type(InferredType found, long typed, long numbers, long isoDates, @Nullable InferredType asDates) {
        if (found.type() != Feed.Type.TEXT) {
            return withoutThoseOfCells(found, isoDates);
        }
        if (asDates != null && dates * 2 > typed) {
            return mixed(withoutThoseOfCells(asDates, isoDates), asDates.misfits(), "are no dates");
        }
        if (decimals * 2 > typed || (decimals > 0 && numbers * 2 > typed)) {
            return mixed(
                    new InferredType(Feed.Type.DECIMAL, List.of(), false, 0, found.notes()),
                    typed - Math.max(numbers, decimals),
                    "are no numbers");
        }
        return mixed(found, dates + decimals, "are dates or numbers with decimals among texts");
    }

    /** A date of Excel needs no pattern. */
    private InferredType withoutThoseOfCells(InferredType type, long isoDates) {
        List<String> patterns = type.patterns().stream()
                .filter(pattern -> isoDates > dates || !DateFormats.isIso(pattern))
                .toList();
        return new InferredType(type.type(), patterns, type.isAmbiguous(), type.misfits(), type.notes());
    }

    private static InferredType mixed(InferredType type, long others, String what) {
        List<String> notes = new ArrayList<>(type.notes());
        notes.add("DECIDE: " + ProfileText.count(others, "cell", "cells") + " " + what
                + ": with unreadable they are stored as empty and counted, and no staging query may read the column; "
                + "without it their rows are refused");
        return new InferredType(type.type(), type.patterns(), type.isAmbiguous(), 0, others > 0, List.copyOf(notes));
    }
}
