package uk.fpw.metrics.capacity;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Models;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.capacity.Capacity;
import uk.fpw.warehouse.force.capacity.StaffingQuery;

/** Computes the rows of {@code mart.capacity_monthly}: what units and providers examined, and with how many staff. */
public final class CapacityFigures {

    public static final String TABLE = "mart.capacity_monthly";

    private final ReleaseKey releaseKey;
    private final Map<UnitMonth, StaffSum> staff;
    private final boolean isStaffed;
    private final @Nullable String unknownStaff;
    private final TableRows table;

    /**
     * A unit, by its name in staffing queries, and a month, by its first day. Null if rows do not say which, and so
     * may be about any.
     */
    public record UnitMonth(@Nullable String unit, @Nullable LocalDate monthStartOn) {}

    /**
     * The staff in post of a unit in a month, according to staffing queries.
     *
     * @param inPost sum over usable rows, in full-time equivalents
     * @param faultCount number of items with an unusable row; {@code inPost} is meaningless if there are any
     * @param fault problem of one of these rows; null if there are none
     */
    public record StaffSum(
            double inPost, long faultCount, @Nullable String fault) {}

    private record Staff(@Nullable Double inPost, @Nullable String reason) {}

    /**
     * @param staff staff in post, by unit and month
     * @param consumer receives the values of a row, in the order of the model's columns
     */
    public CapacityFigures(
            Force force,
            Coverage coverage,
            ReleaseKey releaseKey,
            Map<UnitMonth, StaffSum> staff,
            Consumer<Object[]> consumer) {
        this.releaseKey = releaseKey;
        this.staff = Map.copyOf(staff);
        this.isStaffed = !force.staffings().isEmpty();
        this.unknownStaff = coverage.reason(
                force,
                force.staffings().stream()
                        .map(StaffingQuery::feeds)
                        .flatMap(List::stream)
                        .distinct()
                        .toList());
        this.table = new TableRows(Models.find(TABLE).orElseThrow(), consumer);
    }

    /** Writes one row. */
    public void write(Capacity capacity, QueueMonth month) {
        QueueMonth.Standing standing = month.standing();
        boolean isProvider = capacity.kind() == Capacity.Kind.PROVIDER;
        QueueMonth.Flows flows = month.flows() == null ? new QueueMonth.Flows(0, 0, 0, 0) : month.flows();
        Staff inPost = staff(capacity, month);
        String withoutRatio = withoutRatio(inPost, standing);
        TableRows.Row row = table.row()
                .set("force", releaseKey.force())
                .set("queue", month.series().queue())
                .set("queue_version", month.series().version())
                .set("item_unit", month.series().itemUnit())
                .set("slice", month.series().slice())
                .set("slice_value", month.series().sliceValue())
                .set("is_total", month.series().isTotal())
                .set("capacity", capacity.name())
                .set("capacity_kind", capacity.kind().text())
                .set("title", capacity.title())
                .set("month_start_on", month.period().startOn())
                .set("month_end_on", month.period().endOn())
                .set("measured_to_on", month.period().measuredToOn())
                .set("staff_in_post", inPost.inPost())
                .set("staff_reason", inPost.reason())
                .set("examined_count", flows.served())
                .set("sent_count", isProvider ? flows.entered() : null)
                .set("returned_examined_count", isProvider ? flows.served() : null)
                .set("returned_unexamined_count", isProvider ? flows.left() - flows.served() : null)
                .set("with_provider_count", isProvider ? flows.waiting() : null)
                .set(
                        "examined_per_staff",
                        withoutRatio == null && inPost.inPost() != null ? flows.served() / inPost.inPost() : null)
                .set("examined_per_staff_reason", withoutRatio)
                .set("is_partial", standing.isPartial())
                .set("is_provisional", standing.isProvisional())
                .set("is_available", standing.unavailableReason() == null)
                .set("contributor_count", standing.contributors())
                .set("data_as_at", standing.dataAsAt())
                .set("release_id", releaseKey.releaseId().value());
        if (standing.unavailableReason() == null) {
            row.set("unavailable_reason", null);
        } else {
            row.withhold(standing.unavailableReason());
        }
        row.end();
    }

    private Staff staff(Capacity capacity, QueueMonth month) {
        if (!month.series().isTotal()) {
            return new Staff(null, "staff is not known for one value of a slice");
        }
        if (!isStaffed || capacity.staffingUnit() == null) {
            return new Staff(null, "the force folder names no staff of it");
        }
        String unit = capacity.staffingUnit();
        LocalDate startOn = month.period().startOn();
        String fault = fault(unit, startOn);
        if (fault != null) {
            return new Staff(null, fault);
        }
        StaffSum sum = staff.get(new UnitMonth(unit, startOn));
        if (sum != null) {
            return new Staff(sum.inPost(), null);
        }
        return new Staff(
                null,
                "no row of a staffing query is about '" + unit + "' in this month"
                        + (unknownStaff == null ? "" : "; " + unknownStaff));
    }

    /** Why the staff of a unit in a month is unknown although rows are, or may be, about it; null if it is known. */
    private @Nullable String fault(String unit, LocalDate startOn) {
        long items = 0;
        String fault = null;
        for (UnitMonth place : List.of(
                new UnitMonth(unit, startOn),
                new UnitMonth(unit, null),
                new UnitMonth(null, startOn),
                new UnitMonth(null, null))) {
            StaffSum sum = staff.get(place);
            if (sum != null && sum.fault() != null) {
                items += sum.faultCount();
                fault = fault == null ? sum.fault() : fault;
            }
        }
        return fault == null
                ? null
                : "rows of " + Plural.of(items, "item") + " of staffing queries that are, or may be, " + "about '"
                        + unit + "' in this month cannot be used, such as " + fault;
    }

    /** Why there is no ratio; null if there is one. */
    private static @Nullable String withoutRatio(Staff staff, QueueMonth.Standing standing) {
        if (staff.inPost() == null) {
            return staff.reason();
        }
        if (staff.inPost() == 0) {
            return "there is no staff in post";
        }
        return standing.isPartial() ? "the month is not whole" : null;
    }
}
