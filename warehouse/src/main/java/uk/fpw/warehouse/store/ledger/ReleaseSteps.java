package uk.fpw.warehouse.store.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.message.FigureChangeSummary;

/**
 * Which release each release replaced. Every method fails with {@code UNAVAILABLE} if the database does not respond.
 */
public final class ReleaseSteps {

    private static final int LONGEST_REASON = 1000;

    private final OpsDatabase ops;

    public ReleaseSteps(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * The step from one release to the next.
     *
     * @param replacedReleaseId the previously current release; null if there was none
     * @param notCompared why the two could not be compared or the earlier steps were lost; null if the chain of steps
     *     is unbroken here
     */
    public record Step(
            ReleaseId releaseId,
            @Nullable ReleaseId replacedReleaseId,
            @Nullable String notCompared) {}

    /** The steps by release, without releases that did not record them. */
    public Map<ReleaseId, Step> all() {
        Map<ReleaseId, Step> steps = new HashMap<>();
        ops.list(
                        "select release_id, replaced_release_id, not_compared from ops.release_step",
                        row -> new Step(
                                ReleaseId.of(row.getString("release_id")),
                                replaced(row.getString("replaced_release_id")),
                                row.getString("not_compared")))
                .forEach(step -> steps.put(step.releaseId(), step));
        return steps;
    }

    private static @Nullable ReleaseId replaced(@Nullable String id) {
        return id == null ? null : ReleaseId.of(id);
    }

    /**
     * Records what a release replaced, within the caller's transaction; an existing record is kept.
     *
     * @param transaction a connection with an open transaction; neither committed nor closed here
     * @param changes result of comparing the two; null if there was no earlier release
     */
    public static void record(Connection transaction, ReleaseId releaseId, @Nullable FigureChangeSummary changes)
            throws SQLException {
        OpsStatements statements = new OpsStatements(transaction);
        if (!statements.exists("select 1 from ops.release_step where release_id = ?", releaseId)) {
            statements.update(
                    """
                    insert into ops.release_step
                        (release_id, replaced_release_id, not_compared, figure_count, changed_count)
                    values (?, ?, ?, ?, ?)""",
                    releaseId,
                    changes == null ? null : changes.replacedReleaseId(),
                    changes == null ? null : OpsDatabase.cut(changes.gap(), LONGEST_REASON),
                    changes == null ? 0 : changes.figureCount(),
                    changes == null ? 0 : changes.changedCount());
        }
    }
}
