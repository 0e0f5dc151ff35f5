package uk.fpw.metrics.capacity;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.capacity.Capacity;

/** Decides whether rows of staffing queries are usable, given the units of the force and its business date. */
public final class StaffRules implements Serializable {

    private final Set<String> units;
    private final LocalDate businessDate;

    /** Why a row is not used; if several apply, the first in this order. */
    public enum Problem {
        MISSING_ITEM(true),
        MISSING_UNIT(true),
        MISSING_DATE(true),
        MISSING_STAFF(true),
        INVALID_STAFF(true),
        UNUSED_UNIT(false),
        AFTER_BUSINESS_DATE(false);

        private final boolean isFault;

        Problem(boolean isFault) {
            this.isFault = isFault;
        }

        /**
         * Whether the row is wrong, which makes all rows of its item unusable; otherwise only this row is not used,
         * or not yet.
         */
        public boolean isFault() {
            return isFault;
        }

        /** The problem as text that follows "a row". */
        public String reason() {
            return switch (this) {
                case MISSING_ITEM -> "without an item";
                case MISSING_UNIT -> "without a unit";
                case MISSING_DATE -> "without a month";
                case MISSING_STAFF -> "without a number of staff, or with one of more than 14 digits";
                case INVALID_STAFF -> "with less than 0 staff";
                case UNUSED_UNIT -> "of a unit that no file of the folder capacity names";
                case AFTER_BUSINESS_DATE -> "of a month after the business date";
            };
        }
    }

    /** Staff of one unit in one month. */
    public record UnitMonth(int staffing, String unit, LocalDate monthStartOn) {}

    /**
     * A unit and month whose staff is unknown because a row of an item is unusable.
     *
     * @param unit null if a row does not name it, so that it may be any
     * @param monthStartOn null if a row does not name it, so that it may be any
     */
    public record UnknownStaff(
            int staffing, @Nullable String unit, @Nullable LocalDate monthStartOn) {}

    public StaffRules(Force force, LocalDate businessDate) {
        this.units = force.capacities().stream()
                .map(Capacity::staffingUnit)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toUnmodifiableSet());
        this.businessDate = businessDate;
    }

    /** Why a row is not used; null if it is used. */
    public @Nullable Problem problem(@Nullable String item, StaffRow row) {
        if (item == null) {
            return Problem.MISSING_ITEM;
        }
        if (unit(row) == null) {
            return Problem.MISSING_UNIT;
        }
        if (row.monthOn() == null) {
            return Problem.MISSING_DATE;
        }
        if (row.staff() == null) {
            return Problem.MISSING_STAFF;
        }
        if (row.staff() < 0) {
            return Problem.INVALID_STAFF;
        }
        if (!units.contains(row.unit())) {
            return Problem.UNUSED_UNIT;
        }
        return month(row).isAfter(businessDate) ? Problem.AFTER_BUSINESS_DATE : null;
    }

    /**
     * Adds up the staff of each unit and month in an item's rows; empty if a row has a fault.
     *
     * @return in units of {@link StaffRow#UNITS}, by query, unit and month
     */
    public SortedMap<UnitMonth, Long> usable(@Nullable String item, List<StaffRow> rows) {
        SortedMap<UnitMonth, Long> staff = new TreeMap<>((one, other) -> {
            int byQuery = Integer.compare(one.staffing, other.staffing);
            int byUnit = byQuery == 0 ? one.unit.compareTo(other.unit) : byQuery;
            return byUnit == 0 ? one.monthStartOn.compareTo(other.monthStartOn) : byUnit;
        });
        List<StaffRow> used = new ArrayList<>();
        for (StaffRow row : rows) {
            Problem problem = problem(item, row);
            if (problem == null) {
                used.add(row);
            } else if (problem.isFault()) {
                return staff;
            }
        }
        used.forEach(row -> staff.merge(
                new UnitMonth(row.staffing(), Objects.requireNonNull(row.unit()), month(row)),
                Objects.requireNonNull(row.staff()),
                Math::addExact));
        return staff;
    }

    /**
     * The units and months of an item's rows, if one of the rows has a fault: without this item their sum would be
     * too low by an unknown amount.
     *
     * @return a description of the fault by unit and month; empty if no row has one
     */
    public Map<UnknownStaff, String> unknown(@Nullable String item, List<StaffRow> rows) {
        Problem first = rows.stream()
                .flatMap(row -> Stream.ofNullable(problem(item, row)))
                .filter(Problem::isFault)
                .min(Comparator.naturalOrder())
                .orElse(null);
        Map<UnknownStaff, String> unknown = new HashMap<>();
        if (first != null) {
            for (StaffRow row : rows) {
                if (mayCount(row)) {
                    unknown.put(
                            new UnknownStaff(row.staffing(), unit(row), row.monthOn() == null ? null : month(row)),
                            "a row " + first.reason());
                }
            }
        }
        return unknown;
    }

    /** Whether a row is, or may be, about one of the units and a month up to the business date. */
    private boolean mayCount(StaffRow row) {
        String unit = unit(row);
        return (unit == null || units.contains(unit))
                && (row.monthOn() == null || !month(row).isAfter(businessDate));
    }

    private static @Nullable String unit(StaffRow row) {
        return row.unit() == null || row.unit().isBlank() ? null : row.unit();
    }

    /** First day of the month of a row, from which it counts; null if the row does not name the month. */
    public static @Nullable Integer monthStartDay(StaffRow row) {
        return row.monthOn() == null ? null : Math.toIntExact(month(row).toEpochDay());
    }

    private static LocalDate month(StaffRow row) {
        return LocalDate.ofEpochDay(Objects.requireNonNull(row.monthOn())).withDayOfMonth(1);
    }
}
