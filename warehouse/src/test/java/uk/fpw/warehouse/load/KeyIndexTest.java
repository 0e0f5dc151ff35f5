package uk.fpw.warehouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

    @Test
    void everyKeyIsFoundAgainAfterTheIndexHasGrown() {
        KeyIndex index = new KeyIndex();
        for (int number = 0; number < 100_000; number++) {
            index.put("key " + number, number, -number);
        }
        Set<Integer> wrong = new HashSet<>();
        for (int number = 0; number < 100_000; number++) {
            int place = index.find("key " + number);
            if (place < 0 || index.first(place) != number || index.second(place) != -number) {
                wrong.add(number);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(index.size()).isEqualTo(100_000);
        assertThat(index.find("key 100000")).isEqualTo(-1);
    }

    @Test
    void keyPutAgainHasItsNewNumbers() {
        KeyIndex index = new KeyIndex();
        index.put("A", 1, 2);
        index.put("A", 3, 4);
        index.second(index.find("A"), 5);
        assertThat(index.size()).isEqualTo(1);
        assertThat(index.first(index.find("A"))).isEqualTo(3);
        assertThat(index.second(index.find("A"))).isEqualTo(5);
    }
}
