package uk.fpw.metrics.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.ForceFolder;

/** Which rows of staffing queries are used. */
@Tag("time-zone")
class StaffRulesTest {

    private static final StaffRules RULES = new StaffRules(
            ForceFolder.read(Path.of("src", "test", "resources", "background").toAbsolutePath()),
            LocalDate.of(2015, 5, 10));

    private static StaffRow row(@Nullable String unit, String day, @Nullable Long staff) {
        return new StaffRow(0, unit, (int) LocalDate.parse(day).toEpochDay(), staff);
    }

    private static StaffRules.UnitMonth month(String day) {
        return new StaffRules.UnitMonth(0, "Forensics", LocalDate.parse(day));
    }

    @Test
    void rowsOfOneUnitAndMonthAddUp() {
        assertThat(RULES.usable(
                        "staff:1",
                        List.of(
                                row("Forensics", "2015-03-01", 20_000L),
                                row("Forensics", "2015-03-31", 7_500L),
                                row("Forensics", "2015-04-15", 0L))))
                .containsExactly(Map.entry(month("2015-03-01"), 27_500L), Map.entry(month("2015-04-01"), 0L));
    }

    @Test
    void aFaultLeavesOutTheWholeItemAndARowOfLaterMonthsOnlyItself() {
        assertThat(RULES.usable(
                        "staff:1",
                        List.of(row("Forensics", "2015-03-01", 20_000L), row("Forensics", "2015-04-01", null))))
                .isEmpty();
        assertThat(RULES.usable(
                        "staff:1",
                        List.of(
                                row("Forensics", "2015-03-01", 20_000L),
                                row("Forensics", "2015-06-01", 20_000L),
                                row("Canteen", "2015-03-01", 20_000L))))
                .containsExactly(Map.entry(month("2015-03-01"), 20_000L));
    }

    private static StaffRules.UnknownStaff unknown(@Nullable String unit, @Nullable String month) {
        return new StaffRules.UnknownStaff(0, unit, month == null ? null : LocalDate.parse(month));
    }

    /** There is no sum for any unit and month that a row of the item is about: the item should have been part of it. */
    @Test
    void aFaultMakesStaffUnknownWhereverTheItemMayCount() {
        String fault = "a row without a number of staff, or with one of more than 14 digits";
        assertThat(RULES.unknown(
                        "staff:1",
                        List.of(
                                row("Forensics", "2015-03-01", 20_000L),
                                row("Forensics", "2015-04-01", null),
                                row("Forensics", "2015-04-20", 10_000L),
                                // neither is part of any sum
                                row("Forensics", "2015-06-01", 20_000L),
                                row("Canteen", "2015-03-01", 20_000L))))
                .containsOnly(
                        Map.entry(unknown("Forensics", "2015-03-01"), fault),
                        Map.entry(unknown("Forensics", "2015-04-01"), fault));
    }

    @Test
    void rowThatDoesNotSayItsUnitOrMonthMayBeAboutAny() {
        assertThat(RULES.unknown("staff:1", List.of(row(" ", "2015-05-31", 1L))))
                .containsOnly(Map.entry(unknown(null, "2015-05-01"), "a row without a unit"));
        assertThat(RULES.unknown("staff:1", List.of(new StaffRow(0, "Forensics", null, 1L))))
                .containsOnly(Map.entry(unknown("Forensics", null), "a row without a month"));
        assertThat(RULES.unknown(null, List.of(new StaffRow(0, null, null, 1L))))
                .containsOnly(Map.entry(unknown(null, null), "a row without an item"));
    }

    @Test
    void withoutAFaultNothingIsUnknown() {
        assertThat(RULES.unknown(
                        "staff:1",
                        List.of(
                                row("Forensics", "2015-03-01", 0L),
                                row("Forensics", "2015-06-01", 20_000L),
                                row("Canteen", "2015-03-01", 20_000L))))
                .isEmpty();
        // a unit that is not asked for, whatever is wrong with it
        assertThat(RULES.unknown("staff:1", List.of(row("Canteen", "2015-03-01", null))))
                .isEmpty();
    }

    @Test
    void monthOfTheBusinessDateIsNotAfterIt() {
        assertThat(RULES.problem("staff:1", row("Forensics", "2015-05-31", 1L))).isNull();
        assertThat(RULES.problem("staff:1", row("Forensics", "2015-06-01", 1L)))
                .isEqualTo(StaffRules.Problem.AFTER_BUSINESS_DATE);
        assertThat(RULES.problem(null, row("Forensics", "2015-05-31", 1L))).isEqualTo(StaffRules.Problem.MISSING_ITEM);
        assertThat(RULES.problem("staff:1", row(" ", "2015-05-31", 1L))).isEqualTo(StaffRules.Problem.MISSING_UNIT);
    }
}
