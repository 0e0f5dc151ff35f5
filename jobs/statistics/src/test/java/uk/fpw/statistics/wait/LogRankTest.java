package uk.fpw.statistics.wait;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two groups, four groups, groups within strata. */
class LogRankTest {

    @ParameterizedTest
    @CsvSource({
        "aml, logrank, group",
        "lung, logrank, group",
        "veteran, logrank, group",
        "veteran, logrank_celltype, strat"
    })
    void testOfADatasetEqualsTheReference(String dataset, String test, String column) {
        JsonNode expected = Golden.json(dataset + "_expected.json").get(test);
        compare(
                dataset + " " + test,
                expected,
                LogRank.compare(groups(Golden.csv(dataset + ".csv"), expected, column)));
    }

    @Test
    void testWithinStrataEqualsTheReference() {
        JsonNode expected = Golden.json("veteran_expected.json").get("logrank_stratified_by_celltype");
        List<Map<String, String>> rows = Golden.csv("veteran.csv");
        List<List<LifeTable>> strata = rows.stream()
                .map(row -> Golden.field(row, "strat"))
                .distinct()
                .map(stratum -> groups(
                        rows.stream()
                                .filter(row -> Golden.field(row, "strat").equals(stratum))
                                .toList(),
                        expected,
                        "group"))
                .toList();
        compare("veteran within cell types", expected, LogRank.compareWithin(strata));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lifelines_rank_nocens", "lifelines_rank_cens", "freireich_6mp"})
    void testOfAnEdgeCaseEqualsTheReference(String name) {
        JsonNode expected = Golden.json("edge_cases_expected.json").get(name).get("logrank");
        List<Map<String, String>> rows = Golden.csv("edge_cases.csv").stream()
                .filter(row -> Golden.field(row, "case").equals(name))
                .toList();
        compare(name, expected, LogRank.compare(groups(rows, expected, "group")));
    }

    @Test
    void oneGroupHasNoTest() {
        LifeTable only = Observation.table(List.of(Observation.ofDays(0, 3, "done", 5)));
        LogRank.Result result = LogRank.compare(List.of(only));
        assertThat(result.chiSquare()).isNaN();
        assertThat(result.p()).isNaN();
        assertThat(result.degreesOfFreedom()).isZero();
    }

    private static List<LifeTable> groups(List<Map<String, String>> rows, JsonNode expected, String column) {
        return expected.get("groups")
                .valueStream()
                .map(group -> Golden.rightCensored(rows.stream()
                        .filter(row -> group.textValue().equals(labelled(expected, column, Golden.field(row, column))))
                        .toList()))
                .toList();
    }

    /** Some groups are labelled {@code column=value}, some by the value alone. */
    private static String labelled(JsonNode expected, String column, String value) {
        return expected.get("groups").get(0).textValue().contains("=") ? column + "=" + value : value;
    }

    private static void compare(String name, JsonNode expected, LogRank.Result actual) {
        SoftAssertions softly = new SoftAssertions();
        for (int g = 0; g < expected.get("groups").size(); g++) {
            String group = name + " " + expected.get("groups").get(g).textValue() + ": ";
            Golden.same(
                    softly,
                    group + "observed",
                    expected.get("observed").get(g).doubleValue(),
                    actual.observed().get(g));
            Golden.same(
                    softly,
                    group + "expected",
                    expected.get("expected").get(g).doubleValue(),
                    actual.expected().get(g));
            for (int h = 0; h < expected.get("groups").size(); h++) {
                Golden.same(
                        softly,
                        group + "variance[" + h + "]",
                        expected.get("variance").get(g).get(h).doubleValue(),
                        actual.variance().get(g).get(h));
            }
        }
        Golden.same(softly, name + ": chisq", expected.get("chisq").doubleValue(), actual.chiSquare());
        softly.assertThat(actual.degreesOfFreedom())
                .as(name + ": df")
                .isEqualTo(expected.get("df").intValue());
        Golden.same(softly, name + ": p", expected.get("p").doubleValue(), actual.p());
        softly.assertAll();
    }
}
