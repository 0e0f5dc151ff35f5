package uk.fpw.warehouse.store.load.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

class KeyIndexTest {

    @Test
    void everyKeyIsFoundAgainAfterTheIndexHasGrown() {
        KeyIndex index = new KeyIndex(memory(512), 0);
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
        KeyIndex index = new KeyIndex(memory(512), 0);
        index.put("A", 1, 2);
        index.put("A", 3, 4);
        index.second(index.find("A"), 5);
        assertThat(index.size()).isEqualTo(1);
        assertThat(index.first(index.find("A"))).isEqualTo(3);
        assertThat(index.second(index.find("A"))).isEqualTo(5);
    }

    @Test
    void indexThatDoesNotFitTheHeapIsRefusedWithTheSettingToRaise() {
        assertThatThrownBy(() -> new KeyIndex(memory(512), 10_000_000))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("feed devices: an index of 10,000,000 keys needs 512 MB, but of the heap of 512 MB "
                        + "the indexes of a feed may use 307 MB;"
                        + " nothing was loaded and nothing is lost; run again with a larger heap: set "
                        + "FPW_JAVA_OPTS=-Xmx1024m");
    }

    @Test
    void indexesOfOneLoadAreCountedTogetherUntilTheyAreReleased() {
        IndexMemory memory = memory(4);
        KeyIndex first = new KeyIndex(memory, 20_000);
        for (int number = 0; number < 20_000; number++) {
            first.put("key " + number, 0, 0);
        }
        assertThatThrownBy(() -> new KeyIndex(memory, 50_000))
                .hasMessage("feed devices: an index of 50,000 keys needs 4 MB, but of the heap of 4 MB the "
                        + "indexes of a feed may use 2 MB, of which 1 MB are in use;"
                        + " nothing was loaded and nothing is lost; run again with a larger heap: set "
                        + "FPW_JAVA_OPTS=-Xmx512m");
        // While growing, the new table is needed in addition to the old one.
        assertThatThrownBy(() -> first.reserve(40_000)).hasMessageStartingWith("feed devices: an index of 40,000 keys");
        assertThat(first.find("key 19999")).isNotNegative();

        first.release();

        assertThat(new KeyIndex(memory, 40_000).size()).isZero();
    }

    private static IndexMemory memory(long heapMegabytes) {
        return new IndexMemory("devices", new IndexMemory.Limit(heapMegabytes << 20));
    }
}
