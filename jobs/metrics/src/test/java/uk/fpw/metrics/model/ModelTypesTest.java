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
                assertThat(ModelTypes.iceberg(column.type(), 1))
                        .as(model.table() + "." + column.name())
                        .isNotNull();
            }
        }
    }
}
