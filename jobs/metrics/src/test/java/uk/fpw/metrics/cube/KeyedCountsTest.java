package uk.fpw.metrics.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.fpw.metrics.series.QueueSpec;

class KeyedCountsTest {

    private static final long[] KEYS = {
        -17, -16, -1, 0, 15, 16, KeyedCounts.key(-1, -1), KeyedCounts.key(3, -40_000), KeyedCounts.key(3, 7)
    };

    @Test
    void keysAreCountedApartAndGoUpwards() {
        KeyedCounts counts = KeyedCounts.none();
        for (int i = KEYS.length; i > 0; i--) {
            counts.add(KEYS[i - 1], i);
        }
        assertThat(counts.get(-17)).isEqualTo(1);
        assertThat(counts.get(-16)).isEqualTo(2);
        assertThat(counts.get(-1)).isEqualTo(3 + 7); // which is also the key of -1 and -1
        assertThat(counts.get(0)).isEqualTo(4);
        assertThat(counts.get(1)).isZero();
        assertThat(counts.get(1_000)).isZero();
        assertThat(counts.keys())
                .containsExactly(-17, -16, -1, 0, 15, 16, KeyedCounts.key(3, 7), KeyedCounts.key(3, -40_000));
        assertThat(counts.before(16)).isEqualTo(1 + 2 + 10 + 4 + 5);
    }

    @Test
    void whatCameToNothingIsNoKeyAndBothPlacesAddUp() {
        KeyedCounts counts = KeyedCounts.none();
        counts.add(5, 2);
        counts.add(6, 1);
        KeyedCounts others = KeyedCounts.none();
        others.add(5, -2);
        others.add(900, 3);
        counts.addAll(others);
        assertThat(counts.keys()).containsExactly(6, 900);
        assertThat(others.keys()).containsExactly(5, 900);
        assertThatThrownBy(() -> counts.add(6, Integer.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void largestValueStays() {
        KeyedCounts maxima = KeyedCounts.noMaxima();
        maxima.max(4, -3);
        maxima.max(4, -5);
        KeyedCounts others = KeyedCounts.noMaxima();
        others.max(4, 0);
        others.max(20, -9);
        maxima.maxAll(others);
        assertThat(maxima.get(3)).isEqualTo(QueueSpec.NONE);
        assertThat(maxima.get(4)).isZero();
        assertThat(maxima.get(20)).isEqualTo(-9);
        assertThat(maxima.keys()).containsExactly(4, 20);
    }
}
