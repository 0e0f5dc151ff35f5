package uk.fpw.metrics.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.warehouse.force.fact.Fact;

/** Verdicts on published figures; the window is November 2014 unless said otherwise. */
@Tag("time-zone")
class FactVerdictTest {

    private static final LocalDate LATER = LocalDate.of(2015, 12, 31);

    private static Fact fact(Fact.Operator operator, double from, double to, boolean byConstruction) {
        return new Fact(
                "a_fact",
                "as quoted",
                operator,
                from,
                to,
                0.1,
                "computers",
                LocalDate.of(2014, 11, 1),
                LocalDate.of(2014, 11, 30),
                null,
                "a population",
                "a definition",
                1,
                "a source",
                byConstruction,
                null,
                "select 1 as value",
                null);
    }

    private static Fact.Operator operator(String sign) {
        return Arrays.stream(Fact.Operator.values())
                .filter(operator -> operator.sign().equals(sign))
                .findFirst()
                .orElseThrow();
    }

    private static List<@Nullable Double> values(String text) {
        List<@Nullable Double> values = new ArrayList<>();
        for (String value : text.split(" ", -1)) {
            values.add(value.equals("null") ? null : Double.valueOf(value));
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # operator | from | to  | ours             | verdict      | our value | difference | reason
            =          | 142  | 142 | 139 142 150      | equal        | 142       | 0          | the closest of our 3 \
            values is 142, as published
            =          | 142  | 142 | 139 142 null     | equal        | 142       | 0          | the closest of our 2 \
            values is 142, as published
            =          | 142  | 142 | 139 150          | differs by   | 139       | -3         | the closest of our 2 \
            values is 139, which does not meet '142'
            =          | 0.3  | 0.3 | 0.30000000000001 | equal        | 0.30000000000001 | 0   | ours is 0.3, as \
            published
            =          | 65   | 74  | 12 70 71         | within bound | 70        | 0          | the closest of our 3 \
            values is 70, which meets '65 to 74'
            =          | 65   | 74  | 74               | within bound | 74        | 0          | ours is 74, which \
            meets '65 to 74'
            =          | 65   | 74  | 80 60            | differs by   | 60        | -5         | the closest of our 2 \
            values is 60, which does not meet '65 to 74'
            >          | 200  | 200 | 5 201 260        | within bound | 201       | 0          | the closest of our 3 \
            values is 201, which meets 'more than 200'
            >          | 200  | 200 | 200              | differs by   | 200       | 0          | ours is 200, which \
            does not meet 'more than 200'
            >=         | 8    | 8   | 8                | equal        | 8         | 0          | ours is 8, as published
            >=         | 8    | 8   | 7 9.5            | within bound | 9.5       | 0          | the closest of our 2 \
            values is 9.5, which meets 'at least 8'
            >=         | 8    | 8   | 6                | differs by   | 6         | -2         | ours is 6, which does \
            not meet 'at least 8'
            <          | 0.5  | 0.5 | 0.485714285714   | within bound | 0.485714285714 | 0     | ours is 0.485714, \
            which meets 'less than 0.5'
            <          | 0.5  | 0.5 | 0.5              | differs by   | 0.5       | 0          | ours is 0.5, which \
            does not meet 'less than 0.5'
            about      | 70   | 70  | 64               | within bound | 64        | 0          | ours is 64, which \
            meets 'about 70' (63 to 77)
            about      | 70   | 70  | 70               | equal        | 70        | 0          | ours is 70, as \
            published
            about      | 70   | 70  | 80               | differs by   | 80        | 3          | ours is 80, which \
            does not meet 'about 70' (63 to 77)
            about      | 137  | 168 | 150              | within bound | 150       | 0          | ours is 150, which \
            meets 'about 137 to 168'
            """)
    void verdictFollowsTheWords(
            String sign,
            double from,
            double to,
            String ours,
            String verdict,
            double ourValue,
            double difference,
            String reason) {
        FactVerdict found = FactVerdict.of(fact(operator(sign), from, to, false), LATER, values(ours));

        List<Double> known =
                values(ours).stream().filter(value -> value != null).sorted().toList();
        assertThat(found)
                .isEqualTo(new FactVerdict(
                        verdict,
                        ourValue,
                        known.get(0),
                        known.get(known.size() - 1),
                        known.size(),
                        difference,
                        reason));
    }

    @Test
    void whatIsNotMetByTheKnownValuesIsNotComparableWhileOthersAreUnknown() {
        assertThat(FactVerdict.of(fact(Fact.Operator.EXACTLY, 142, 142, false), LATER, values("139 150 null null"))
                        .reason())
                .startsWith("no known value meets the words, but 2 of 4 for ")
                .endsWith(" are not known");
    }

    @Test
    void aMatchOfDataThatWasMadeToMatchSaysSoAndAMismatchDiffers() {
        Fact made = fact(Fact.Operator.EXACTLY, 142, 142, true);

        assertThat(FactVerdict.of(made, LATER, List.of(142.0)))
                .isEqualTo(new FactVerdict(
                        "by construction",
                        142.0,
                        142.0,
                        142.0,
                        1,
                        0.0,
                        "ours is 142, which meets '142'; the data was made to match, so that this proves nothing"));
        assertThat(FactVerdict.of(made, LATER, List.of(141.0)).verdict()).isEqualTo("differs by");
    }

    @Test
    void aWindowAfterTheBusinessDateIsNotComparableAndOneThatIsNotOverSaysSo() {
        Fact fact = fact(Fact.Operator.EXACTLY, 142, 142, false);

        assertThat(FactVerdict.of(fact, LocalDate.of(2014, 10, 31), List.of(142.0)))
                .isEqualTo(new FactVerdict(
                        "not comparable",
                        null,
                        null,
                        null,
                        0,
                        null,
                        "the words speak of 2014-11-01 to 2014-11-30, and our data ends on 2014-10-31"));
        assertThat(FactVerdict.of(fact, LocalDate.of(2014, 11, 10), List.of(139.0))
                        .reason())
                .isEqualTo("ours is 139, which does not meet '142'; the window ends on 2014-11-30, and our data on "
                        + "2014-11-10");
    }

    @Test
    void aFigureThatOurDataDoesNotHaveIsNotComparable() {
        Fact fact = fact(Fact.Operator.EXACTLY, 142, 142, true);

        assertThat(FactVerdict.of(fact, LATER, List.of()).reason())
                .isEqualTo("our data has no such figure for 2014-11-01 to 2014-11-30");
        assertThat(FactVerdict.of(fact, LATER, values("null null")))
                .isEqualTo(new FactVerdict(
                        "not comparable",
                        null,
                        null,
                        null,
                        0,
                        null,
                        "our data has such a figure for 2014-11-01 to 2014-11-30, but its value is not known"));
    }

    @Test
    void aReasonNotToCompareIsTheVerdict() {
        Fact other = new Fact(
                "a_fact",
                "as quoted",
                Fact.Operator.EXACTLY,
                1,
                1,
                0.1,
                "computers",
                LATER,
                LATER,
                null,
                "a population",
                "a definition",
                1,
                "a source",
                false,
                "another definition",
                null,
                null);

        assertThat(FactVerdict.of(other, LATER, List.of()))
                .isEqualTo(new FactVerdict("not comparable", null, null, null, 0, null, "another definition"));
    }
}
