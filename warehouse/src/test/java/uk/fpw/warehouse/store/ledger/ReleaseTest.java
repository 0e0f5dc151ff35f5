package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseTest {

    @Test
    void digestIsThatOfTheSortedTablesWhateverTheirOrderAndSnapshots() {
        Release.Table spells = new Release.Table("core.spell", 1, 10, "aa");
        Release.Table days = new Release.Table("mart.queue_daily", 2, 20, "bb");
        Release.Table daysWrittenAgain = new Release.Table("mart.queue_daily", 3, 20, "bb");

        // printf 'core.spell:aa\nmart.queue_daily:bb\n' | sha256sum
        String expected = "8b0d5612b03eb9da53697b2d572e18247b6edc8789e941ccb9514863c1246589";
        assertThat(Release.digestOf(List.of(spells, days))).isEqualTo(expected);
        assertThat(Release.digestOf(List.of(daysWrittenAgain, spells))).isEqualTo(expected);
    }
}
