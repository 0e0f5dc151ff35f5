package uk.fpw.audit.change;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.statistics.wait.ContributorWaits;
import uk.fpw.statistics.wait.CurveVariance;
import uk.fpw.statistics.wait.FewestContributors;
import uk.fpw.statistics.wait.InfluenceSums;
import uk.fpw.statistics.wait.InfluenceWeights;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.statistics.wait.WaitSummary;

/**
 * The waits of one cohort: first how many came under observation and left by day of wait, then the waits of each
 * contributor.
 */
final class CohortWaits implements StatisticSource.Cohort {

    private static final int FIRST = StatisticSource.KEYS;

    private final LifeTable.Builder builder = new LifeTable.Builder();
    private final ContributorWaits waits = new ContributorWaits();
    private @Nullable LifeTable table;
    private @Nullable InfluenceSums sums;

    @Override
    public void add(int query, QueryRow row) {
        if (query == 0) {
            observe(Math.toIntExact(row.number(FIRST)), row.text(FIRST + 1), row.number(FIRST + 2));
        } else {
            contribute(row.text(FIRST), row.number(FIRST + 1));
        }
    }

    private void observe(int day, String observed, long count) {
        switch (observed) {
            case "entered" -> builder.enter(day - 1.0, count);
            case "left" -> builder.leave(day, "left", count);
            default -> builder.censor(day, count);
        }
    }

    private void contribute(String text, long contributors) {
        if (sums == null) {
            sums = new InfluenceSums(InfluenceWeights.of(table(), List.of(), WaitSummary.HORIZON_DAYS));
        }
        waits.clear();
        for (String wait : text.split(",", -1)) {
            String[] parts = wait.split(" ", -1);
            waits.add(
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    parts[2].equals("1") ? 0 : ContributorWaits.STILL_WAITING);
        }
        for (long i = 0; i < contributors; i++) {
            sums.add(waits);
        }
    }

    private LifeTable table() {
        if (table == null) {
            table = builder.build();
        }
        return table;
    }

    @Override
    public Map<String, @Nullable Double> figures() {
        long contributors = sums == null ? 0 : sums.contributors();
        String withheld = FewestContributors.ofCurve(contributors, table().count());
        return WaitSummary.of(
                        table(),
                        withheld != null || sums == null
                                ? CurveVariance.withheld(withheld == null ? "" : withheld)
                                : CurveVariance.of(sums))
                .figures();
    }
}
