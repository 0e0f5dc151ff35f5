package uk.fpw.ingest.compare;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.store.ledger.ChangeHistory;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.limit.Acceptance;
import uk.fpw.warehouse.store.limit.LimitBreaches;
import uk.fpw.warehouse.store.load.RowChanges;

/**
 * Compares the changes of a load with those of earlier loads. A load that exceeds a limit is rejected unless a person
 * has accepted this for its business date.
 */
public final class ChangeLimits {

    /** Factor above the usual number of changed rows at which the share is checked. */
    private static final double TIMES_USUAL = 2;

    /**
     * The same for the maximum of any earlier load, excluding recent days: a feed that is updated weekly has large
     * changes only on some days.
     */
    private static final double TIMES_MAX = 1.5;

    private static final int RECENT_DAYS = 7;

    private final RowSource source;
    private final FeedLimits limits;
    private final ChangeHistory history;
    private final LocalDate businessDate;
    private final List<Breach> excesses = new ArrayList<>();
    private final Map<Acceptance, String> accepted = new LinkedHashMap<>();
    private final ReplacementLimit replacements;
    private boolean hasMissingRows;
    private boolean replacesMore;

    /**
     * An exceeded limit.
     *
     * @param column column concerned; null if the limit is one of the whole feed
     * @param sentence description including the limit itself
     * @param figures numbers to be accepted
     */
    private record Breach(AcceptableLimit limit, @Nullable String column, long count, String sentence, String figures) {

        String name() {
            return LimitBreaches.name(limit, column);
        }

        Breach accepted(LimitBreaches shown) {
            return new Breach(limit, column, count, sentence + " (accepted up to " + shown + ")", figures);
        }
    }

    /** Finds the acceptance of a limit of the feed on the business date; null if there is none. */
    @FunctionalInterface
    public interface AcceptanceOf {
        @Nullable
        Acceptance find(AcceptableLimit limit);
    }

    /** Limits for one load of a source, given the changes of earlier loads. */
    public ChangeLimits(RowSource source, ChangeHistory history, LocalDate businessDate) {
        this.source = source;
        this.limits = source.feed().limits();
        this.history = history;
        this.businessDate = businessDate;
        this.replacements = new ReplacementLimit(limits, history, businessDate);
    }

    /**
     * Compares without enforcing the limits.
     *
     * @param missing current rows missing from a full extract, except those that may be among the unreadable ones
     * @param marked number of current rows that the source marks as deleted
     */
    public void compare(RowChanges changes, MissingRows missing, long marked) {
        RowChanges judged = judged(changes);
        deleted(judged, changes.changed(), missing, marked);
        changed(judged);
        replaced(judged);
        emptied(judged);
    }

    /**
     * The changes as checked and recorded: of rows without a key, at most as many count as changed as new ones may have
     * replaced; the rest count as deleted.
     */
    RowChanges judged(RowChanges changes) {
        return source.feed().isKeyedByRow()
                ? changes.changing(Math.min(changes.changed(), replacements.maxByOneLoad(changes.before())))
                : changes;
    }

    /**
     * Stops a load that exceeds a limit without acceptance.
     *
     * @throws FpwException with {@code BAD_DATA}, naming every such limit and how to accept it
     */
    public void enforce(AcceptanceOf acceptances) {
        List<Breach> stopping = new ArrayList<>();
        for (Breach breach : excesses) {
            Acceptance acceptance = acceptances.find(breach.limit());
            LimitBreaches shown = acceptance == null ? null : acceptance.shown();
            if (acceptance == null) {
                stopping.add(breach);
            } else if (shown != null && !shown.include(breach.name(), breach.count())) {
                stopping.add(breach.accepted(shown));
            } else {
                accepted.merge(acceptance, breach.figures(), (one, other) -> one + "; " + other);
            }
        }
        if (!stopping.isEmpty()) {
            throw new FpwException(ExitCode.BAD_DATA, message(stopping));
        }
    }

    /** By how much limits are exceeded, accepted or not. */
    LimitBreaches breaches() {
        return new LimitBreaches(excesses.stream().collect(Collectors.toMap(Breach::name, Breach::count)));
    }

    /** The accepted limits that are exceeded, with the accepted numbers. */
    Map<Acceptance, String> accepted() {
        return accepted;
    }

