package uk.fpw.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.message.MetricsResult.QueueExcluded;
import uk.fpw.warehouse.message.MetricsResult.Settled;
import uk.fpw.warehouse.store.ledger.QueueDefinitions;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.limit.AcceptableLimit;

/**
 * Compares a candidate with the current release. An unusual difference stops the release, unless a declared reason
 * explains it; then it is only reported.
 */
record ReleaseLimits(Force force) {

    /** In a small queue, corrections may change up to this many spells. */
    static final int MIN_SPELLS = 20;

    static final int MIN_STEP = 50;

    /**
     * A queue is new while this share of its spells entered in the last 28 days, which is about its first four
     * months: until then, one week's or month's data is a large part of it.
     */
    private static final double YOUNG_SHARE = 0.25;

    static final int MIN_EXCLUDED = 20;

    /** With changed SQL, even this many changes are attributed to it: corrections alone rarely cause as many. */
    private static final int MIN_SPELLS_OF_OTHER_SQL = 5;

    private static final double SHARE_OF_OTHER_SQL = 0.01;

    /**
     * A finding that someone should see.
     *
     * @param limit the limit that was exceeded, by which it can be accepted; null for a warning
     * @param code code of the limit, also of a warning below it, or DEFINITION
     * @param stops whether it prevents the release
     * @param count spells or items
     */
    record Verdict(
            String queue, @Nullable AcceptableLimit limit, String code, boolean stops, long count, String message) {

        /** A copy that no longer stops the release. */
        Verdict accepted(String reason) {
            return new Verdict(queue, limit, code, false, count, message + "; accepted, because " + reason);
        }

        /** This finding as a failed test of the queue. */
        MetricsResult.QualityResult asResult() {
            return new MetricsResult.QualityResult(queue, code, stops ? "stop" : "warning", count, message);
        }
    }

    /**
     * All findings, by queue.
     *
     * @param current the release that the candidate is compared with
     * @param used by queue: the definition that the current release used; empty if it was not recorded
     * @param withdrawnLoads by feed: ids of the loads that the current release used and that have since been
     *     withdrawn
     * @param exemption why no queue can be compared; null if the queues can be
     */
    List<Verdict> judge(
            List<QueueChange> changes,
            Release current,
            Map<String, QueueDefinitions.Used> used,
            Map<String, List<String>> withdrawnLoads,
            @Nullable String exemption) {
        List<Verdict> verdicts = new ArrayList<>();
        for (QueueChange change : changes) {
            force.queues().stream()
                    .filter(queue -> queue.name().equals(change.queue()))
                    .map(queue -> judge(queue, change, current, used.get(queue.name()), withdrawnLoads, exemption))
                    .forEach(verdicts::addAll);
        }
        return List.copyOf(verdicts);
    }

    private List<Verdict> judge(
            Queue queue,
            QueueChange change,
            Release current,
            QueueDefinitions.@Nullable Used before,
            Map<String, List<String>> withdrawnLoads,
            @Nullable String exemptionOfAll) {
        List<Verdict> verdicts = new ArrayList<>();
        String withdrawn = withdrawn(queue, withdrawnLoads);
        String exemptionByLoads = withdrawn.isEmpty()
                ? exemptionOfAll
                : "release " + current.releaseId() + " was created with loads that have since been withdrawn: "
                        + withdrawn;
        String otherBasis = exemptionByLoads == null ? exemption(queue, current, before) : exemptionByLoads;
        boolean isOtherSql = before != null && otherBasis == null && isOtherSql(queue, before);
        String exemption = otherBasis == null ? exemptionOfANewQueue(change) : otherBasis;
        long differing = change.goneCount() + change.changedCount();
        String spells = spells(change, change.changedCount(), current);
        // with other SQL, an item may have left long ago, which would not show as a change
        long restated = differing + change.lateExitCount();
        String restatement = spells(change, change.changedCount() + change.lateExitCount(), current);
        double allowed = queue.limits().maxChangedSpellsShare();
        if (isOver(differing, change.spellCount(), MIN_SPELLS, allowed)) {
            verdicts.add(verdict(
                    queue,
                    AcceptableLimit.SPELLS,
                    differing,
                    exemption,
                    spells + format("; the limit is %s and at least %d", percent(allowed), MIN_SPELLS)));
        } else if (isOtherSql && isOver(restated, change.spellCount(), MIN_SPELLS_OF_OTHER_SQL, SHARE_OF_OTHER_SQL)) {
            verdicts.add(verdict(
                    queue,
                    AcceptableLimit.SPELLS,
                    restated,
                    null,
                    restatement
                            + ", and the staging queries or rules behind it were changed: raise 'version' in queues/"
                            + queue.name() + ".yml if they are the cause"));
        } else if (isOtherSql) {
            verdicts.add(verdict(
                    queue, restated, "its staging queries or rules were changed (cause: definition): " + restatement));
        }
        if (before != null && before.version() != queue.version()) {
            verdicts.add(verdict(
                    queue,
                    restated,
                    "version " + queue.version() + " instead of " + before.version()
                            + ": from this release on, the whole history is counted with it; earlier releases keep "
                            + "their counts; "
                            + restatement));
        }
        total(queue, change, current, exemption, verdicts);
        ClosureLimits.judge(queue, change, current, exemption, verdicts);
        return verdicts;
    }

