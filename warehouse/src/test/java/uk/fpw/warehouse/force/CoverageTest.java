package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.warehouse.testing.TestQueues;

@Tag("time-zone")
class CoverageTest {

    @ParameterizedTest
    @CsvSource({"7, 28, 28", "28, 7, 28", "0, 1, 1"})
    void provisionalDaysAreThoseDeclaredOrMoreIfCountsTookLongerToSettle(int declared, int settledAfter, int days) {
        assertThat(coverage(Map.of("waiting", settledAfter)).provisionalDays(TestQueues.waiting(declared)))
                .isEqualTo(days);
    }

    @ParameterizedTest
    @CsvSource({"0", "7"})
    void provisionalDaysAreThoseDeclaredWhereNothingIsKnown(int declared) {
        assertThat(coverage(Map.of("another", 91)).provisionalDays(TestQueues.waiting(declared)))
                .isEqualTo(declared);
        assertThat(new Coverage(LocalDate.of(2016, 1, 12), Map.of()).provisionalDays(TestQueues.waiting(declared)))
                .isEqualTo(declared);
    }

    private static Coverage coverage(Map<String, Integer> settledAfterDays) {
        return new Coverage(LocalDate.of(2016, 1, 12), Map.of(), settledAfterDays);
    }
}
