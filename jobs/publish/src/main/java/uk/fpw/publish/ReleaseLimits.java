package uk.fpw.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.Queue;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.limit.Limit;
import uk.fpw.warehouse.release.QueueDefinitions;
import uk.fpw.warehouse.release.Release;
import uk.fpw.warehouse.run.MetricsResult.QueueChange;

/** Judges how far a candidate departs from the current release: what is out of the ordinary stops, unless something declared explains it, and is said. */
final class ReleaseLimits {

    /** Fewer spells than these are what a night of corrections may change in a small queue. */
    private static final int MIN_SPELLS = 20;

    private static final int MIN_STEP = 50;
    private static final int MIN_CLOSED = 50;

    /** With other SQL, more than a night of corrections is taken as its effect. */
    private static final int MIN_SPELLS_OF_OTHER_SQL = 5;

    private static final double SHARE_OF_OTHER_SQL = 0.01;

    /** From so many items, and so large a share, on, closures are worth a look. */
    private static final int NOTED_CLOSED = 20;

    private static final double NOTED_CLOSED_SHARE = 0.5;

    private final Force force;

    ReleaseLimits(Force force) {
        this.force = force;
    }

    /**
     * Something that a person should know.
     *
     * @param limit the limit, by which it can be let pass; null for what is said only
     * @param code SPELLS, TOTAL, CLOSURES or DEFINITION
     * @param stops whether it stands against the release
     * @param count spells or items
     */
    record Verdict(String queue, @Nullable Limit limit, String code, boolean stops, long count, String message) {

        /** The same, let pass. */
        Verdict accepted(String reason) {
            return new Verdict(queue, limit, code, false, count, message + "; let pass, because " + reason);
        }
    }

    /**
     * Everything worth saying, by queue.
     *
     * @param current the release that was compared with
     * @param used by what its queues were counted; empty if it does not say
     * @param withdrawnLoads by feed, ids of the loads that it was made with and that were withdrawn since
     */
    List<Verdict> judge(
            List<QueueChange> changes,
            Release current,
            Map<String, QueueDefinitions.Used> used,
            Map<String, List<String>> withdrawnLoads) {
        List<Verdict> verdicts = new ArrayList<>();
        for (QueueChange change : changes) {
            force.queues().stream()
                    .filter(queue -> queue.name().equals(change.queue()))
                    .forEach(queue -> judge(queue, change, current, used.get(queue.name()), withdrawnLoads, verdicts));
        }
        return List.copyOf(verdicts);
    }

    private void judge(
            Queue queue,
            QueueChange change,
            Release current,
            QueueDefinitions.@Nullable Used before,
            Map<String, List<String>> withdrawnLoads,
            List<Verdict> verdicts) {
        String withdrawn = withdrawn(queue, withdrawnLoads);
        String excuse = withdrawn.isEmpty()
                ? excuse(queue, current, before)
                : "release " + current.releaseId() + " was made with loads that were withdrawn since: " + withdrawn;
        boolean isOtherSql = before != null && excuse == null && isOtherSql(queue, before);
        long differing = change.goneCount() + change.changedCount();
        String spells = format(
                "%,d of %,d spells up to %s are gone (%,d) or changed (%,d) since release %s, %s",
                differing,
                change.spellCount(),
                change.knownTo(),
                change.goneCount(),
                change.changedCount(),
                current.releaseId(),
                percent(differing, change.spellCount()));
        double allowed = queue.limits().maxChangedSpellsShare();
        if (isOver(differing, change.spellCount(), MIN_SPELLS, allowed)) {
            verdicts.add(verdict(
                    queue,
                    Limit.SPELLS,
                    differing,
                    excuse,
                    spells + format("; the limit is %s and at least %d", percent(allowed), MIN_SPELLS)));
        } else if (isOtherSql && isOver(differing, change.spellCount(), MIN_SPELLS_OF_OTHER_SQL, SHARE_OF_OTHER_SQL)) {
            verdicts.add(verdict(
                    queue,
                    Limit.SPELLS,
                    differing,
                    null,
                    spells + ", and the staging queries or rules behind it were changed: raise 'version' in queues/"
                            + queue.name() + ".yml if they are the cause"));
        } else if (isOtherSql) {
            verdicts.add(
                    said(queue, differing, "its staging queries or rules were changed (cause: definition): " + spells));
        }
        if (before != null && before.version() != queue.version()) {
            verdicts.add(said(
                    queue,
                    differing,
                    "version " + queue.version() + " instead of " + before.version()
                            + ": all history is counted by it from this release on, earlier ones keep theirs; "
                            + spells));
        }
        total(queue, change, current, excuse, verdicts);
        closures(queue, change, current, excuse, verdicts);
    }

