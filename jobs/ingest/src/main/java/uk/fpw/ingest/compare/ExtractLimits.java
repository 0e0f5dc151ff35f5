package uk.fpw.ingest.compare;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.limit.Acceptance;
import uk.fpw.warehouse.store.load.HeldKeys;
import uk.fpw.warehouse.store.load.LoadCounts;

/** Checks an extract of a feed on its own; {@link ChangeLimits} compares it with what is known. */
public final class ExtractLimits {

    private final RowSource source;
    private final RefusedRowBuffer refusedRows;
    private final LocalDate businessDate;
    private final Map<Acceptance, String> accepted = new LinkedHashMap<>();

    ExtractLimits(RowSource source, RefusedRowBuffer refusedRows, LocalDate businessDate) {
        this.source = source;
        this.refusedRows = refusedRows;
        this.businessDate = businessDate;
    }

    /** The accepted limits that are exceeded, with the accepted numbers. */
    Map<Acceptance, String> accepted() {
        return accepted;
    }

    /**
     * Fails a load with too few rows, with too many rows that cannot be stored, or with more rows to hold back from
     * deletion than can be recorded.
     *
     * @param missing current rows missing from a full extract
     * @param acceptances acceptances of the limit for empty keys
     */
    void enforce(LoadCounts found, MissingRows missing, ChangeLimits.AcceptanceOf acceptances) {
        FeedLimits limits = source.feed().limits();
        long ofTheFeed = found.received() - found.emptyKey();
        if (ofTheFeed < limits.rows().minRows() && !source.readsChangesOnly()) {
            throw beyond(
                    (found.received() == 0 && source.feed().droppedFile() != null
                                    ? "the file has a header but no rows"
                                    : source.what() + " has " + Plural.of(ofTheFeed, "row")
                                            + (found.emptyKey() == 0 ? "" : " with a key"))
                            + ", fewer than limits.min_rows: "
                            + limits.rows().minRows() + " in " + source.definition(),
                    "check whether the extract is complete, or lower the limit");
        }
        if (found.emptyKey() >= limits.rows().minRefusedRows()
                && found.emptyKey() > limits.rows().maxEmptyKeyShare() * found.received()) {
            String figures = "the key of " + found.emptyKey() + " of " + Plural.of(found.received(), "row") + " ("
                    + percent(found.emptyKey(), found.received()) + ") is empty";
            Acceptance acceptance = acceptances.find(AcceptableLimit.EMPTY_KEYS);
            if (acceptance == null) {
                throw beyond(
                        figures + ", more than limits.max_empty_key_share: "
                                + limits.rows().maxEmptyKeyShare() + " in " + source.definition() + ":"
                                + refusedRows.examples() + "\n",
                        "check whether the key columns are still filled. If this many rows "
                                + "without a key are correct, accept this once and run again: fpw accept "
                                + source.feed().name() + ":" + AcceptableLimit.EMPTY_KEYS + " --date " + businessDate
                                + " --reason \"WHY\"; or raise the limit if they are expected. " + rows());
            }
            accepted.put(acceptance, figures);
        }
        long refused = found.refused() - found.emptyKey();
        if (refused >= limits.rows().minRefusedRows() && refused > limits.rows().maxRefusedShare() * found.received()) {
            throw beyond(
                    refused + " of " + Plural.of(found.received(), "row") + " ("
                            + percent(refused, found.received())
                            + ") cannot be stored, more than limits.max_refused_share: "
                            + limits.rows().maxRefusedShare()
                            + " in "
                            + source.definition() + ":" + refusedRows.examples() + "\n",
                    "correct " + source.what()
                            + " or the feed's columns, or raise the limit (limits.min_refused_rows "
                            + "for small files) if this many are expected. " + rows());
        }
        if (missing.areTooManyToHold()) {
            throw beyond(
                    source.what() + " is missing " + Plural.of(missing.missing(), "row")
                            + " that existed before, and the keys of "
                            + missing.unreadable() + " rows could not be read; at most " + HeldKeys.MAX_KEYS
                            + " rows can be protected from deletion",
                    "correct " + source.what() + " or the type of the key columns");
        }
    }

    /** The command that lists the refused rows, with the shapes of their values. */
    private String rows() {
        return "The rows: fpw rejections --feed " + source.feed().name() + " --date " + businessDate;
    }

    private FpwException beyond(String problem, String remedy) {
        String glue = problem.endsWith("\n") ? "" : "; ";
        return new FpwException(
                ExitCode.BAD_DATA, source.place() + ": " + problem + glue + "nothing was loaded; " + remedy);
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }
}
