package uk.fpw.metrics.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.store.catalog.ModelSchema;

class ModelTypesTest {

    @Test
    void everyColumnOfEveryModelHasATypeInSparkAndInIceberg() {
        for (Model model : Models.all()) {
            for (Model.Column column : model.columns()) {
                assertThat(ModelTypes.spark(column.type()))
                        .as(model.table() + "." + column.name())
                        .isNotNull();
            }
            assertThat(ModelSchema.of(model).columns())
                    .extracting(Types.NestedField::name)
                    .isEqualTo(model.columnNames());
        }
    }
}
