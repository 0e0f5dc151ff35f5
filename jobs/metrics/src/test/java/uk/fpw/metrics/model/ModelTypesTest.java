package uk.fpw.metrics.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

class ModelTypesTest {

    @Test
    void everyColumnOfEveryModelHasATypeInSparkAndInIceberg() {
        for (Model model : Models.all()) {
            for (Model.Column column : model.columns()) {
                assertThat(ModelTypes.spark(column.type()))
                        .as(model.table() + "." + column.name())
                        .isNotNull();
                assertThat(ModelTypes.iceberg(column.type()))
                        .as(model.table() + "." + column.name())
                        .isNotNull();
            }
        }
    }

    @Test
    void everyModelAndEveryViewHasItsQuery() {
        assertThat(Models.all())
                .allSatisfy(model -> assertThat(model.sql()).as(model.table()).isNotBlank());
        assertThat(Models.views()).allSatisfy(view -> {
            assertThat(view.sql()).as(view.name()).isNotBlank();
            assertThat(Models.all()).extracting(Model::table).contains(view.before());
        });
    }
}
