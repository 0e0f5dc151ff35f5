package uk.fpw.warehouse.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import uk.fpw.model.Models;

class PublishedViewTest {

    /** Java orders a set of two differently in every second process. */
    @Test
    void textIsTheSameInEveryOrderOfWhatIsRead() {
        PublishedView view = reading("mart_rows.dim_date", "mart_rows.figure_change");

        assertThat(reading("mart_rows.figure_change", "mart_rows.dim_date")).hasToString(view.toString());
    }

    /** Views are read with the rights of their owner, so one that reads such a table would open it to everybody. */
    @Test
    void noViewForToolsReadsATableOfSingleCases() {
        List<PublishedView> views = PublishedViews.of(Models.marts(), Models.toolViews());
        Set<String> closed = new TreeSet<>();
        Models.marts().stream().filter(mart -> !mart.isOpen()).forEach(mart -> {
            closed.add("mart_rows." + mart.name());
            closed.add("mart." + mart.name());
            closed.add("mart_releases." + mart.name());
        });

        assertThat(closed).contains("mart.case_clock");
        assertThat(views).filteredOn(PublishedView::isOpen).allSatisfy(view -> assertThat(view.reads())
                .as(view.qualifiedName())
                .doesNotContainAnyElementsOf(closed));
    }

    /** An old name with other columns would break the charts that read it. */
    @Test
    void noViewHasTheOldNameOfAnother() {
        assertThat(PublishedViews.of(Models.marts(), Models.toolViews()))
                .extracting(PublishedView::qualifiedName)
                .doesNotHaveDuplicates()
                .contains("bi.flows", "bi.queue_monthly", "bi_detail.queue_monthly", "bi_releases.queue_monthly");
    }

    private static PublishedView reading(String... reads) {
        return new PublishedView(
                "mart_releases", "figure_change", "", List.of(), "", new LinkedHashSet<>(List.of(reads)), true, false);
    }
}
