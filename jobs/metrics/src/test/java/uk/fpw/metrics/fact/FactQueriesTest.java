package uk.fpw.metrics.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.fact.Fact;

class FactQueriesTest {

    private static List<String> named(String query) {
        Fact one = ForceFolder.read(Path.of("src", "test", "resources", "gradings"))
                .facts()
                .get(0);
        Fact fact = new Fact(
                one.name(),
                one.quote(),
                one.operator(),
                one.from(),
                one.to(),
                one.aboutShare(),
                one.unit(),
                one.asOfFrom(),
                one.asOfTo(),
                one.clockStart(),
                one.population(),
                one.definition(),
                one.bodies(),
                one.source(),
                one.byConstruction(),
                null,
                query);
        return Models.marts().stream()
                .filter(mart -> FactQueries.names(fact, mart))
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
