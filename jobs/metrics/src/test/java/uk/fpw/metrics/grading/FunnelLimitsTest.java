package uk.fpw.metrics.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Against the reference figures under {@code golden/funnel}, made with R 4.5 and PHEindicatormethods. */
class FunnelLimitsTest {

    private static final Map<String, String> POSITIONS = Map.of(
            "Not significant", "within limits",
            "Low (0.025)", "below 95 % limit",
            "Low (0.001)", "below 99.8 % limit",
            "High (0.025)", "above 95 % limit",
            "High (0.001)", "above 99.8 % limit");

    @Test
    void limitsAndPositionsAreThoseOfTheReference() throws IOException {
        List<String> lines =
                Files.readAllLines(Path.of("src", "test", "resources", "golden", "funnel", "proportion_expected.csv"));
        assertThat(lines).hasSize(44);
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            String what = fields[0];
            FunnelLimits limits = FunnelLimits.of(Double.parseDouble(fields[4]), Long.parseLong(fields[2]));

            close(limits.low95(), fields[5], what);
            close(limits.high95(), fields[6], what);
            close(limits.low998(), fields[7], what);
            close(limits.high998(), fields[8], what);
            assertThat(limits.position(Double.parseDouble(fields[3])))
                    .as(what)
                    .isEqualTo(Objects.requireNonNull(POSITIONS.get(fields[9]), fields[9]));
        }
    }

    private static void close(double found, String expected, String what) {
        double value = Double.parseDouble(expected);
        assertThat(found).as(what).isCloseTo(value, within(Math.abs(value) * 1e-9));
    }
}
