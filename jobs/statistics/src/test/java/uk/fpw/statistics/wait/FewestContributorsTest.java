package uk.fpw.statistics.wait;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FewestContributorsTest {

    @Test
    void testByContributorNeedsExitsOfBothGroups() {
        assertThat(FewestContributors.ofExits(75, true)).isNull();
        assertThat(FewestContributors.ofExits(74.96, true))
                .isEqualTo(
                        "too few: 74 exits expected of a group, fewer than 75, of cases or people with several items");
    }

    @Test
    void testOfItemsOfTheirOwnHoldsWithAnyNumberOfExits() {
        assertThat(FewestContributors.ofExits(2, false)).isNull();
    }
}
