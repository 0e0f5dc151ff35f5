package uk.fpw.audit.change;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.AuditException;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.CreatedTables;
import uk.fpw.audit.session.WrittenRows;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.SettlingRequest;

/**
 * Finds the rows of {@code mart.settling} and {@code mart.settling_month}: how complete the counts of a month were
 * some days after its end, and the range in which the counts of the latest months are expected to end. A month is
 * compared with others of exactly its age: the share of an earlier day would make the range too high.
 *
 * <p>The range of a share is that between the lowest and the highest of n months: among n + 1 exchangeable months,
 * the last lies between the others with probability (n - 1) / (n + 1), which is the distribution-free interval of
 * order statistics (Wilks, "Determination of sample sizes for setting tolerance limits", 1941). Quantiles of so few
 * months would promise more. Ranges of counts are computed from integers, not from rounded shares.
 */
public final class Settling {

    /** The table of shares. */
    public static final Model MODEL = Models.find("mart.settling").orElseThrow();

    /** The table of expected ranges. */
    public static final Model MONTH_MODEL = Models.find("mart.settling_month").orElseThrow();

    /** With fewer months, a range says nothing about the next. */
    private static final int FEWEST_MONTHS = 12;

    /** The other counts follow from these, or are parts of them. */
    private static final List<String> DECISIVE =
            List.of("received_count", "reentered_count", "left_count", "waiting_count");

    private final AuditSession session;
    private final SettlingRequest request;
    private final ReleaseId releaseId;

    /** @param releaseId release that the candidate is to become */
    public Settling(AuditSession session, SettlingRequest request, ReleaseId releaseId) {
        this.session = session;
        this.request = request;
        this.releaseId = releaseId;
    }

    /**
     * Writes both files; needs the tables of the candidate, including {@code figure_change}. After an error both are
     * empty: no count depends on them.
     *
     * @param isCompared whether the candidate was compared with the release that it replaces and has the earlier
     *     steps; if not, its history begins with it
     * @return what went wrong, in one sentence; empty if nothing did, or if there was nothing to compute
     */
    public List<String> write(boolean isCompared) {
        Map<String, List<String>> releasedOn = request.releasedOn();
        if (releasedOn == null) {
            copy(null, null);
            return List.of();
        }
        CreatedTables created = CreatedTables.of(session);
        try {
            find(isCompared ? releasedOn : Map.of());
            copy("found_settling", "found_settling_month");
            return List.of();
        } catch (RuntimeException failed) {
            failed.printStackTrace();
            created.drop();
            copy(null, null);
            return List.of("how complete months were is not listed: the audit could not compute it ("
                    + AuditException.kindOf(failed) + "); " + AuditException.remedyOf(failed));
        }
    }

    private void find(Map<String, List<String>> releasedOn) {
        SettlingHistory.find(session, releasedOn);
        session.createTable("settling_range", AuditQuery.named("settling_range"));
        session.createTable("settling_backtest", ofMonths("settling_backtest"));
        session.createView(
                "found_settling",
                ofMonths("found_settling").with("decisive_measures", DECISIVE).with("release_id", releaseId.value()));
        session.createView(
                "found_settling_month",
                ofMonths("found_settling_month")
                        .with("lags", SettlingHistory.LAGS)
                        .with("release_id", releaseId.value()));
    }

    private static AuditQuery ofMonths(String query) {
        return AuditQuery.named(query)
                .with("final_after_days", SettlingHistory.FINAL_AFTER_DAYS)
                .with("fewest_months", FEWEST_MONTHS);
    }

    private void copy(@Nullable String found, @Nullable String foundMonths) {
        new WrittenRows(session, MODEL, request.file()).copy(found, MODEL.grain());
        new WrittenRows(session, MONTH_MODEL, request.monthFile()).copy(foundMonths, MONTH_MODEL.grain());
    }
}
