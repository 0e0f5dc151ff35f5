package uk.fpw.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

@Tag("time-zone")
class QueueSpecTest {

    private static final Force FORCE =
            ForceFolder.read(Path.of("src", "test", "resources", "backlog").toAbsolutePath());

    /** The queue declares seven days. */
    @Test
    void figuresAreProvisionalForAsLongAsCountsTakeToSettle() {
        assertThat(provisionalDays(Map.of())).isEqualTo(7);
        assertThat(provisionalDays(Map.of("in_house_only", 2))).isEqualTo(7);
        assertThat(provisionalDays(Map.of("in_house_only", 28))).isEqualTo(28);
    }

    private static int provisionalDays(Map<String, Integer> settledAfterDays) {
        return QueueSpec.of(FORCE, new Coverage(LocalDate.of(2016, 1, 12), Map.of(), settledAfterDays)).stream()
                .filter(queue -> queue.name().equals("in_house_only"))
                .findFirst()
                .orElseThrow()
                .provisionalDays();
    }
}
