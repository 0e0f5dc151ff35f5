package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.metrics.series.QueueSpec;

/** Random spells counted into cubes in one part or in several give the same rows. */
class SeriesPartsTest extends SeriesFiguresTesting {

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void partsAddUpHoweverTheyAreDivided(long seed) {
        QueueSpec queue = queue(QueueSpec.NONE);
        List<Counted> spells = spells(new Random(seed), queue);
        Map<String, List<Map<String, Object>>> whole = rows(spells, queue, 1);

        assertThat(rows(spells, queue, 7)).isEqualTo(whole);
    }
}