    private static String spells(QueueChange change, long changed, Release current) {
        return format(
                "%,d of %,d spells up to %s are gone (%,d) or changed (%,d) since release %s, %s",
                change.goneCount() + changed,
                change.spellCount(),
                change.knownTo(),
                change.goneCount(),
                changed,
                current.releaseId(),
                percent(change.goneCount() + changed, change.spellCount()));
    }

    private static void total(
            Queue queue, QueueChange change, Release current, @Nullable String exemption, List<Verdict> verdicts) {
        long step = Math.abs(change.totalNow() - change.totalBefore());
        double allowed = queue.limits().maxTotalStepShare();
        if (isOver(step, change.totalBefore(), MIN_STEP, allowed)) {
            verdicts.add(verdict(
                    queue,
                    AcceptableLimit.TOTAL,
                    step,
                    exemption == null ? exemptionOfProvisionalDays(queue, change) : exemption,
                    format(
                            "%,d waited at the end of %s, and %,d by release %s, a step of %s; the limit is %s and "
                                    + "at least %d",
                            change.totalNow(),
                            change.knownTo(),
                            change.totalBefore(),
                            current.releaseId(),
                            percent(step, change.totalBefore()),
                            percent(allowed),
                            MIN_STEP)));
        }
    }

    /** Late recording may change provisional days, but none before them. */
    private static @Nullable String exemptionOfProvisionalDays(Queue queue, QueueChange change) {
        Settled settled = change.settled();
        if (settled == null || queue.provisionalDays() == 0) {
            return null;
        }
        long step = Math.abs(settled.totalNow() - settled.totalBefore());
        return isOver(step, settled.totalBefore(), MIN_STEP, queue.limits().maxTotalStepShare())
                ? null
                : format(
                        "the days after %s are provisional (provisional_days: %d), and at its end %,d waited "
                                + "instead of %,d",
                        settled.day(), queue.provisionalDays(), settled.totalNow(), settled.totalBefore());
    }

    /** The withdrawn loads that the queue depends on, and those whose feed is unknown. */
    private String withdrawn(Queue queue, Map<String, List<String>> loads) {
        Set<String> behind = force.feedsBehind(queue);
        return loads.entrySet().stream()
                .filter(feed -> feed.getKey().isEmpty() || behind.contains(feed.getKey()))
                .flatMap(feed -> feed.getValue().stream().map(load -> (feed.getKey() + " " + load).strip()))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /**
     * Excluded items and items without an age are limited in every release, even the first: they are missing from the
     * headline figures of the queue.
     */
    List<Verdict> judge(List<QueueExcluded> excluded) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Queue queue : force.queues()) {
            double allowed = queue.limits().maxLeftOutShare();
            excluded.stream()
                    .filter(each -> each.queue().equals(queue.name())
                            && isOver(each.excludedCount(), each.itemCount(), MIN_EXCLUDED, allowed))
                    .map(each -> new Verdict(
                            queue.name(),
                            AcceptableLimit.LEFT_OUT,
                            AcceptableLimit.LEFT_OUT.code(),
                            true,
                            each.excludedCount(),
                            format(
                                    "%,d of %,d items are excluded or have no known age, %s; the limit is %s"
                                            + " (limits.max_left_out_share in queues/%s.yml) and at least %d;"
                                            + " fpw query excluded_items lists them",
                                    each.excludedCount(),
                                    each.itemCount(),
                                    percent(each.excludedCount(), each.itemCount()),
                                    percent(allowed),
                                    queue.name(),
                                    MIN_EXCLUDED)))
                    .forEach(verdicts::add);
        }
        return List.copyOf(verdicts);
    }

    /** Why the queue cannot be compared with the current release; null if it can. */
    private @Nullable String exemption(Queue queue, Release current, QueueDefinitions.@Nullable Used before) {
        if (before == null) {
            return "release " + current.releaseId() + " does not record which definition the queue was counted with";
        }
        if (before.version() != queue.version()) {
            return "version " + queue.version() + " differs from the definition of version " + before.version();
        }
        Set<String> known = current.feeds().stream().map(ReleasedFeed::name).collect(Collectors.toSet());
        Set<String> fresh = new TreeSet<>(force.feedsBehind(queue));
        fresh.removeAll(known);
        return fresh.isEmpty()
                ? null
                : "release " + current.releaseId() + " was created without the feeds " + String.join(", ", fresh);
    }

    private static @Nullable String exemptionOfANewQueue(QueueChange change) {
        return change.recentCount() >= YOUNG_SHARE * change.spellCount()
                ? format(
                        "the queue is new: %,d of %,d spells entered in the 28 days before",
                        change.recentCount(), change.spellCount())
                : null;
    }

    private boolean isOtherSql(Queue queue, QueueDefinitions.Used before) {
        QueueFingerprint now = QueueFingerprint.of(force, queue);
        return !now.stagingDigest().equals(before.stagingDigest())
                || !now.rulesDigest().equals(before.rulesDigest());
    }

    private static boolean isOver(long count, long of, int least, double share) {
        return count >= least && count > share * of;
    }

    static Verdict verdict(Queue queue, AcceptableLimit limit, long count, @Nullable String exemption, String message) {
        return new Verdict(
                queue.name(),
                limit,
                limit.code(),
                exemption == null,
                count,
                exemption == null ? message : message + "; accepted, because " + exemption);
    }

    private static Verdict verdict(Queue queue, long count, String message) {
        return new Verdict(queue.name(), null, "DEFINITION", false, count, message);
    }

    static String percent(long count, long of) {
        return of == 0 ? "of none" : percent((double) count / of);
    }

    static String percent(double share) {
        return format("%.1f %%", 100 * share);
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