    private static void total(
            Queue queue, QueueChange change, Release current, @Nullable String excuse, List<Verdict> verdicts) {
        long step = Math.abs(change.totalNow() - change.totalBefore());
        double allowed = queue.limits().maxTotalStepShare();
        if (isOver(step, change.totalBefore(), MIN_STEP, allowed)) {
            verdicts.add(verdict(
                    queue,
                    Limit.TOTAL,
                    step,
                    excuse,
                    format(
                            "%,d waited at the end of %s, and %,d by release %s, a step of %s; the limit is %s and at least %d",
                            change.totalNow(),
                            change.knownTo(),
                            change.totalBefore(),
                            current.releaseId(),
                            percent(step, change.totalBefore()),
                            percent(allowed),
                            MIN_STEP)));
        }
    }

    private static void closures(
            Queue queue, QueueChange change, Release current, @Nullable String excuse, List<Verdict> verdicts) {
        double share = change.totalBefore() == 0 ? 0 : (double) change.closedCount() / change.totalBefore();
        if (change.closedAs() == null || share <= 2 * change.usualClosedShare()) {
            return;
        }
        double allowed = queue.limits().maxClosedShare();
        String closures = format(
                "%,d of %,d items that were open in release %s have left as '%s', %s; usual is up to %s",
                change.closedCount(),
                change.totalBefore(),
                current.releaseId(),
                change.closedAs(),
                percent(share),
                percent(change.usualClosedShare()));
        if (share >= allowed && change.closedCount() >= MIN_CLOSED) {
            verdicts.add(verdict(
                    queue,
                    Limit.CLOSURES,
                    change.closedCount(),
                    excuse,
                    closures + format("; the limit is %s and at least %d", percent(allowed), MIN_CLOSED)));
        } else if (share >= NOTED_CLOSED_SHARE && change.closedCount() >= NOTED_CLOSED) {
            verdicts.add(new Verdict(queue.name(), null, "CLOSURES", false, change.closedCount(), closures));
        }
    }

    /** The withdrawn loads that the queue rests on, and those of which nobody knows the feed. */
    private String withdrawn(Queue queue, Map<String, List<String>> loads) {
        Set<String> behind = force.feedsBehind(queue);
        return loads.entrySet().stream()
                .filter(feed -> feed.getKey().isEmpty() || behind.contains(feed.getKey()))
                .flatMap(feed -> feed.getValue().stream().map(load -> (feed.getKey() + " " + load).strip()))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Why the two cannot be compared; null if they can. */
    private @Nullable String excuse(Queue queue, Release current, QueueDefinitions.@Nullable Used before) {
        if (before == null) {
            return "release " + current.releaseId() + " does not say by which definition the queue was counted";
        }
        if (before.version() != queue.version()) {
            return "version " + queue.version() + " is another definition than version " + before.version();
        }
        Set<String> known = current.feeds().stream().map(Release.Feed::name).collect(Collectors.toSet());
        Set<String> fresh = new TreeSet<>(force.feedsBehind(queue));
        fresh.removeAll(known);
        return fresh.isEmpty()
                ? null
                : "release " + current.releaseId() + " was made without the feeds " + String.join(", ", fresh);
    }

    private boolean isOtherSql(Queue queue, QueueDefinitions.Used before) {
        QueueFingerprint now = QueueFingerprint.of(force, queue);
        return !now.stagingDigest().equals(before.stagingDigest())
                || !now.rulesDigest().equals(before.rulesDigest());
    }

    private static boolean isOver(long count, long of, int least, double share) {
        return count >= least && count > share * of;
    }

    private static Verdict verdict(Queue queue, Limit limit, long count, @Nullable String excuse, String message) {
        return new Verdict(
                queue.name(),
                limit,
                limit.name(),
                excuse == null,
                count,
                excuse == null ? message : message + "; it did not stop, because " + excuse);
    }

    private static Verdict said(Queue queue, long count, String message) {
        return new Verdict(queue.name(), null, "DEFINITION", false, count, message);
    }

    private static String percent(long count, long of) {
        return of == 0 ? "of none" : percent((double) count / of);
    }

    private static String percent(double share) {
        return format("%.1f %%", 100 * share);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
