package uk.fpw.metrics.cases;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cases.CaseRules.CaseQueue;

/**
 * Where a case and its items wait, and on how many days any of them has waited in any queue: the length of the union
 * of their spells, never a sum.
 *
 * @param openQueues queues that hold any of them, excluding queues made up of stages and variants of other queues
 * @param waitingItems waiting items, not counting the case itself
 * @param days null if the date of an entry is not credible
 * @param reason why there are no days; null if there are
 */
record CaseClock(
        int openQueues,
        int waitingItems,
        @Nullable Days days,
        @Nullable String reason) {

    private static final String NOT_BELIEVED = "an entry into queue %s is dated before its earliest_entry";

    /**
     * The days of waiting.
     *
     * @param waited days in the union of all spells
     * @param now the current wait; null if nothing waits
     */
    record Days(int waited, @Nullable Now now) {}

    /**
     * The current wait.
     *
     * @param since first entry among the open spells
     * @param unbroken days up to the last known day during which something waited without interruption
     * @param stage queue in which something has waited longest
     * @param stageSince entry into it
     */
    record Now(int since, int unbroken, String stage, int stageSince) {}

    /**
     * The clock of a case.
     *
     * @param spells of the case and its items, in these queues
     * @param asOf last known day
     */
    static CaseClock of(List<WaitingSpell> spells, Map<String, CaseQueue> queues, int asOf) {
        List<WaitingSpell> open = spells.stream().filter(WaitingSpell::isOpen).toList();
        int openQueues = (int) open.stream()
                .map(WaitingSpell::queue)
                .filter(queue -> queue(queues, queue).isUndivided())
                .distinct()
                .count();
        int waitingItems = (int) open.stream()
                .filter(spell -> queue(queues, spell.queue()).isLinked())
                .map(WaitingSpell::itemKey)
                .distinct()
                .count();
        TreeSet<String> notBelieved = new TreeSet<>();
        for (WaitingSpell spell : spells) {
            if (spell.enteredOn() < queue(queues, spell.queue()).earliestEntry()) {
                notBelieved.add(spell.queue());
            }
        }
        return notBelieved.isEmpty()
                ? new CaseClock(openQueues, waitingItems, days(spells, open, queues, asOf), null)
                : new CaseClock(openQueues, waitingItems, null, NOT_BELIEVED.formatted(notBelieved.first()));
    }

    private static Days days(
            List<WaitingSpell> spells, List<WaitingSpell> open, Map<String, CaseQueue> queues, int asOf) {
        int waited = 0;
        int from = asOf;
        int to = asOf;
        boolean isFirst = true;
        for (WaitingSpell spell : spells.stream()
                .sorted(Comparator.comparingInt(WaitingSpell::enteredOn))
                .toList()) {
            if (isFirst || spell.enteredOn() > to) {
                waited += to - from;
                from = spell.enteredOn();
                to = spell.waitedTo(asOf);
                isFirst = false;
            } else {
                to = Math.max(to, spell.waitedTo(asOf));
            }
        }
        // an open spell extends to the last day, and no stretch can begin after that
        return new Days(waited + to - from, now(open, queues, asOf - from));
    }

    private static @Nullable Now now(List<WaitingSpell> open, Map<String, CaseQueue> queues, int unbroken) {
        int since = open.stream().mapToInt(WaitingSpell::enteredOn).min().orElse(0);
        return open.stream()
                .min(Comparator.comparing((WaitingSpell spell) ->
                                !queue(queues, spell.queue()).isUndivided())
                        .thenComparing(WaitingSpell::enteredOn)
                        .thenComparing(WaitingSpell::queue))
                .map(longest -> new Now(since, unbroken, longest.queue(), longest.enteredOn()))
                .orElse(null);
    }

    private static CaseQueue queue(Map<String, CaseQueue> queues, String name) {
        return Objects.requireNonNull(queues.get(name), () -> "queue " + name + " does not hold items of the case");
    }
}
