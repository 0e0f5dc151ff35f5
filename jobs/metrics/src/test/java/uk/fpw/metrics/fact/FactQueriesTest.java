package uk.fpw.metrics.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

class FactQueriesTest {

    private static List<String> named(String query) {
        return Models.marts().stream()
                .filter(mart -> FactQueries.names(query, mart))
                .map(Model::name)
                .toList();
    }

    @Test
    void martsAreFoundByTheirNamesHoweverTheQueryWritesThem() {
        assertThat(named("select max(waiting_count) as value from queue_daily")).containsExactly("queue_daily");
        assertThat(named("with q as (select * from `Queue_Weekly`) select (select max(share) "
                        + "from\nGRADING_SHARE) as value from q"))
                .containsExactly("queue_weekly", "grading_share");
        assertThat(named("select 1 as value from my_queue_daily")).isEmpty();
    }
}
