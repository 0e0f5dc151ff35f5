package uk.fpw.warehouse.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedViewTest {

    /** Java orders a set of two differently in every second process. */
    @Test
    void textIsTheSameInEveryOrderOfWhatIsRead() {
        PublishedView view = reading("mart_rows.dim_date", "mart_rows.figure_change");

        assertThat(reading("mart_rows.figure_change", "mart_rows.dim_date")).hasToString(view.toString());
    }

    private static PublishedView reading(String... reads) {
        return new PublishedView(
                "mart_releases", "figure_change", "", List.of(), "", new LinkedHashSet<>(List.of(reads)), true);
    }
}
