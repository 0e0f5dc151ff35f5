package uk.fpw.metrics.pass;

import java.io.Serializable;
import java.util.List;
import uk.fpw.metrics.account.ExcludedItems;
import uk.fpw.metrics.account.RowCounts;
import uk.fpw.metrics.cube.ExcludedCounts;
import uk.fpw.metrics.cube.LateItems;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.metrics.table.TableFiles;

/**
 * The results of one task.
 *
 * @param blocks its spells, by the partition of their contributors
 * @param excluded for each queue, the excluded items
 * @param lateItems for each queue, the items that are late in it or in one of its stages
 * @param rows where the rows of the feeds went
 * @param kinds items excluded without a day, by kind
 * @param firstDay earliest day of a plausible event or of a judgement; {@link #NONE} if there is none
 * @param files files written for the tables of {@code core}
 */
record ItemCounts(
        List<SpellBlock> blocks,
        List<ExcludedCounts> excluded,
        List<LateItems> lateItems,
        RowCounts rows,
        ExcludedItems kinds,
        int firstDay,
        List<TableFiles.Written> files)
        implements Serializable {

    static final int NONE = Integer.MAX_VALUE;

    /** A copy without the spells, to be sent to the driver. */
    ItemCounts summary() {
        return new ItemCounts(List.of(), excluded, lateItems, rows, kinds, firstDay, files);
    }
}
