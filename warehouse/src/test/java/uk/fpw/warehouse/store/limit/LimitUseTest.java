package uk.fpw.warehouse.store.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitUseTest {

    @Test
    void shareOfALargeTotalIsTheLimit() {
        assertThat(LimitUse.of("devices", "deleted", 150, 20, 0.3, 1000))
                .isEqualTo(new LimitUse("devices", "deleted", 150, 300))
                .extracting(LimitUse::ratio)
                .isEqualTo(0.5);
    }

    @Test
    void smallTotalHasTheLeastCountAsItsLimit() {
        assertThat(LimitUse.of("devices", "deleted", 5, 20, 0.3, 10))
                .isEqualTo(new LimitUse("devices", "deleted", 5, 20))
                .extracting(LimitUse::ratio)
                .isEqualTo(0.25);
    }

    @Test
    void limitThatIsOffOrHasNothingToCompareWithHasNoUse() {
        assertThat(LimitUse.of("devices", "deleted", 5, 20, 1, 10)).isNull();
        assertThat(LimitUse.of("devices", "deleted", 0, 20, 0.3, 0)).isNull();
    }

    @Test
    void limitThatAllowsNothingIsReachedByTheFirst() {
        assertThat(LimitUse.of("devices", "empty_keys", 1, 0, 0, 10))
                .isEqualTo(new LimitUse("devices", "empty_keys", 1, 1));
    }
}
