package uk.fpw.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against the reference figures under {@code golden/proportion}, made with R 4.5. */
class ProportionTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "proportion");

    private static List<double[]> rows(String file) throws IOException {
        List<double[]> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(GOLDEN.resolve(file));
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            double[] row = new double[fields.length];
            for (int i = 0; i < fields.length; i++) {
                row[i] = fields[i].matches("[a-z_]+") ? Double.NaN : Double.parseDouble(fields[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static void close(double found, double expected, String what) {
        assertThat(found).as(what).isCloseTo(expected, within(Math.abs(expected) * 1e-9));
    }

    @Test
    void wilsonIntervalsAreThoseOfTheReference() throws IOException {
        int compared = 0;
        for (double[] row : rows("wilson.csv")) {
            if (row[2] == 0.95) {
                Proportion proportion = new Proportion((int) row[0], (int) row[1]);
                String what = proportion.toString();
                close(proportion.share(), row[3], what);
                close(proportion.interval().low(), row[4], what);
                close(proportion.interval().high(), row[5], what);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(25);
    }

    @Test
    void everyGradeOfSeventyCasesHasItsInterval() throws IOException {
        for (double[] row : rows("grade_shares.csv")) {
            Proportion.Between between = new Proportion((int) row[1], (int) row[2]).interval();
            close(between.low(), row[4], row[1] + " of 70");
            close(between.high(), row[5], row[1] + " of 70");
        }
    }

    @Test
    void noneAndAllEndExactlyAtZeroAndOne() {
        assertThat(new Proportion(0, 20).interval().low()).isEqualTo(0);
        assertThat(new Proportion(20, 20).interval().high()).isEqualTo(1);
    }

    @Test
    void differencesAreThoseOfTheReference() throws IOException {
        List<double[]> rows = rows("newcombe_difference.csv");
        for (double[] row : rows) {
            Proportion later = new Proportion((int) row[0], (int) row[1]);
            Proportion earlier = new Proportion((int) row[2], (int) row[3]);
            String what = later + " - " + earlier;
            close(later.share() - earlier.share(), row[5], what);
            close(later.differenceFrom(earlier).low(), row[6], what);
            close(later.differenceFrom(earlier).high(), row[7], what);
        }
        assertThat(rows).hasSize(11);
    }

    @Test
    void ofNothingThereIsNoShare() {
        assertThatThrownBy(() -> new Proportion(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 of 0 is not a proportion");
    }
}
