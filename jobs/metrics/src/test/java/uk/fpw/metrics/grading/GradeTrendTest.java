package uk.fpw.metrics.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Against the reference figures under {@code golden/trend}, made with R 4.5 and coin. */
class GradeTrendTest {

    private static Stream<DynamicTest> cases(String file, Consumer<JsonNode> test) throws IOException {
        return new ObjectMapper()
                        .readTree(Path.of("src", "test", "resources", "golden", "trend", file)
                                .toFile())
                        .path("cases")
                        .properties()
                        .stream()
                        .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> test.accept(one.getValue())));
    }

    private static long[] counts(JsonNode numbers) {
        return numbers.valueStream().mapToLong(JsonNode::longValue).toArray();
    }

    @TestFactory
    Stream<DynamicTest> trendOfAShareIsThatOfTheReference() throws IOException {
        return cases("cochran_armitage_expected.json", expected -> {
            GradeTrend trend = GradeTrend.ofShare(
                    counts(expected.path("x")),
                    counts(expected.path("n")),
                    expected.path("scores")
                            .valueStream()
                            .mapToDouble(JsonNode::doubleValue)
                            .toArray());
            if (expected.path("z").isNull()) {
                assertThat(trend).isNull();
                return;
            }
            Objects.requireNonNull(trend);
            same(trend.z(), expected.path("z").doubleValue());
            same(trend.p(), expected.path("p_two_sided").doubleValue());
        });
    }

    @TestFactory
    Stream<DynamicTest> trendOfAllGradesIsThatOfTheReference() throws IOException {
        return cases("linear_by_linear_expected.json", expected -> {
            JsonNode rows = expected.path("table");
            long[][] table = rows.valueStream().map(GradeTrendTest::counts).toArray(long[][]::new);
            GradeTrend trend = GradeTrend.ofRanks(
                    table, IntStream.range(0, table.length).asDoubleStream().toArray());
            Objects.requireNonNull(trend);
            same(trend.z() * trend.z(), expected.path("M2").doubleValue());
            same(trend.p(), expected.path("p").doubleValue());
            assertThat(Math.signum(trend.z()))
                    .isEqualTo(Math.signum(expected.path("pearson_r").doubleValue()));
        });
    }

    private static void same(double found, double expected) {
        assertThat(found).isCloseTo(expected, within(1e-9 * Math.abs(expected) + 1e-12));
    }
}
