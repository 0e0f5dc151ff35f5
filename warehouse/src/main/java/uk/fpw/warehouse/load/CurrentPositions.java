package uk.fpw.warehouse.load;

import java.io.IOException;
import java.util.BitSet;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Where the rows of keys are in the files of branch {@code current}. */
final class CurrentPositions {

    /** Up to so many buckets files and row groups are looked up by them; beyond, hardly any could be passed over. */
    private static final int MOST_BUCKETS = 32;

    private final Table table;

    /** The positions as of the branch's head. */
    CurrentPositions(Table table) {
        this.table = table;
    }

    /** Takes a file of the branch, and the position of a row in it. */
    @FunctionalInterface
    interface Visitor {
        void visit(FileScanTask file, long position);
    }

    /** Visits the current row of each of the keys that has one; reads nothing but keys. */
    void forEach(SupersededKeys keys, Visitor visitor) throws IOException {
        boolean isFiltered = isFiltered(keys.buckets());
        RowPositions rows = isFiltered
                ? new RowPositions(table, FeedTables.KEY, FeedTables.BUCKET)
                : new RowPositions(table, FeedTables.KEY);
        Expression filter = inBuckets(keys.buckets());
        for (FileScanTask file :
                RowPositions.files(table.newScan().useRef(CurrentBranch.NAME).filter(filter))) {
            rows.forEach(file, filter, (row, position) -> {
                if (keys.contains(String.valueOf(row.get(0)))) {
                    visitor.visit(file, position);
                }
            });
        }
    }

    /** Passes over files and row groups that hold no key of these buckets, where there are so few that some can be passed over. What is read then has the column of the bucket. */
    static Expression inBuckets(BitSet buckets) {
        return isFiltered(buckets)
                ? Expressions.or(
                        Expressions.isNull(FeedTables.BUCKET),
                        Expressions.in(
                                FeedTables.BUCKET, buckets.stream().boxed().toList()))
                : Expressions.alwaysTrue();
    }

    private static boolean isFiltered(BitSet buckets) {
        return buckets.cardinality() <= MOST_BUCKETS;
    }
}
