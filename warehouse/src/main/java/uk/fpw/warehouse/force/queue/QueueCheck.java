package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;

/** Checks a queue beyond its structure: the staging queries must return its events. */
public record QueueCheck(DefinitionFile queue) {

    public void check(DefinitionFiles all) {
        List<DefinitionFile.Entry> reEntering = queue.texts("re_enters", "event");
        List<DefinitionFile.Entry> leaving = queue.texts("leaves", "event");
        List<DefinitionFile.Entry> entering = new ArrayList<>(queue.texts("enters"));
        entering.addAll(reEntering);
        DefinitionFile.Entry.requireDistinct(reEntering);
        DefinitionFile.Entry.requireDistinct(leaving);
        MilestonesCheck.exclusive(leaving, entering, "both enters the queue", "leaves it");
        exits();
        String itemKind = all.itemKindOf(queue);
        if (itemKind != null) {
            all.requireEvents(itemKind, entering);
            all.requireEvents(itemKind, leaving);
            slices(all, itemKind, entering);
        }
        new CrossCheck(queue).check();
        ageBands();
        service(all.calendars());
        primary();
        queue.day("observed_from");
        queue.day("earliest_entry");
    }

    /** Each kind of exit is one line of the figures, so it must either count as served or not. */
    private void exits() {
        Map<String, DefinitionFile.Part> first = new HashMap<>();
        for (DefinitionFile.Part exit : queue.parts("leaves")) {
            String as = exit.text("as");
            JsonNode served = exit.at("served");
            DefinitionFile.Part earlier = as == null || !served.isBoolean() ? null : first.putIfAbsent(as, exit);
            if (earlier != null && !earlier.at("served").equals(served)) {
                exit.error(
                        "served",
                        "'" + as + "' counts as served here, but not in " + earlier.path("served") + ", or vice versa",
                        "make both the same, or use different names in 'as'");
            }
        }
    }

    /**
     * A slice takes its value from the event that started the spell, so queries that return such events must have the
     * attribute.
     */
    private void slices(DefinitionFiles all, String itemKind, List<DefinitionFile.Entry> entering) {
        Set<String> opening = DefinitionFile.Entry.set(entering);
        List<DefinitionFile> openers = all.stagingsOf(itemKind).stream()
                .filter(staging -> staging.set("events").stream().anyMatch(opening::contains))
                .toList();
        if (openers.isEmpty()) {
            return;
        }
        String files = openers.stream().map(DefinitionFile::file).collect(Collectors.joining(", "));
        for (DefinitionFile.Entry slice : queue.texts("slices")) {
            slice.requireKnown(
                    DefinitionFiles.union(openers, "attributes"),
                    "attributes",
                    "'" + slice.text() + "' is not an attribute of a staging query that returns an entering event ("
                            + files + ")");
        }
    }

    private void service(Collection<DefinitionFile> calendars) {
        List<String> known = new ArrayList<>(Service.WITHOUT_CALENDAR);
        calendars.forEach(calendar -> known.add(calendar.baseName()));
        queue.requireKnown("service", known, "days of service", "there is no calendar '" + queue.text("service") + "'");
    }

    private void primary() {
        if (PrimaryMeasure.LATE_SHARE.code().equals(queue.text("primary"))
                && queue.at("standards").isEmpty()) {
            queue.error(
                    "primary", "nothing is late in a queue without standards", "declare one, or choose time_waited");
        }
    }

    private void ageBands() {
        JsonNode bands = queue.at("age_bands");
        for (int i = 1; i < bands.size(); i++) {
            JsonNode previous = bands.path(i - 1);
            JsonNode band = bands.path(i);
            if (previous.isNumber() && band.isNumber() && band.asLong() <= previous.asLong()) {
                queue.error(
                        "age_bands[" + i + "]",
                        band.asLong() + " is not greater than " + previous.asLong() + " before it",
                        "list the limits in ascending order, such as [30, 90, 180, 365]");
            }
        }
    }
}
