package uk.fpw.ingest;

import java.util.Locale;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.load.LoadCounts;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/** What still counts as a sound extract of a feed, by itself; {@link ChangeLimits} compares it with what is known. */
final class Limits {

    private final RowSource source;
    private final Refusals refusals;

    Limits(RowSource source, Refusals refusals) {
        this.source = source;
        this.refusals = refusals;
    }

    /** Fails a load whose rows are too few, or too many of which cannot be stored. */
    void enforce(LoadCounts found) {
        Feed.Limits limits = source.feed().limits();
        if (found.received() < limits.minRows() && !source.readsChangesOnly()) {
            throw beyond(
                    source.what() + " has " + rows(found.received()) + ", fewer than limits.min_rows: "
                            + limits.minRows() + " in " + source.definition(),
                    "see whether the extract is complete, or lower the limit");
        }
        if (found.refused() > limits.maxRefusedShare() * found.received()) {
            throw beyond(
                    found.refused() + " of " + rows(found.received()) + " ("
                            + percent(found.refused(), found.received())
                            + ") cannot be stored, more than limits.max_refused_share: " + limits.maxRefusedShare()
                            + " in "
                            + source.definition() + ":" + refusals.examples() + "\n",
                    "correct " + source.what()
                            + " or the feed's columns, or raise the limit if so many are to be expected");
        }
    }

    private NightFailure beyond(String problem, String remedy) {
        String glue = problem.endsWith("\n") ? "" : "; ";
        return new NightFailure(
                ExitCode.BAD_DATA, source.place() + ": " + problem + glue + "nothing was loaded; " + remedy);
    }

    static String rows(long count) {
        return count + (count == 1 ? " row" : " rows");
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }
}
