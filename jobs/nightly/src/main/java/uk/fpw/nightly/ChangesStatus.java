package uk.fpw.nightly;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** The part of {@code fpw status} on feeds of changes in databases: when each was last compared with the whole of its source, and what is never found. */
final class ChangesStatus {

    private static final String SQL = """
            select
                latest.feed, latest.reconciled_on, latest.next_reconcile_on, latest.above_gap_count,
                compared.reconciled_added_count, compared.reconciled_changed_count, compared.reconciled_deleted_count
            from (
                select l.*, row_number() over (partition by feed order by started_at desc) as recency
                from ops.feed_load l
                where status = 'loaded' and reconcile is not null
            ) as latest
            left join (
                select l.*, row_number() over (partition by feed order by started_at desc) as recency
                from ops.feed_load l
                where status = 'loaded' and reconciled_added_count is not null
            ) as compared on compared.feed = latest.feed and compared.recency = 1
            where latest.recency = 1
            order by latest.feed""";

    private ChangesStatus() {}

    /** Prints nothing if there is no such feed. */
    static void print(Connection connection, PrintStream out) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SQL)) {
            boolean first = true;
            while (rows.next()) {
                if (first) {
                    out.println();
                    out.println("Feeds of changes in databases");
                    first = false;
                }
                out.println("  " + rows.getString("feed") + "  " + compared(rows));
                long aboveGap = rows.getLong("above_gap_count");
                if (aboveGap > 0) {
                    out.println(String.format(
                            Locale.ROOT,
                            "    %,d %s above a gap of the cursor %s read every night",
                            aboveGap,
                            aboveGap == 1 ? "row" : "rows",
                            aboveGap == 1 ? "is" : "are"));
                }
            }
        }
    }

    private static String compared(ResultSet rows) throws SQLException {
        String on = rows.getString("reconciled_on");
        String next = rows.getString("next_reconcile_on");
        String last = on == null
                ? "never compared in full"
                : String.format(
                        Locale.ROOT,
                        "compared in full on %s (the cursor had missed %,d added, %,d changed, %,d gone)",
                        on,
                        rows.getLong("reconciled_added_count"),
                        rows.getLong("reconciled_changed_count"),
                        rows.getLong("reconciled_deleted_count"));
        return last
                + (next == null
                        ? "; hard deletions and missed changes are not found, since reconcile is none"
                        : ", next on " + next);
    }
}
