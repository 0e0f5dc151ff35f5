package uk.fpw.nightly.cli.keep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.store.rewrite.Retaining;

/** What {@code fpw retain} prints about a removal: numbers, never a key. */
record RetentionReport(Retaining.Plan plan, Consumer<String> line) {

    /** By feed, the rule, what goes by it, and what stays nevertheless. */
    void printRules() {
        plan.feeds().forEach((feed, rows) -> {
            line.accept("  feed " + feed + " (" + rows.period() + "): "
                    + Plural.grouped(rows.keys().size(), "row") + " of items that were closed before "
                    + rows.period().horizon(plan.release().businessDate()) + kept(rows.kept()));
        });
    }

    private static String kept(Retaining.Kept kept) {
        List<String> parts = new ArrayList<>();
        add(parts, kept.heldCount(), "held");
        add(parts, kept.waitingCount(), "still waiting");
        add(parts, kept.laterCount(), "with later events");
        return parts.isEmpty() ? "" : "; kept: " + String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    /** From when on the periods of each queue are computed. */
    void printFrozen() {
        plan.frozenTo()
                .forEach((queue, day) -> line.accept("  queue " + queue + ": periods that begin before " + day
                        + " stand as they were released (frozen, not recomputable)"));
    }
}
