package uk.fpw.nightly.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class SettledDaysTest {

    @Test
    void slowestCountOfAQueueDecidesAndOneThatIsNotKnownDoesNot() {
        assertThat(SettledDays.largest(List.of(
                        row("seized", 7), row("seized", 28), row("seized", null), row("sent", null), row("found", 1))))
                .containsExactly(entry("found", 1), entry("seized", 28));
    }

    private static Map<String, @Nullable Object> row(String queue, @Nullable Integer days) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("queue", queue);
        row.put("provisional_days", days);
        return row;
    }
}
