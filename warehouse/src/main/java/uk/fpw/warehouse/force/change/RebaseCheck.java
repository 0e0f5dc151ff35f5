package uk.fpw.warehouse.force.change;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/**
 * Checks that two rebases of the same queue are at least 12 months apart, so that there are enough points to compute
 * limits from.
 */
public record RebaseCheck(List<DefinitionFile> changes) {

    private static final int MONTHS_APART = 12;

    private record Dated(DefinitionFile change, LocalDate date) {}

    /**
     * Checks all changes.
     *
     * @param queues names of all queues
     */
    public void check(Collection<String> queues) {
        List<Dated> rebases = new ArrayList<>();
        for (DefinitionFile change : changes) {
            LocalDate date = change.day("date");
            if (date != null && change.at("rebase").asBoolean(false)) {
                rebases.add(new Dated(change, date));
            }
        }
        rebases.sort(Comparator.comparing(Dated::date)
                .thenComparing(rebase -> rebase.change().file()));
        Map<String, Dated> latest = new HashMap<>();
        for (Dated rebase : rebases) {
            List<String> tooSoon = new ArrayList<>();
            for (String queue : queues(rebase.change(), queues)) {
                Dated before = latest.put(queue, rebase);
                if (before != null && rebase.date().isBefore(before.date().plusMonths(MONTHS_APART))) {
                    tooSoon.add("queue '" + queue + "' is rebased on " + before.date() + " in "
                            + before.change().file());
                }
            }
            if (!tooSoon.isEmpty()) {
                rebase.change()
                        .error(
                                "rebase",
                                tooSoon.get(0) + ", less than " + MONTHS_APART + " months before " + rebase.date(),
                                "set rebase to false in one of them: the change stays marked");
            }
        }
    }

    private static Collection<String> queues(DefinitionFile change, Collection<String> all) {
        return change.is("queues", Change.ALL) ? all : change.set("queues");
    }
}
