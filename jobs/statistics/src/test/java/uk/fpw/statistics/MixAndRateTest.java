package uk.fpw.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.statistics.MixAndRate.Group;

/** Parts of the change of a share; the fractions were computed exactly by another program. */
class MixAndRateTest {

    private static final double EXACT = 1e-15;

    @Test
    void partsOfGroupsThatGrowShrinkComeAndGo() {
        List<MixAndRate> parts = MixAndRate.of(List.of(
                new Group(10, 100, 30, 200),
                new Group(60, 100, 30, 50),
                new Group(0, 0, 5, 10),
                new Group(4, 8, 0, 0),
                new Group(0, 0, 0, 0)));

        assertPart(parts.get(0), -555.0 / 10816, 1.0 / 32);
        assertPart(parts.get(1), -927.0 / 10816, 0);
        assertPart(parts.get(2), 41.0 / 5408, 0);
        assertPart(parts.get(3), -41.0 / 5408, 0);
        assertPart(parts.get(4), 0, 0);
        // 68 of 260 less 74 of 208
        assertThat(parts.stream().mapToDouble(part -> part.mix() + part.rate()).sum())
                .isCloseTo(-11.0 / 104, within(EXACT));
    }

    private static void assertPart(MixAndRate part, double mix, double rate) {
        assertThat(part.mix()).isCloseTo(mix, within(EXACT));
        assertThat(part.rate()).isCloseTo(rate, within(EXACT));
    }

    @Test
    void growthOfAGroupWithTheShareOfTheWholeIsNoPart() {
        List<MixAndRate> parts = MixAndRate.of(List.of(new Group(1, 10, 5, 50), new Group(9, 90, 5, 50)));
        assertThat(parts).allSatisfy(part -> {
            assertThat(part.mix()).isCloseTo(0, within(EXACT));
            assertThat(part.rate()).isCloseTo(0, within(EXACT));
        });
    }

    @Test
    void aWholeThatIsEmptyHasNoShareToSplit() {
        assertThatThrownBy(() -> MixAndRate.of(List.of(new Group(0, 0, 1, 2))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
