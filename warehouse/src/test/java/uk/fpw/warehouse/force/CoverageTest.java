package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.warehouse.force.queue.Queue;

class CoverageTest {

    @ParameterizedTest
    @CsvSource({"7, 28, 28", "28, 7, 28", "0, 1, 1"})
    void provisionalDaysAreThoseDeclaredOrMoreIfCountsTookLongerToSettle(int declared, int settledAfter, int days) {
        assertThat(coverage(Map.of("waiting", settledAfter)).provisionalDays(queue(declared)))
                .isEqualTo(days);
    }

    @ParameterizedTest
    @CsvSource({"0", "7"})
    void provisionalDaysAreThoseDeclaredWhereNothingIsKnown(int declared) {
        assertThat(coverage(Map.of("another", 91)).provisionalDays(queue(declared)))
                .isEqualTo(declared);
        assertThat(new Coverage(LocalDate.of(2016, 1, 12), Map.of()).provisionalDays(queue(declared)))
                .isEqualTo(declared);
    }

    private static Coverage coverage(Map<String, Integer> settledAfterDays) {
        return new Coverage(LocalDate.of(2016, 1, 12), Map.of(), settledAfterDays);
    }

    private static Queue queue(int provisionalDays) {
        return new Queue(
                "waiting",
                2,
                "Waiting",
                "What waits.",
                "request",
                "requests",
                List.of("opened"),
                List.of(),
                List.of(new Queue.Exit("closed", "closed", true)),
                List.of(),
                null,
                LocalDate.of(1990, 1, 1),
                provisionalDays,
                List.of(30),
                null,
                null,
                List.of(),
                List.of(),
                new Queue.Limits(0.1, 0.1, 0.25, 0.8));
    }
}
