package uk.fpw.ingest.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.source.CursorRow;

class LatestRowsTest {

    @Test
    void keysWithTheHighestCursorsAreRememberedHoweverTheyCome() {
        Random random = new Random(3);
        for (int round = 0; round < 20; round++) {
            int cursors = round % 4 == 0 ? 3 : 100_000;
            LatestRows all = new LatestRows();
            LatestRows first = new LatestRows();
            LatestRows second = new LatestRows();
            Map<String, Long> highest = new HashMap<>();
            for (int row = 0; row < 4 * LatestRows.MAX_GATHERED; row++) {
                long cursor = random.nextInt(cursors);
                String key = "key " + random.nextInt(3000);
                all.add(cursor, key);
                (random.nextBoolean() ? first : second).add(cursor, key);
                highest.merge(key, cursor, Math::max);
            }
            first.addAll(second);
            List<CursorRow> expected = highest.entrySet().stream()
                    .sorted(Comparator.comparing((Map.Entry<String, Long> row) -> row.getValue())
                            .thenComparing(Map.Entry::getKey))
                    .skip(highest.size() - 100)
                    .map(row -> new CursorRow(row.getKey(), row.getValue().toString()))
                    .toList();
            assertThat(all.ascending()).isEqualTo(expected);
            assertThat(first.ascending()).isEqualTo(expected);
        }
    }
}
