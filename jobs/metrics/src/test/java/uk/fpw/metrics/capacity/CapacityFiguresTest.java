package uk.fpw.metrics.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TextRows;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.capacity.Capacity;

/** Ratios, and the reasons if there are none. */
@Tag("time-zone")
class CapacityFiguresTest {

    private static final Force FORCE =
            ForceFolder.read(Path.of("src", "test", "resources", "background").toAbsolutePath());

    private static final LocalDate BUSINESS_DATE = LocalDate.of(2015, 5, 10);

    private static final LocalDate APRIL = LocalDate.of(2015, 4, 1);

    private static QueueMonth month(QueueMonth.@Nullable Flows flows, boolean isPartial, @Nullable String reason) {
        return new QueueMonth(
                new QueueMonth.Series("in_examination", 1, "devices", "all", "all", true),
                new QueueMonth.Period(APRIL, LocalDate.of(2015, 4, 30), LocalDate.of(2015, 4, 30)),
                flows,
                new QueueMonth.Standing(isPartial, false, reason, flows == null ? null : 3L, BUSINESS_DATE));
    }

    private static List<String> figures(
            Capacity.Kind kind,
            Map<CapacityFigures.UnitMonth, CapacityFigures.StaffSum> staff,
            Coverage coverage,
            QueueMonth month) {
        TextRows rows = new TextRows();
        Capacity capacity =
                new Capacity("forensics", kind, "Forensics", "The unit.", "in_examination", null, "Forensics");
        new CapacityFigures(
                        FORCE,
                        coverage,
                        new ReleaseKey("background", ReleaseId.of("2015-05-10.1"), (int) BUSINESS_DATE.toEpochDay()),
                        staff,
                        values -> rows.accept(CapacityFigures.TABLE, values))
                .write(capacity, month);
        List<String> lines = new ArrayList<>(rows.of(
                CapacityFigures.TABLE,
                "staff_in_post, examined_count, sent_count, returned_unexamined_count, with_provider_count, "
                        + "examined_per_staff, examined_per_staff_reason, is_available, contributor_count"));
        return lines;
    }

    private static Map<CapacityFigures.UnitMonth, CapacityFigures.StaffSum> staff(double inPost) {
        return Map.of(new CapacityFigures.UnitMonth("Forensics", APRIL), new CapacityFigures.StaffSum(inPost, 0, null));
    }

    /** A wrong number of staff is worse than none: an unusable row makes the whole sum unknown. */
    @Test
    void sumOfWhichARowCannotBeUsedIsNotKnown() {
        QueueMonth month = month(new QueueMonth.Flows(9, 8, 6, 5), false, null);
        Coverage whole = Coverage.whole(FORCE, BUSINESS_DATE);
        String reason = "rows of 2 items of staffing queries that are, or may be, about 'Forensics' in this month "
                + "cannot be used, such as a row with less than 0 staff";

        assertThat(figures(
                        Capacity.Kind.UNIT,
                        Map.of(
                                new CapacityFigures.UnitMonth("Forensics", APRIL),
                                new CapacityFigures.StaffSum(4, 2, "a row with less than 0 staff")),
                        whole,
                        month))
                .containsExactly("null|6|null|null|null|null|" + reason + "|true|3");
    }

    /** Rows that do not name their unit, their month or both. */
    @Test
    void rowThatMayBeAboutAnyUnitOrMonthIsAboutThisOne() {
        QueueMonth month = month(new QueueMonth.Flows(9, 8, 6, 5), false, null);
        Coverage whole = Coverage.whole(FORCE, BUSINESS_DATE);
        List<CapacityFigures.UnitMonth> places = List.of(
                new CapacityFigures.UnitMonth(null, APRIL),
                new CapacityFigures.UnitMonth("Forensics", null),
                new CapacityFigures.UnitMonth(null, null));
        for (CapacityFigures.UnitMonth place : places) {
            Map<CapacityFigures.UnitMonth, CapacityFigures.StaffSum> staff = new HashMap<>(staff(4));
            staff.put(place, new CapacityFigures.StaffSum(0, 1, "a row without a unit"));
            assertThat(figures(Capacity.Kind.UNIT, staff, whole, month))
                    .containsExactly("null|6|null|null|null|null|rows of 1 item of staffing queries that are, or "
                            + "may be, about 'Forensics' in this month cannot be used, such as a row without a unit|"
                            + "true|3");
        }
        Map<CapacityFigures.UnitMonth, CapacityFigures.StaffSum> others = new HashMap<>(staff(4));
        others.put(
                new CapacityFigures.UnitMonth(null, APRIL.plusMonths(1)),
                new CapacityFigures.StaffSum(0, 1, "a row without a unit"));
        others.put(
                new CapacityFigures.UnitMonth("Laboratory", null),
                new CapacityFigures.StaffSum(0, 1, "a row without a month"));
        assertThat(figures(Capacity.Kind.UNIT, others, whole, month))
                .containsExactly("4.0|6|null|null|null|1.5|null|true|3");
    }

    @Test
    void examinationsAreDividedByStaff() {
        QueueMonth month = month(new QueueMonth.Flows(9, 8, 6, 5), false, null);

        assertThat(figures(Capacity.Kind.UNIT, staff(4), Coverage.whole(FORCE, BUSINESS_DATE), month))
                .containsExactly("4.0|6|null|null|null|1.5|null|true|3");
        assertThat(figures(Capacity.Kind.PROVIDER, staff(4), Coverage.whole(FORCE, BUSINESS_DATE), month))
                .containsExactly("4.0|6|9|2|5|1.5|null|true|3");
    }

    @Test
    void withoutStaffOrAWholeMonthThereIsNoRatio() {
        QueueMonth month = month(new QueueMonth.Flows(9, 8, 6, 5), false, null);
        QueueMonth partial = month(new QueueMonth.Flows(9, 8, 6, 5), true, null);
        Coverage whole = Coverage.whole(FORCE, BUSINESS_DATE);

        assertThat(figures(Capacity.Kind.UNIT, staff(0), whole, month))
                .containsExactly("0.0|6|null|null|null|null|there is no staff in post|true|3");
        assertThat(figures(Capacity.Kind.UNIT, staff(4), whole, partial))
                .containsExactly("4.0|6|null|null|null|null|the month is not whole|true|3");
        assertThat(figures(
                        Capacity.Kind.UNIT,
                        Map.of(),
                        new Coverage(BUSINESS_DATE, Map.of("log", BUSINESS_DATE, "posts", LocalDate.of(2015, 3, 31))),
                        month))
                .containsExactly("null|6|null|null|null|null|no row of a staffing query is about 'Forensics' in this "
                        + "month; feed posts last loaded completely for 2015-03-31|true|3");
    }

    @Test
    void aQueueThatIsNotKnownSoFarHasNoFigures() {
        assertThat(figures(
                        Capacity.Kind.PROVIDER,
                        staff(4),
                        Coverage.whole(FORCE, BUSINESS_DATE),
                        month(null, false, "feed log never loaded")))
                .containsExactly("null|null|null|null|null|null|null|false|null");
    }
}
