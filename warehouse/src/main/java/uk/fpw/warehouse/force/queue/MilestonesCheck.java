package uk.fpw.warehouse.force.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uk.fpw.warehouse.force.yaml.Definition;
import uk.fpw.warehouse.force.yaml.Definitions;
import uk.fpw.warehouse.force.yaml.Mistakes;
import uk.fpw.warehouse.force.yaml.Nearest;

/** Checks one milestones definition beyond its structure: that the staging queries emit what it looks for. */
public final class MilestonesCheck {

    private final Definition milestones;
    private final Mistakes mistakes;

    public MilestonesCheck(Definition milestones, Mistakes mistakes) {
        this.milestones = milestones;
        this.mistakes = mistakes;
    }

    public void check(Definitions all) {
        List<Definition.Entry> opens = milestones.texts("opens");
        List<Definition.Entry> closes = milestones.texts("closes");
        List<Definition.Part> steps = milestones.parts("steps");
        Definitions.checkDistinct(milestones, steps, step -> step.text("step"), step -> step.path("step"), mistakes);
        exclusive(closes, opens, "both opens a case", "closes it");
        List<Definition.Entry> events = new ArrayList<>(opens);
        events.addAll(closes);
        for (Definition.Part step : steps) {
            List<Definition.Entry> done = Definition.texts(step.tree().path("done"), step.path("done"));
            List<Definition.Entry> spared =
                    Definition.texts(step.tree().path("not_applicable"), step.path("not_applicable"));
            exclusive(spared, done, "both records the step", "says that it is not needed");
            events.addAll(done);
            events.addAll(spared);
        }
        String itemKind = milestones.text("item_kind");
        if (itemKind != null && !all.stagingsAreUnsure()) {
            if (all.itemKinds().contains(itemKind)) {
                emitted(all, itemKind, events);
            } else {
                add(
                        "item_kind",
                        "no staging query yields items of kind '" + itemKind + "'",
                        Nearest.remedy(itemKind, all.itemKinds(), "kinds"));
            }
        }
    }

    private void exclusive(
            List<Definition.Entry> entries, List<Definition.Entry> others, String otherMeaning, String meaning) {
        for (Definition.Entry entry : entries) {
            others.stream()
                    .filter(other -> other.text().equals(entry.text()))
                    .findFirst()
                    .ifPresent(other -> add(
                            entry.path(),
                            "'" + entry.text() + "' " + otherMeaning + " (" + other.path() + ") and " + meaning,
                            "one event can do one of the two; let the staging query yield two events"));
        }
    }

    private void emitted(Definitions all, String itemKind, List<Definition.Entry> events) {
        Set<String> known = all.stagingsOf(itemKind).stream()
                .flatMap(staging -> staging.texts("events").stream())
                .map(Definition.Entry::text)
                .collect(Collectors.toSet());
        for (Definition.Entry event : events) {
            if (!known.contains(event.text())) {
                add(
                        event.path(),
                        "no staging query of item kind '" + itemKind + "' declares the event '" + event.text() + "'",
                        Nearest.remedy(event.text(), known, "events"));
            }
        }
    }

    private void add(String field, String problem, String remedy) {
        mistakes.add(milestones.file(), milestones.line(field), field, problem, remedy);
    }
}
