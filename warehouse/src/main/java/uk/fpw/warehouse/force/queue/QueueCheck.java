package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks a queue beyond its structure: the staging queries must return its events. */
public final class QueueCheck {

    private final DefinitionFile queue;
    private final ConfigErrors errors;

    public QueueCheck(DefinitionFile queue, ConfigErrors errors) {
        this.queue = queue;
        this.errors = errors;
    }

    public void check(DefinitionFiles all) {
        List<DefinitionFile.Entry> reEntering = events("re_enters");
        List<DefinitionFile.Entry> leaving = events("leaves");
        List<DefinitionFile.Entry> entering = new ArrayList<>(queue.texts("enters"));
        entering.addAll(reEntering);
        DefinitionFiles.checkDistinct(
                queue, reEntering, DefinitionFile.Entry::text, DefinitionFile.Entry::path, errors);
        DefinitionFiles.checkDistinct(queue, leaving, DefinitionFile.Entry::text, DefinitionFile.Entry::path, errors);
        oneDirection(entering, leaving);
        exits();
        String itemKind = queue.text("item_kind");
        if (itemKind != null && !all.stagingsAreUnsure()) {
            if (all.itemKinds().contains(itemKind)) {
                emitted(all, itemKind, entering);
                emitted(all, itemKind, leaving);
                slices(all, itemKind, entering);
            } else {
                add(
                        "item_kind",
                        "no staging query returns items of kind '" + itemKind + "'",
                        Suggestions.remedy(itemKind, all.itemKinds(), "kinds"));
            }
        }
        ageBands();
        day("observed_from");
        day("earliest_entry");
    }

    private List<DefinitionFile.Entry> events(String list) {
        List<DefinitionFile.Entry> events = new ArrayList<>();
        for (DefinitionFile.Part part : queue.parts(list)) {
            String event = part.text("event");
            if (event != null) {
                events.add(new DefinitionFile.Entry(part.path("event"), event));
            }
        }
        return events;
    }

    private void oneDirection(List<DefinitionFile.Entry> entering, List<DefinitionFile.Entry> leaving) {
        for (DefinitionFile.Entry exit : leaving) {
            entering.stream()
                    .filter(entry -> entry.text().equals(exit.text()))
                    .findFirst()
                    .ifPresent(entry -> add(
                            exit.path(),
                            "'" + exit.text() + "' both enters the queue (" + entry.path() + ") and leaves it",
                            "one event can only do one of these; make the staging query return two events"));
        }
    }

    /** Each kind of exit is one line of the figures, so it must either count as served or not. */
    private void exits() {
        Map<String, DefinitionFile.Part> first = new HashMap<>();
        for (DefinitionFile.Part exit : queue.parts("leaves")) {
            String as = exit.text("as");
            JsonNode served = exit.tree().path("served");
            DefinitionFile.Part earlier = as == null || !served.isBoolean() ? null : first.putIfAbsent(as, exit);
            if (earlier != null && !earlier.tree().path("served").equals(served)) {
                add(
                        exit.path("served"),
                        "'" + as + "' counts as served here, but not in " + earlier.path("served") + ", or vice versa",
                        "make both the same, or use different names in 'as'");
            }
        }
    }

    private void emitted(DefinitionFiles all, String itemKind, List<DefinitionFile.Entry> events) {
        Set<String> known = union(all.stagingsOf(itemKind), "events");
        for (DefinitionFile.Entry event : events) {
            if (!known.contains(event.text())) {
                add(
                        event.path(),
                        "no staging query of item kind '" + itemKind + "' declares the event '" + event.text() + "'",
                        Suggestions.remedy(event.text(), known, "events"));
            }
        }
    }

    /**
     * A slice takes its value from the event that started the spell, so queries that return such events must have the
     * attribute.
     */
    private void slices(DefinitionFiles all, String itemKind, List<DefinitionFile.Entry> entering) {
        Set<String> opening = entering.stream().map(DefinitionFile.Entry::text).collect(Collectors.toSet());
        List<DefinitionFile> openers = all.stagingsOf(itemKind).stream()
                .filter(staging -> staging.texts("events").stream()
                        .map(DefinitionFile.Entry::text)
                        .anyMatch(opening::contains))
                .toList();
        Set<String> known = union(openers, "attributes");
        for (DefinitionFile.Entry slice : queue.texts("slices")) {
            if (!openers.isEmpty() && !known.contains(slice.text())) {
                add(
                        slice.path(),
                        "'" + slice.text() + "' is not an attribute of a staging query that returns an entering event ("
                                + String.join(
                                        ", ",
                                        openers.stream()
                                                .map(DefinitionFile::file)
                                                .toList()) + ")",
                        Suggestions.remedy(slice.text(), known, "attributes"));
            }
        }
    }

    private static Set<String> union(List<DefinitionFile> stagings, String list) {
        return stagings.stream()
                .flatMap(staging -> staging.texts(list).stream())
                .map(DefinitionFile.Entry::text)
                .collect(Collectors.toSet());
    }

    private void ageBands() {
        @Nullable JsonNode previous = null;
        JsonNode bands = queue.at("age_bands");
        for (int i = 0; i < bands.size(); i++) {
            JsonNode band = bands.get(i);
            if (previous != null && previous.isNumber() && band.isNumber() && band.asLong() <= previous.asLong()) {
                add(
                        "age_bands[" + i + "]",
                        band.asLong() + " is not greater than " + previous.asLong() + " before it",
                        "list the limits in ascending order, such as [30, 90, 180, 365]");
            }
            previous = band;
        }
    }

    private void day(String field) {
        String text = queue.text(field);
        if (text != null && text.matches("\\d{4}-\\d{2}-\\d{2}")) {
            try {
                LocalDate.parse(text);
            } catch (DateTimeException noSuchDay) {
                add(field, "there is no date '" + text + "'", "write an existing date, such as 2015-01-31");
            }
        }
    }

    private void add(String field, String problem, String remedy) {
        errors.add(queue.file(), queue.line(field), field, problem, remedy);
    }
}
