package uk.fpw.metrics.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against the reference figures under {@code golden/kappa}, made with R 4.5 and vcd. */
class AgreementTest {

    private static JsonNode golden() throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("src", "test", "resources", "golden", "kappa", "kappa_expected.json")
                        .toFile())
                .path("cases");
    }

    private static long[][] table(JsonNode rows) {
        long[][] table = new long[rows.size()][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < rows.size(); j++) {
                table[i][j] = rows.path(i).path(j).longValue();
            }
        }
        return table;
    }

    private static void compare(@Nullable Double found, JsonNode expected) {
        if (expected.isNull()) {
            assertThat(found).isNull();
        } else {
            // the reference is written with 15 digits
            assertThat(found).isCloseTo(expected.doubleValue(), within(1e-14));
        }
    }

    @TestFactory
    Stream<DynamicTest> agreementIsThatOfTheReference() throws IOException {
        return golden().properties().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    JsonNode expected = one.getValue();
                    Agreement agreement = Agreement.of(table(expected.path("table")));
                    compare(agreement.expectedShare(), expected.path("none").path("expected_agreement"));
                    compare(agreement.kappa(), expected.path("none").path("kappa"));
                    compare(agreement.linear(), expected.path("linear").path("kappa"));
                    compare(agreement.quadratic(), expected.path("quadratic").path("kappa"));
                }));
    }

    @Test
    void anEmptyGradeInTheMiddleCountsAsAStep() throws IOException {
        Agreement kept =
                Agreement.of(table(golden().path("empty_middle_of_4_kept").path("table")));
        Agreement dropped =
                Agreement.of(table(golden().path("empty_middle_of_4_dropped").path("table")));

        assertThat(kept.kappa()).isEqualTo(dropped.kappa());
        assertThat(kept.linear()).isNotEqualTo(dropped.linear());
    }
}
