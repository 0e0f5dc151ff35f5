package uk.fpw.metrics.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against the reference figures under {@code golden/fisher}, made with R 4.5, some of them by brute force. */
class FisherExactTest {

    private static final long[][] TOO_LARGE = {
        {900, 1100, 1000, 950, 1050, 1000},
        {1000, 1000, 1000, 1000, 1000, 1000},
        {950, 1000, 1100, 1000, 900, 1000}
    };

    private static JsonNode golden() throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("src", "test", "resources", "golden", "fisher", "fisher_expected.json")
                        .toFile());
    }

    private static double p(long[][] table) {
        return Objects.requireNonNull(FisherExact.p(table));
    }

    @TestFactory
    Stream<DynamicTest> tablesOfTwoByTwo() throws IOException {
        return golden().path("two_by_two").properties().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    JsonNode cells = one.getValue().path("table");
                    double expected = one.getValue().path("p_two_sided").doubleValue();
                    long[][] table = {
                        {cells.path(0).longValue(), cells.path(1).longValue()},
                        {cells.path(2).longValue(), cells.path(3).longValue()}
                    };
                    assertThat(p(table)).isCloseTo(expected, within(1e-9 * expected));
                }));
    }

    @TestFactory
    Stream<DynamicTest> largerTables() throws IOException {
        return golden().path("r_by_c").properties().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    JsonNode rows = one.getValue().path("table");
                    double expected =
                            one.getValue().path("p_fisher_freeman_halton").doubleValue();
                    long[][] table = new long[rows.size()][rows.path(0).size()];
                    for (int i = 0; i < table.length; i++) {
                        for (int j = 0; j < table[i].length; j++) {
                            table[i][j] = rows.path(i).path(j).longValue();
                        }
                    }
                    assertThat(p(table)).isCloseTo(expected, within(1e-9 * expected));
                    assertThat(p(turned(table))).as("turned").isCloseTo(expected, within(1e-9 * expected));
                }));
    }

    private static long[][] turned(long[][] table) {
        long[][] turned = new long[table[0].length][table.length];
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < table[i].length; j++) {
                turned[j][i] = table[i][j];
            }
        }
        return turned;
    }

    @Test
    void onlyOneTableWithTheseSumsIsCertain() {
        assertThat(FisherExact.p(new long[][] {{3, 0}, {5, 0}})).isEqualTo(1);
        assertThat(FisherExact.p(new long[][] {{0, 0}, {5, 2}})).isEqualTo(1);
    }

    @Test
    void twoYearsOfTwentyCasesAMonthAreTested() {
        // 240 cases a year in five grades
        assertThat(p(new long[][] {{20, 60, 80, 60, 20}, {30, 70, 75, 50, 15}})).isBetween(0.1, 0.5);
    }

    @Test
    void tableThatNeedsMoreStepsIsGivenUp() {
        assertThat(FisherExact.p(TOO_LARGE, 20_000)).isNull();
    }

    @Test
    @Tag("thorough")
    void tableThatIsTooLargeIsGivenUp() {
        assertThat(FisherExact.p(TOO_LARGE)).isNull();
    }
}
