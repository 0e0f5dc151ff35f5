package uk.fpw.ingest.compare;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.store.ledger.ChangeHistory;
import uk.fpw.warehouse.store.limit.AcceptableLimit;

/**
 * How many rows without a key may count as changed because as many are missing as are new. A change cannot be
 * distinguished from a deletion together with an insertion, so there is one limit for a load and one for the loads of
 * 28 days.
 */
record ReplacementLimit(FeedLimits limits, ChangeHistory history, LocalDate businessDate) {

    /** Factor by which the usual number of replaced rows, the median of earlier loads, may be exceeded. */
    private static final double TIMES_USUAL = 2;

    /**
     * The same for the maximum of any earlier load, excluding recent days: a feed that is updated weekly has large
     * changes only on some days.
     */
    private static final double TIMES_MAX = 1.5;

    private static final int RECENT_DAYS = 7;

    /** A feed that has grown by less than this factor is not new, even if it has few loads. */
    private static final double LEAST_GROWTH = 1.25;

    /**
     * Number of known days from which the limit for 28 days is no longer doubled: three of the four weeks preceding the
     * 28 days.
     */
    private static final int DAYS_UNTIL_USUAL = ChangeHistory.DAYS + 21;

    /**
     * Maximum number of missing rows that new ones may have replaced in one load.
     *
     * @param before number of rows that were current before the load
     */
    long maxByOneLoad(long before) {
        if (isYoung(before)) {
            return Long.MAX_VALUE;
        }
        List<ChangeHistory.Past> past = usual();
        long days = past.isEmpty() ? 1 : days(past.get(past.size() - 1).businessDate(), businessDate);
        double share = limits.changes().maxReplacedShare() * (isFirst(past) ? Math.max(2, days) : 1);
        return share >= 1
                ? Long.MAX_VALUE
                : Math.max(limits.changes().minAffectedRows(), (long) Math.max(share * before, allowed(past, days)));
    }

    /** The loads that count towards the limit for 28 days. */
    List<ChangeHistory.Past> counted() {
        return history.counted(AcceptableLimit.CHANGED, AcceptableLimit.REPLACED_28_DAYS);
    }

    /**
     * Maximum number of rows that may be replaced in 28 days.
     *
     * @param first number of rows before the first load that counts
     * @param before number of rows before the load to be checked
     */
    double maxIn28Days(long first, long before) {
        boolean isUsualKnown = history.earlier().stream()
                .anyMatch(load -> load.changes().before() > 0
                        && !load.businessDate().isAfter(businessDate.minusDays(DAYS_UNTIL_USUAL)));
        double share = Math.min(1, limits.in28Days().maxReplacedShare() * (isUsualKnown ? 1 : 2));
        List<ChangeHistory.Past> known = Stream.concat(history.earlier().stream(), history.loads().stream())
                .toList();
        if (limits.in28Days().maxReplacedShare() >= 1 || isYoung(known, before)) {
            return Double.MAX_VALUE;
        }
        double earlier = history.earlier().stream()
                .mapToLong(load -> load.changes().changed())
                .sum();
        return Math.max(share * Math.max(first, before), TIMES_USUAL * earlier);
    }

    /**
     * Loads that show what is usual: those of 28 days or, for a feed that is seldom loaded, those of the 28 days
     * before.
     */
    private List<ChangeHistory.Past> usual() {
        return history.loads().isEmpty()
                ? history.earlier()
                : history.counted(AcceptableLimit.CHANGED, AcceptableLimit.CHANGED);
    }

    private static boolean isFirst(List<ChangeHistory.Past> past) {
        return past.stream().noneMatch(load -> load.changes().before() > 0);
    }

    /** Whether the feed has doubled in 28 days or is about to. */
    boolean isYoung(long before) {
        return isYoung(history.loads(), before);
    }

    /**
     * Whether the feed has doubled since the first of these loads or is about to within 28 days, which means that most
     * of its rows are of items still in progress.
     */
    private boolean isYoung(List<ChangeHistory.Past> past, long before) {
        return past.stream()
                .filter(load -> load.changes().before() > 0)
                .findFirst()
                .map(first ->
                        before >= first.changes().before() * growthOfANewFeed(days(first.businessDate(), businessDate)))
                .orElse(false);
    }

    private static double growthOfANewFeed(long days) {
        return Math.min(2, Math.max(LEAST_GROWTH, 1 + (double) days / ChangeHistory.DAYS));
    }

    /** A multiple of the usual number; more if more days than usual have passed. */
    private double allowed(List<ChangeHistory.Past> past, long days) {
        List<Long> replaced = past.stream()
                .filter(load -> load.changes().before() > 0)
                .map(load -> load.changes().changed())
                .toList();
        List<LocalDate> dates =
                past.stream().map(ChangeHistory.Past::businessDate).toList();
        List<Long> gaps = IntStream.range(1, dates.size())
                .mapToObj(index -> days(dates.get(index - 1), dates.get(index)))
                .toList();
        long max = past.stream()
                .filter(load -> !load.businessDate().isAfter(businessDate.minusDays(RECENT_DAYS)))
                .mapToLong(load -> load.changes().changed())
                .max()
                .orElse(0);
        return Math.max(TIMES_USUAL * median(replaced), TIMES_MAX * max)
                * Math.max(1, (double) days / Math.max(1, median(gaps)));
    }

    private static long median(List<Long> numbers) {
        List<Long> sorted = numbers.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) / 2);
    }

    private static long days(LocalDate from, LocalDate to) {
        return Math.max(1, ChronoUnit.DAYS.between(from, to));
    }
}
