package uk.fpw.ingest.extract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.load.row.RowVersion;

class ItemSpellingsTest {

    @Test
    void itemsThatDifferInBlanksAndCapitalsAreCountedBeyondTheFirst() {
        assertThat(spellings(1 << 19, "DFU/1", "dfu/1", "DFU/2", "DFU/ 2", "DFU /3", "dfu\u00a0/3", "Dfu  /3", "DFU/4")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void itemOfSeveralRowsIsOne() {
        assertThat(spellings(1 << 19, "DFU/1", "dfu/1", "DFU/1", "dfu/1", "DFU/2", "DFU/2")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void rangesOfOneSourceAreCountedTogether() {
        ItemSpellings all = spellings(1 << 19, "DFU/1", "DFU/2", "dfu/2");
        all.include(spellings(1 << 19, "dfu/1", "DFU/2", "Dfu/2", "DFU/3"));

        assertThat(all.count()).isEqualTo(3);
    }

    /** One in ten of 20,000, with only about 1,000 kept. */
    @Test
    void veryManyItemsAreSampled() {
        String[] items = new String[22_000];
        for (int item = 0; item < 20_000; item++) {
            items[item] = "DFU/" + item;
        }
        for (int item = 0; item < 2_000; item++) {
            items[20_000 + item] = "dfu/" + 10 * item;
        }

        assertThat(spellings(1_000, items).count()).isBetween(1_500L, 2_500L);
    }

    private static ItemSpellings spellings(int most, String... items) {
        Feed feed = new Feed(
                "devices",
                "dfu",
                "",
                new Feed.Input("drop", new Origin.DatabaseRows("devices", null, null, null), Feed.Extract.FULL),
                new Feed.Rows(
                        List.of(new Feed.Column(
                                "exhibit",
                                "exhibit",
                                Feed.Type.TEXT,
                                Feed.TextFormat.PLAIN,
                                true,
                                Feed.Privacy.PSEUDONYMISE,
                                "")),
                        List.of("exhibit"),
                        Set.of(),
                        "exhibit",
                        null),
                FeedLimits.atLeast(0));
        ItemSpellings spellings = requireNonNull(ItemSpellings.of(feed, most));
        for (String item : items) {
            spellings.add(row(item), new RowVersion(item, item, "", 1L, null, List.of(item)));
        }
        return spellings;
    }

    private static SourceRow row(String item) {
        return new SourceRow(1, 1, List.of(item), 0, false);
    }
}