    private void deleted(RowChanges changes, long replaceable, MissingRows missing, long marked) {
        // Of rows without keys, missing ones count as changed as far as new ones may have replaced them.
        long replaced = source.feed().isKeyedByRow() ? changes.changed() : 0;
        long missingCount = Math.max(0, missing.unexplained() - replaced);
        long deleted = missingCount + marked;
        hasMissingRows = missingCount > 0;
        replacesMore = replaced < replaceable && source.feed().isKeyedByRow();
        List<String> ways = new ArrayList<>();
        if (missingCount > 0) {
            ways.add(missingCount + " missing from " + source.what()
                    + (missing.unreadable() == 0
                            ? ""
                            : " that cannot be among the " + missing.unreadable() + " whose key could not be read")
                    + (replaced == 0 ? "" : " beyond the " + replaced + " which a new one may have replaced")
                    + (replacesMore
                            ? " (" + replaceable + " are new; at most as many count as limits.max_replaced_share: "
                                    + limits.changes().maxReplacedShare() + " or typical loads allow)"
                            : ""));
        }
        if (marked > 0) {
            ways.add(marked + " marked as deleted");
        }
        long max = history.loads().stream().mapToLong(this::deleted).max().orElse(0);
        if (isBeyond(deleted, changes.before(), limits.changes().maxDeletedShare())) {
            String figures = share(deleted, changes.before()) + " deleted: " + String.join(", ", ways);
            add(
                    AcceptableLimit.DELETED,
                    null,
                    deleted,
                    figures + usual("a load deleted", max),
                    new Setting("limits.max_deleted_share", limits.changes().maxDeletedShare()),
                    figures);
            return;
        }
        List<ChangeHistory.Past> past = history.counted(AcceptableLimit.DELETED, AcceptableLimit.DELETED_28_DAYS);
        long before = Math.max(firstBefore(past), past.isEmpty() ? 0 : changes.before());
        long sum = deleted + past.stream().mapToLong(this::deleted).sum();
        if (deleted > 0 && before > 0 && isBeyond(sum, before, limits.in28Days().maxDeletedShare())) {
            String figures =
                    share(sum, before) + " deleted in " + ChangeHistory.DAYS + " days, " + deleted + " by this load";
            add(
                    AcceptableLimit.DELETED_28_DAYS,
                    null,
                    sum,
                    figures,
                    new Setting(
                            "limits.max_deleted_share_28_days",
                            limits.in28Days().maxDeletedShare()),
                    figures);
        }
    }

    /** Rows deleted by an earlier load, without those that count as changed. */
    private long deleted(ChangeHistory.Past load) {
        return source.feed().isKeyedByRow()
                ? Math.max(0, load.deleted() - load.changes().changed())
                : load.deleted();
    }

    /**
     * A feed with many changes every day is stopped only if far more rows change than usual: more than the median of
     * earlier loads, and more than the maximum before the last seven days, so that slowly growing changes do not become
     * usual by themselves. Missed dates count. If no load shows what is usual, as at the second load of a feed, twice
     * the share may change. A feed that has doubled meanwhile is young: most of its rows are of items still in
     * progress, and nothing is usual yet.
     */
    private void changed(RowChanges changes) {
        List<ChangeHistory.Past> past = history.counted(AcceptableLimit.CHANGED, AcceptableLimit.CHANGED);
        long before = firstBefore(history.loads());
        boolean isYoung = source.feed().isKeyedByRow()
                ? replacements.isYoung(changes.before())
                : before > 0 && changes.before() >= 2 * before;
        if (isYoung) {
            return;
        }
        boolean isUsualKnown = before > 0;
        double share = isUsualKnown
                ? limits.changes().maxChangedShare()
                : Math.min(1, 2 * limits.changes().maxChangedShare());
        long max =
                past.stream().mapToLong(load -> load.changes().changed()).max().orElse(0);
        long days = past.isEmpty()
                ? 1
                : Math.max(1, ChronoUnit.DAYS.between(past.get(past.size() - 1).businessDate(), businessDate));
        if (isBeyond(changes.changed(), limits.changes().minChangedRows(), changes.before(), share)
                && changes.changed() > days * allowedChanges(past)) {
            String figures = share(changes.changed(), changes.before())
                    + (source.feed().isKeyedByRow()
                            ? " that were known before are missing, with the same number of new ones"
                            : " that were known before changed");
            add(
                    AcceptableLimit.CHANGED,
                    null,
                    changes.changed(),
                    figures + usual("a load changed", max),
                    new Setting(
                            (isUsualKnown ? "" : "twice ") + "limits.max_changed_share",
                            limits.changes().maxChangedShare()),
                    figures);
        }
    }

    /** The number of rows that a load may always change. */
    private double allowedChanges(List<ChangeHistory.Past> past) {
        List<Long> changed = past.stream()
                .filter(load -> load.changes().before() > 0)
                .map(load -> load.changes().changed())
                .sorted()
                .toList();
        long median = changed.isEmpty() ? 0 : changed.get((changed.size() - 1) / 2);
        long max = past.stream()
                .filter(load -> !load.businessDate().isAfter(businessDate.minusDays(RECENT_DAYS)))
                .mapToLong(load -> load.changes().changed())
                .max()
                .orElse(0);
        return Math.max(TIMES_USUAL * median, TIMES_MAX * max);
    }

