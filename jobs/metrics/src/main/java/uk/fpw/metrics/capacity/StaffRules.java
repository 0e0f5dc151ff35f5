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

/** Judges whether rows of staffing queries can be used: by the units of a force, on its business date. */
public final class StaffRules implements Serializable {

    private final Set<String> units;
    private final LocalDate businessDate;

    /** Why a row is not used. In this order, where one has several. */
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

        /** Whether it is wrong, so that no row of its item is used; otherwise it alone is not used, or not yet. */
        public boolean isFault() {
            return isFault;
        }

        /** What is the matter, to be read after "a row". */
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
     * Where staff is not known, because a row of an item cannot be used.
     *
     * @param unit null if a row does not say it, so that it may be any
     * @param monthStartOn null if a row does not say it, so that it may be any
     */
    public record UnknownStaff(
            int staffing, @Nullable String unit, @Nullable LocalDate monthStartOn) {}

    /** By the units that the force's capacities name. */
    public StaffRules(Force force, LocalDate businessDate) {
        this.units = force.capacities().stream()
                .map(Capacity::staffingUnit)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toUnmodifiableSet());
        this.businessDate = businessDate;
    }

    /** Why a row is not used; null if it is. */
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
     * Staff of each unit and month that an item's rows say, added up; nothing if one of them has a fault.
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
     * The units and months that an item's rows are about, if one of the rows has a fault: their sum would be too low
     * without the item, and nobody knows by how much.
     *
     * @return the fault of each, as text; nothing if no row has one
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

    /** Whether a row is about one of the units and a month up to the business date, or may be. */
    private boolean mayCount(StaffRow row) {
        String unit = unit(row);
        return (unit == null || units.contains(unit))
                && (row.monthOn() == null || !month(row).isAfter(businessDate));
    }

    private static @Nullable String unit(StaffRow row) {
        return row.unit() == null || row.unit().isBlank() ? null : row.unit();
    }

    /** Day from which a row counts, the first of its month; null if it does not say the month. */
    public static @Nullable Integer monthStartDay(StaffRow row) {
        return row.monthOn() == null ? null : Math.toIntExact(month(row).toEpochDay());
    }

    private static LocalDate month(StaffRow row) {
        return LocalDate.ofEpochDay(Objects.requireNonNull(row.monthOn())).withDayOfMonth(1);
    }
}
