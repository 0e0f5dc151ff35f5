package uk.fpw.warehouse.force.change;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/**
 * Checks one change beyond its structure: its queues, who decided it, and whether its queues have figures before it.
 */
public record ChangeCheck(DefinitionFile change) {

    /**
     * Checks the change.
     *
     * @param queues the readable queue files
     * @param names names of all queue files
     */
    public void check(List<DefinitionFile> queues, Set<String> names) {
        LocalDate date = change.day("date");
        change.day("comparison.declared_on");
        decider();
        for (DefinitionFile.Entry entry : change.texts("queues")) {
            entry.requireKnown(names, "queues", "there is no queue '" + entry.text() + "'");
            if (date != null && names.contains(entry.text())) {
                hasFiguresBefore(queues, entry.text(), date, "correct the date");
            }
        }
        boolean isOfAll = change.is("queues", Change.ALL);
        if (isOfAll && date != null) {
            names.stream()
                    .sorted()
                    .forEach(name -> hasFiguresBefore(
                            queues, name, date, "correct the date, list the queues that had figures before it"));
        }
        if (isOfAll && change.at("comparison").isObject()) {
            change.error(
                    "comparison",
                    "cannot be combined with 'queues: all': of many comparisons some differ by chance",
                    "list the queues in which the outcome should differ");
        }
    }

    private void decider() {
        String decider = change.text("decided_by");
        if (decider == null || decider.isEmpty()) {
            return; // Reported by the schema.
        }
        if (decider.isBlank()) {
            change.error(
                    "decided_by",
                    "is blank",
                    "write the role or the meeting that decided, or '" + Change.NOT_RECORDED + "'");
        } else if (isRebase() && decider.strip().toLowerCase(Locale.ROOT).equals(Change.NOT_RECORDED)) {
            change.error(
                    "rebase",
                    "is true, but decided_by is '" + Change.NOT_RECORDED + "'",
                    "write who decided in decided_by, or set rebase to false: new limits need somebody who decided");
        }
    }

    private boolean isRebase() {
        return change.at("rebase").asBoolean(false);
    }

    /** Missing figures before the date are an error only for what needs them; a mark alone does no harm. */
    private void hasFiguresBefore(List<DefinitionFile> queues, String queue, LocalDate date, String remedy) {
        LocalDate from = figuresFrom(queues, queue);
        String needed = isRebase() ? "rebase" : change.at("comparison").isObject() ? "comparison" : null;
        if (from != null && needed != null && !date.isAfter(from)) {
            change.error(
                    "date",
                    date + " is not after " + from + ", when the figures of queue '" + queue
                            + "' begin (observed_from), so that there is nothing before it",
                    remedy + ", or remove '" + needed + "'");
        }
    }

    private static @Nullable LocalDate figuresFrom(List<DefinitionFile> queues, String name) {
        for (DefinitionFile queue : queues) {
            if (queue.is("queue", name)) {
                return queue.day("observed_from");
            }
        }
        return null;
    }
}