    /**
     * Checks rows without a key that were replaced in 28 days: a few per day may be lost rows hidden by the same number
     * of new rows.
     */
    private void replaced(RowChanges changes) {
        List<ChangeHistory.Past> past = replacements.counted();
        long first = firstBefore(past);
        if (!source.feed().isKeyedByRow() || first == 0 || changes.changed() == 0) {
            return;
        }
        long before = Math.max(first, changes.before());
        long sum = changes.changed()
                + past.stream().mapToLong(load -> load.changes().changed()).sum();
        if (sum >= limits.changes().minChangedRows() && sum > replacements.maxIn28Days(first, changes.before())) {
            String figures = share(sum, before) + " missing in " + ChangeHistory.DAYS
                    + " days with the same number of new ones, " + changes.changed() + " by this load";
            add(
                    AcceptableLimit.REPLACED_28_DAYS,
                    null,
                    sum,
                    figures,
                    new Setting(
                            "limits.max_replaced_share_28_days",
                            limits.in28Days().maxReplacedShare()),
                    figures);
        }
    }

    private void emptied(RowChanges changes) {
        List<ChangeHistory.Past> past = history.counted(AcceptableLimit.EMPTIED, AcceptableLimit.EMPTIED_28_DAYS);
        changes.emptied().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(column -> emptied(column.getKey(), column.getValue(), past));
    }

    private void emptied(String column, RowChanges.Emptied now, List<ChangeHistory.Past> past) {
        if (isBeyond(now.lost(), now.of(), limits.changes().maxEmptiedShare())) {
            String figures = "column " + column + " lost " + values(now.lost(), now.of());
            add(
                    AcceptableLimit.EMPTIED,
                    column,
                    now.lost(),
                    figures,
                    new Setting("limits.max_emptied_share", limits.changes().maxEmptiedShare()),
                    figures);
            return;
        }
        long sum = now.lost();
        long before = now.of();
        boolean isFirst = true;
        for (ChangeHistory.Past load : past) {
            RowChanges.Emptied then = load.changes().emptied().get(column);
            if (then != null) {
                sum += then.lost();
                before = isFirst ? then.of() : before;
                isFirst = false;
            }
        }
        if (!isFirst && isBeyond(sum, before, limits.in28Days().maxEmptiedShare())) {
            String figures = "column " + column + " lost " + values(sum, before) + " in " + ChangeHistory.DAYS
                    + " days, " + now.lost() + " by this load";
            add(
                    AcceptableLimit.EMPTIED_28_DAYS,
                    column,
                    sum,
                    figures,
                    new Setting(
                            "limits.max_emptied_share_28_days",
                            limits.in28Days().maxEmptiedShare()),
                    figures);
        }
    }

    private boolean isBeyond(long count, long of, double share) {
        return isBeyond(count, limits.changes().minAffectedRows(), of, share);
    }

    private static boolean isBeyond(long count, long least, long of, double share) {
        return share < 1 && count >= least && count > share * of;
    }

    /** A limit as the feed sets it. */
    private record Setting(String field, double share) {}

    private void add(
            AcceptableLimit limit, @Nullable String column, long count, String found, Setting setting, String figures) {
        excesses.add(new Breach(
                limit,
                column,
                count,
                found + ", more than " + setting.field() + ": " + setting.share() + " in " + source.definition(),
                figures));
    }

    private String message(List<Breach> stopping) {
        String names = stopping.stream()
                .map(breach -> source.feed().name() + ":" + breach.limit())
                .distinct()
                .collect(Collectors.joining(" "));
        return source.place() + ": "
                + stopping.stream().map(Breach::sentence).collect(Collectors.joining("; "))
                + "; nothing was loaded; check whether " + source.what()
                + " is complete and correct"
                + (hasMissingRows ? whyMissing() : "")
                + (replacesMore ? " (if this many of its rows change often, raise limits.max_replaced_share)" : "")
                + ". If it is, accept this once and run again: fpw accept " + names
                + " --date " + businessDate + " --reason \"WHY\"";
    }

    private String whyMissing() {
        return source.feed().extract() == Feed.Extract.CHANGES
                ? " (one that was restored from a backup has lost what was recorded after it)"
                : source.feed().isKeyedByRow() ? "" : " (if it contains changed rows only, declare 'extract: changes')";
    }

    private static long firstBefore(List<ChangeHistory.Past> past) {
        return past.stream()
                .mapToLong(load -> load.changes().before())
                .filter(before -> before > 0)
                .findFirst()
                .orElse(0);
    }

    private String usual(String what, long max) {
        return history.loads().isEmpty()
                ? ""
                : " (in " + ChangeHistory.DAYS + " days before " + what + " at most " + max + ")";
    }

    private static String share(long part, long whole) {
        return part + " of " + Plural.of(whole, "row") + " (" + percent(part, whole) + ")";
    }

    private static String values(long part, long whole) {
        return part + " of " + Plural.of(whole, "value") + " (" + percent(part, whole) + ")";
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }
}
