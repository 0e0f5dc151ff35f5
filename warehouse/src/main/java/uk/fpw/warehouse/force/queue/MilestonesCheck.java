package uk.fpw.warehouse.force.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks a milestones definition beyond its structure: the staging queries must return its events. */
public final class MilestonesCheck {

    private final DefinitionFile milestones;
    private final ConfigErrors errors;

    public MilestonesCheck(DefinitionFile milestones, ConfigErrors errors) {
        this.milestones = milestones;
        this.errors = errors;
    }

    public void check(DefinitionFiles all) {
        List<DefinitionFile.Entry> opens = milestones.texts("opens");
        List<DefinitionFile.Entry> closes = milestones.texts("closes");
        List<DefinitionFile.Part> steps = milestones.parts("steps");
        DefinitionFiles.checkDistinct(milestones, steps, step -> step.text("step"), step -> step.path("step"), errors);
        exclusive(closes, opens, "both opens a case", "closes it");
        List<DefinitionFile.Entry> events = new ArrayList<>(opens);
        events.addAll(closes);
        for (DefinitionFile.Part step : steps) {
            List<DefinitionFile.Entry> done = DefinitionFile.texts(step.tree().path("done"), step.path("done"));
            List<DefinitionFile.Entry> spared =
                    DefinitionFile.texts(step.tree().path("not_applicable"), step.path("not_applicable"));
            exclusive(spared, done, "both records the step", "is already marked as not needed");
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
                        "no staging query returns items of kind '" + itemKind + "'",
                        Suggestions.remedy(itemKind, all.itemKinds(), "kinds"));
            }
        }
        new LinkedItemsCheck(milestones, errors).check(all);
    }

    private void exclusive(
            List<DefinitionFile.Entry> entries,
            List<DefinitionFile.Entry> others,
            String otherMeaning,
            String meaning) {
        for (DefinitionFile.Entry entry : entries) {
            others.stream()
                    .filter(other -> other.text().equals(entry.text()))
                    .findFirst()
                    .ifPresent(other -> add(
                            entry.path(),
                            "'" + entry.text() + "' " + otherMeaning + " (" + other.path() + ") and " + meaning,
                            "one event can only do one of these; make the staging query return two events"));
        }
    }

    private void emitted(DefinitionFiles all, String itemKind, List<DefinitionFile.Entry> events) {
        emitted(milestones, errors, all, itemKind, events);
    }

    /** Reports events that no staging query of that item kind declares. */
    static void emitted(
            DefinitionFile milestones,
            ConfigErrors errors,
            DefinitionFiles all,
            String itemKind,
            List<DefinitionFile.Entry> events) {
        Set<String> known = all.stagingsOf(itemKind).stream()
                .flatMap(staging -> staging.texts("events").stream())
                .map(DefinitionFile.Entry::text)
                .collect(Collectors.toSet());
        for (DefinitionFile.Entry event : events) {
            if (!known.contains(event.text())) {
                errors.add(
                        milestones.file(),
                        milestones.line(event.path()),
                        event.path(),
                        "no staging query of item kind '" + itemKind + "' declares the event '" + event.text() + "'",
                        Suggestions.remedy(event.text(), known, "events"));
            }
        }
    }

    private void add(String field, String problem, String remedy) {
        errors.add(milestones.file(), milestones.line(field), field, problem, remedy);
    }
}
