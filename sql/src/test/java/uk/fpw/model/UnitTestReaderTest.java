package uk.fpw.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading of examples of ready-made queries, and messages for invalid ones. */
@Tag("time-zone")
class UnitTestReaderTest {

    private static final String GOOD = """
            unit_tests:
              - name: one_waits
                description: The other queue is not asked for.
                parameters: {queue: seized}
                rows:
                  ops.waiting:
                    - {queue: seized, day: 2015-12-31, waiting_count: 5, share: 0.50}
                    - {queue: sent, is_total: true}
                expect:
                  - {queue: seized, waiting_count: 5}
                  - {queue: sent, share: null}
            """;

    private static List<UnitTest> read(String file) {
        Map<String, Set<String>> tables =
                Map.of("ops.waiting", Set.of("queue", "day", "waiting_count", "share", "is_total"));
        return new UnitTestReader(path -> Optional.of(file), List.of(), tables).ofQuery("waiting");
    }

    /** Alternating columns and values; "null" for null. */
    private static Map<String, @Nullable String> row(String... texts) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int i = 0; i < texts.length; i += 2) {
            row.put(texts[i], texts[i + 1].equals("null") ? null : texts[i + 1]);
        }
        return row;
    }

    @Test
    void readsRowsInAndRowsOut() {
        assertThat(read(GOOD))
                .containsExactly(new UnitTest(
                        "waiting",
                        "query/waiting.yml: one_waits",
                        List.of("queue=seized"),
                        Map.of(
                                "ops.waiting",
                                Arrays.asList(
                                        row(
                                                "queue",
                                                "seized",
                                                "day",
                                                "2015-12-31",
                                                "waiting_count",
                                                "5",
                                                "share",
                                                "0.5"),
                                        row("queue", "sent", "is_total", "true"))),
                        List.of(
                                row("queue", "seized", "waiting_count", "5", "share", "null"),
                                row("queue", "sent", "waiting_count", "null", "share", "null"))));
    }

    @Test
    void rowThatCameOutIsComparedByTheColumnsThatAreExpected() {
        UnitTest test = read(GOOD).get(0);

        assertThat(test.compared(row("queue", "sent", "day", "2015-12-31", "share", "0.5")))
                .isEqualTo(row("queue", "sent", "waiting_count", "null", "share", "0.5"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            name: one_waits|name: one_waits, named: x| query/waiting.yml: one_waits: 'named' is not one of
            ops.waiting:|ops.wait:| query/waiting.yml: one_waits: rows: there is no table 'ops.wait' to give rows of
            is_total: true|is_totl: true| 'ops.waiting', row 2: there is no column 'is_totl'
            expect:|expected:| query/waiting.yml: one_waits: 'expected' is not one of
            unit_tests:|unit_test:| query/waiting.yml: 'unit_test' is not one of unit_tests
            """)
    void whatCannotBeMeantIsRefusedWithFileAndField(String good, String bad, String problem) {
        assertThatThrownBy(() -> read(GOOD.replace(good, bad.replace(", ", "\n    "))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(problem.strip());
    }

    @Test
    void fileWithoutAnExampleIsRefused() {
        assertThatThrownBy(() -> read("unit_tests: []"))
                .hasMessage("query/waiting.yml: 'unit_tests' is missing: rows in and rows out, one example at least");
    }
}
