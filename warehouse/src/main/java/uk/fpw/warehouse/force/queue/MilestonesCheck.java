package uk.fpw.warehouse.force.queue;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;

/** Checks a milestones definition beyond its structure: the staging queries must return its events. */
public record MilestonesCheck(DefinitionFile milestones) {

    public void check(DefinitionFiles all) {
        List<DefinitionFile.Entry> opens = milestones.texts("opens");
        List<DefinitionFile.Entry> closes = milestones.texts("closes");
        DefinitionFile.Entry.requireDistinct(milestones.texts("steps", "step"));
        exclusive(closes, opens, "both opens a case", "closes it");
        List<DefinitionFile.Entry> events = new ArrayList<>(opens);
        events.addAll(closes);
        for (DefinitionFile.Part step : milestones.parts("steps")) {
            List<DefinitionFile.Entry> done = step.texts("done");
            List<DefinitionFile.Entry> spared = step.texts("not_applicable");
            exclusive(spared, done, "both records the step", "is already marked as not needed");
            events.addAll(done);
            events.addAll(spared);
        }
        String itemKind = all.itemKindOf(milestones);
        if (itemKind != null) {
            all.requireEvents(itemKind, events);
        }
        new LinkedItemsCheck(milestones).check(all);
    }

    /** Reports events that would do two things. */
    static void exclusive(
            List<DefinitionFile.Entry> entries,
            List<DefinitionFile.Entry> others,
            String otherMeaning,
            String meaning) {
        for (DefinitionFile.Entry entry : entries) {
            others.stream()
                    .filter(other -> other.text().equals(entry.text()))
                    .findFirst()
                    .ifPresent(other -> entry.error(
                            "'" + entry.text() + "' " + otherMeaning + " (" + other.path() + ") and " + meaning,
                            "one event can only do one of these; make the staging query return two events"));
        }
    }
}
