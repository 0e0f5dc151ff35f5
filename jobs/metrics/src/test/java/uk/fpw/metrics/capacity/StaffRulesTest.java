package uk.fpw.metrics.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.ForceFolder;

/** Which rows of staffing queries are used. */
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

    @Test
    void monthOfTheBusinessDateIsNotAfterIt() {
        assertThat(RULES.problem("staff:1", row("Forensics", "2015-05-31", 1L))).isNull();
        assertThat(RULES.problem("staff:1", row("Forensics", "2015-06-01", 1L)))
                .isEqualTo(StaffRules.Problem.AFTER_BUSINESS_DATE);
        assertThat(RULES.problem(null, row("Forensics", "2015-05-31", 1L))).isEqualTo(StaffRules.Problem.MISSING_ITEM);
        assertThat(RULES.problem("staff:1", row(" ", "2015-05-31", 1L))).isEqualTo(StaffRules.Problem.MISSING_UNIT);
    }
}
