package uk.fpw.statistics.wait;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two groups, with what is said where there is no test. The first test is the example of docs/methods.md. */
class ComparedGroupTest {

    private static ComparedGroup group(String name, Observation... observations) {
        LifeTable table = Observation.table(List.of(observations));
        return new ComparedGroup(name, table, Map.of("", table));
    }

    private static Observation left(int day, long count) {
        return Observation.ofDays(0, day, "done", count);
    }

    @Test
    void countedByHand() {
        // day 1: 2 of 8 leave, 4 of the 8 are of the first group: expected 1,   variance 2*6/7*(4/8)*(4/8) = 3/7
        // day 2: 1 of 6 leaves, 2 of the 6:                      expected 1/3, variance 1*5/5*(2/6)*(4/6) = 2/9
        // day 3: 2 of 5 leave, 1 of the 5:                       expected 2/5, variance 2*3/4*(1/5)*(4/5) = 6/25
        // later only the second group is at risk. (4 - 26/15)^2 / (3/7 + 2/9 + 6/25) = 8092/1403
        ComparedGroup.Test test = group("before", left(1, 2), left(2, 1), left(3, 1))
                .compareWith(group("after", left(3, 1), left(4, 1), left(5, 1), left(6, 1)));

        assertThat(test.firstExpected()).isCloseTo(26.0 / 15, within(1e-12));
        assertThat(test.secondExpected()).isCloseTo(94.0 / 15, within(1e-12));
        assertThat(test.chiSquare()).isCloseTo(8092.0 / 1403, within(1e-12));
        assertThat(test.comparedToDays()).isEqualTo(3);
        assertThat(test.status()).isEqualTo("fewer than 5 exits expected of a group: p is rough");
    }

    /** Of two equal groups, half of all exits are expected of each. */
    @ParameterizedTest
    @CsvSource({"4, fewer than 5 exits expected of a group: p is rough", "5, ok"})
    void fiveExitsExpectedOfAGroupAreEnough(long exits, String status) {
        Observation waiting = Observation.ofDays(0, 2, null, 1);
        ComparedGroup.Test test =
                group("before", left(1, exits), waiting).compareWith(group("after", left(1, exits), waiting));

        assertThat(test.firstExpected()).isEqualTo((double) exits);
        assertThat(test.secondExpected()).isEqualTo((double) exits);
        assertThat(test.status()).isEqualTo(status);
    }

    /** Reference: mpmath 1.3, log10(erfc(sqrt(x / 2))) with 50 digits. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "0.001, -0.011096562482616878",
        "1, -0.4985155458279893",
        "3.841458820694124, -1.3010299956639807",
        "5.767640769779045, -1.7871751432970902",
        "45.5, -10.816334974097635",
        "200, -44.680168102309055",
        "1500, -327.40725604416649",
        "30000, -6516.7538635899289"
    })
    void logarithmOfPAlsoWhereNoDoubleIsSoSmall(double chiSquare, double log10P) {
        assertThat(LogRank.log10P(chiSquare)).isCloseTo(log10P, within(1e-12 + 1e-12 * Math.abs(log10P)));
    }

    @Test
    void withoutItemsExitsOrDaysInCommonThereIsAReason() {
        ComparedGroup none = group("2014/15");
        ComparedGroup waiting = group("2015/16", Observation.ofDays(0, 9, null, 3));
        ComparedGroup early = group("early", left(1, 5));
        ComparedGroup late = group("late", Observation.ofDays(5, 9, "done", 5));

        assertThat(none.compareWith(waiting))
                .isEqualTo(new ComparedGroup.Test(null, null, null, null, null, "no items in 2014/15"));
        assertThat(none.compareWith(none).status()).isEqualTo("no items in 2014/15 and 2014/15");
        assertThat(waiting.compareWith(group("2016/17", left(3, 2))))
                .isEqualTo(new ComparedGroup.Test(null, null, null, null, 3, "too few have left: 2"));
        assertThat(early.compareWith(late))
                .as("at risk on days 0 to 1, and 5 to 9")
                .isEqualTo(new ComparedGroup.Test(
                        null,
                        null,
                        null,
                        null,
                        null,
                        "on no day of their wait were items of both at risk while only some of them left"));
        ComparedGroup both = group("both", left(1, 5), Observation.ofDays(7, 8, "done", 5));
        assertThat(both.compareWith(group("late", Observation.ofDays(2, 5, "done", 5), left(0, 1)))
                        .comparedToDays())
                .as("the one on days 0 to 1 and 7 to 8, the other on days 0 and 2 to 5")
                .isZero();
    }

    @Test
    void groupsAreComparedWithinStrata() {
        LifeTable fast = Observation.table(List.of(left(1, 10), left(2, 10)));
        LifeTable slow = Observation.table(List.of(left(50, 10), left(60, 10)));
        LifeTable both = Observation.table(List.of(left(1, 10), left(2, 10), left(50, 10), left(60, 10)));
        ComparedGroup mixed = new ComparedGroup("mixed", both, Map.of("phone", fast, "computer", slow));
        ComparedGroup phones = new ComparedGroup("phones", fast, Map.of("phone", fast));

        // phones alone look faster than a mix with computers, but not within phones
        assertThat(group("a", left(1, 10), left(2, 10))
                        .compareWith(group("b", left(1, 10), left(2, 10), left(50, 10), left(60, 10)))
                        .chiSquare())
                .isGreaterThan(10);
        assertThat(phones.compareWith(mixed).chiSquare()).isCloseTo(0, within(1e-12));
        assertThat(phones.compareWith(mixed).firstExpected()).isEqualTo(20);
        assertThat(phones.compareWith(mixed).comparedToDays()).isEqualTo(2);
        ComparedGroup computers = new ComparedGroup("computers", slow, Map.of("computer", slow));
        assertThat(phones.compareWith(computers).comparedToDays())
                .as("on days 0 to 2 both are at risk, but not of one type")
                .isNull();
    }

    /**
     * Reference: R 4.2.2, survival 3.5-3, {@code survdiff}; the logarithm of the ratio is also the coefficient of
     * {@code coxph(..., iter.max = 1)}.
     */
    @Test
    void ratioOfTheRatesOfLeavingIsThatOfTheReference() {
        ComparedGroup first = group(
                "first",
                left(1, 1),
                left(3, 1),
                left(5, 1),
                Observation.ofDays(0, 8, null, 1),
                left(13, 1),
                left(21, 1),
                left(34, 1));
        ComparedGroup second = group(
                "second",
                left(2, 1),
                left(4, 1),
                left(7, 1),
                left(9, 1),
                left(11, 1),
                Observation.ofDays(0, 12, null, 1),
                left(30, 1));
        ComparedGroup.LeavingRatio ratio = requireNonNull(first.leavingRatio(second, null));
        assertThat(ratio.ratio()).isCloseTo(1.305425824358105, within(1e-9));
        assertThat(ratio.low()).isCloseTo(0.391439519759752, within(1e-9));
        assertThat(ratio.high()).isCloseTo(4.353511837402003, within(1e-9));
        assertThat(ratio.standardError()).isCloseTo(0.614528408734913, within(1e-9));
        assertThat(group("none").leavingRatio(second, null)).isNull();
    }
}
