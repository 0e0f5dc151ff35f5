package uk.fpw.warehouse.force.change;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DayParser;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.Suggestions;

/**
 * Checks one change beyond its structure: its queues, who decided it, and whether its queues have figures before it.
 */
public final class ChangeCheck {

    private final DefinitionFile change;
    private final ConfigErrors errors;

    public ChangeCheck(DefinitionFile change, ConfigErrors errors) {
        this.change = change;
        this.errors = errors;
    }

    /**
     * Checks the change.
     *
     * @param queues the readable queue files
     * @param names names of all queue files
     */
    public void check(List<DefinitionFile> queues, Set<String> names) {
        LocalDate date = DayParser.read(change, "date", change.text("date"), errors);
        DayParser.read(
                change, "comparison.declared_on", DefinitionFile.text(change.at("comparison"), "declared_on"), errors);
        decider();
        for (DefinitionFile.Entry entry : change.texts("queues")) {
            if (!names.contains(entry.text())) {
                add(
                        entry.path(),
                        "there is no queue '" + entry.text() + "'",
                        Suggestions.remedy(entry.text(), names, "queues"));
            } else if (date != null) {
                hasFiguresBefore(queues, entry.text(), date, "correct the date");
            }
        }
        boolean isOfAll = Change.ALL.equals(change.text("queues"));
        if (isOfAll && date != null) {
            names.stream()
                    .sorted()
                    .forEach(name -> hasFiguresBefore(
                            queues, name, date, "correct the date, list the queues that had figures before it"));
        }
        if (isOfAll && change.at("comparison").isObject()) {
            add(
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
            add(
                    "decided_by",
                    "is blank",
                    "write the role or the meeting that decided, or '" + Change.NOT_RECORDED + "'");
        } else if (isRebase() && decider.strip().toLowerCase(Locale.ROOT).equals(Change.NOT_RECORDED)) {
            add(
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
            add(
                    "date",
                    date + " is not after " + from + ", when the figures of queue '" + queue
                            + "' begin (observed_from), so that there is nothing before it",
                    remedy + ", or remove '" + needed + "'");
        }
    }

    private @Nullable LocalDate figuresFrom(List<DefinitionFile> queues, String name) {
        for (DefinitionFile queue : queues) {
            if (name.equals(queue.text("queue"))) {
                // An invalid date is reported by the check of the queue.
                return DayParser.read(queue, "observed_from", queue.text("observed_from"), new ConfigErrors());
            }
        }
        return null;
    }

    private void add(String field, String problem, String remedy) {
        errors.add(change.file(), change.line(field), field, problem, remedy);
    }
}
