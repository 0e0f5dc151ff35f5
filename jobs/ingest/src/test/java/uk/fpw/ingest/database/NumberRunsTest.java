package uk.fpw.ingest.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.source.CursorRow;
import uk.fpw.ingest.source.Gap;

class NumberRunsTest {

    @Test
    void orderDoesNotMatter() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            Long known = round % 3 == 0 ? null : (long) random.nextInt(60);
            List<Long> values =
                    random.longs(1 + random.nextInt(12), 0, 100).boxed().toList();
            NumberRuns runs = runs(known, values);
            List<Long> shuffled = new ArrayList<>(values);
            Collections.shuffle(shuffled, random);
            NumberRuns others = runs(known, shuffled);
            assertThat(others.highest()).as("%s of %s", known, values).isEqualTo(highest(known, values));
            assertThat(others.gap()).isEqualTo(gap(known, values));
            assertThat(others.latestRows()).isEqualTo(runs.latestRows());
        }
    }

    @Test
    void highestRowsAreRemembered() {
        List<Long> values =
                new ArrayList<>(LongStream.rangeClosed(1, 300).boxed().toList());
        values.add(400L);
        Collections.shuffle(values, new Random(1));

        assertThat(runs(null, values).latestRows())
                .hasSize(100)
                .startsWith(new CursorRow("key 201", "201"))
                .endsWith(new CursorRow("key 300", "300"));
    }

    @Test
    void keyThatComesOftenIsRememberedOnce() {
        NumberRuns runs = new NumberRuns(null, 10);
        for (long value = 1; value <= 300; value++) {
            runs.see(value);
            runs.key(value, value > 150 ? "often" : "key " + value);
        }
        assertThat(runs.latestRows())
                .hasSize(100)
                .startsWith(new CursorRow("key 52", "52"))
                .endsWith(new CursorRow("often", "300"));
    }

    @Test
    void watermarkStaysBelowWhatCannotBeToldApart() {
        NumberRuns runs = new NumberRuns(null, 10);
        for (long value = 300_000; value > 0; value--) {
            runs.see(value * 100);
        }
        assertThat(runs.highest()).isEqualTo(100);
        assertThat(runs.gap()).isEqualTo(new Gap(100, 200, 299_999));
    }

    @Test
    void namedRowsOfAllRunsAreBounded() {
        NumberRuns runs = new NumberRuns(null, 10);
        for (long run = 1; run <= 3000; run++) {
            for (long value = run * 10_000; value < run * 10_000 + 100; value++) {
                runs.see(value);
                runs.key(value, "key " + value);
            }
        }
        assertThat(runs.highest()).isEqualTo(10_099);
        assertThat(runs.latestRows()).hasSize(100).endsWith(new CursorRow("key 10099", "10099"));
        assertThat(runs.gap()).isEqualTo(new Gap(10_099, 20_000, 299_900));
    }

    private static NumberRuns runs(@Nullable Long known, List<Long> values) {
        NumberRuns runs = new NumberRuns(known, 10);
        for (long value : values) {
            runs.see(value);
            runs.key(value, "key " + value);
        }
        return runs;
    }

    /** One after the other in their order, as long as none is more than ten above the one before, or what was known. */
    private static @Nullable Long highest(@Nullable Long known, List<Long> values) {
        Long reached = known;
        Long highest = null;
        for (long value : values.stream().sorted().toList()) {
            if (reached != null && value > reached + 10) {
                break;
            }
            reached = reached == null ? value : Math.max(reached, value);
            highest = value;
        }
        return highest;
    }

    private static @Nullable Gap gap(@Nullable Long known, List<Long> values) {
        Long highest = highest(known, values);
        long reached = highest == null || (known != null && known > highest) ? (known == null ? 0 : known) : highest;
        List<Long> above =
                values.stream().filter(value -> value > reached).sorted().toList();
        return above.isEmpty() ? null : new Gap(reached, above.get(0), above.size());
    }
}
