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
import uk.fpw.warehouse.force.yaml.Definition;
import uk.fpw.warehouse.force.yaml.Definitions;
import uk.fpw.warehouse.force.yaml.Mistakes;
import uk.fpw.warehouse.force.yaml.Nearest;

/** Checks one queue beyond its structure: that the staging queries emit what it waits for. */
public final class QueueCheck {

    private final Definition queue;
    private final Mistakes mistakes;

    public QueueCheck(Definition queue, Mistakes mistakes) {
        this.queue = queue;
        this.mistakes = mistakes;
    }

    public void check(Definitions all) {
        List<Definition.Entry> reEntering = events("re_enters");
        List<Definition.Entry> leaving = events("leaves");
        List<Definition.Entry> entering = new ArrayList<>(queue.texts("enters"));
        entering.addAll(reEntering);
        Definitions.checkDistinct(queue, reEntering, Definition.Entry::text, Definition.Entry::path, mistakes);
        Definitions.checkDistinct(queue, leaving, Definition.Entry::text, Definition.Entry::path, mistakes);
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
                        "no staging query yields items of kind '" + itemKind + "'",
                        Nearest.remedy(itemKind, all.itemKinds(), "kinds"));
            }
        }
        ageBands();
        day("observed_from");
        day("earliest_entry");
    }

    private List<Definition.Entry> events(String list) {
        List<Definition.Entry> events = new ArrayList<>();
        for (Definition.Part part : queue.parts(list)) {
            String event = part.text("event");
            if (event != null) {
                events.add(new Definition.Entry(part.path("event"), event));
            }
        }
        return events;
    }

    private void oneDirection(List<Definition.Entry> entering, List<Definition.Entry> leaving) {
        for (Definition.Entry exit : leaving) {
            entering.stream()
                    .filter(entry -> entry.text().equals(exit.text()))
                    .findFirst()
                    .ifPresent(entry -> add(
                            exit.path(),
                            "'" + exit.text() + "' both enters the queue (" + entry.path() + ") and leaves it",
                            "one event can do one of the two; let the staging query yield two events"));
        }
    }

    /** A way of leaving is one line of the figures: the work was done or it was not. */
    private void exits() {
        Map<String, Definition.Part> first = new HashMap<>();
        for (Definition.Part exit : queue.parts("leaves")) {
            String as = exit.text("as");
            JsonNode served = exit.tree().path("served");
            Definition.Part earlier = as == null || !served.isBoolean() ? null : first.putIfAbsent(as, exit);
            if (earlier != null && !earlier.tree().path("served").equals(served)) {
                add(
                        exit.path("served"),
                        "'" + as + "' is served here and not in " + earlier.path("served") + ", or the other way round",
                        "let both agree, or give the two ways of leaving different names in 'as'");
            }
        }
    }

    private void emitted(Definitions all, String itemKind, List<Definition.Entry> events) {
        Set<String> known = union(all.stagingsOf(itemKind), "events");
        for (Definition.Entry event : events) {
            if (!known.contains(event.text())) {
                add(
                        event.path(),
                        "no staging query of item kind '" + itemKind + "' declares the event '" + event.text() + "'",
                        Nearest.remedy(event.text(), known, "events"));
            }
        }
    }

    /**
     * A slice has the value of the event that began the stay, so a query that yields such an event has to have the
     * attribute.
     */
    private void slices(Definitions all, String itemKind, List<Definition.Entry> entering) {
        Set<String> opening = entering.stream().map(Definition.Entry::text).collect(Collectors.toSet());
        List<Definition> openers = all.stagingsOf(itemKind).stream()
                .filter(staging -> staging.texts("events").stream()
                        .map(Definition.Entry::text)
                        .anyMatch(opening::contains))
                .toList();
        Set<String> known = union(openers, "attributes");
        for (Definition.Entry slice : queue.texts("slices")) {
            if (!openers.isEmpty() && !known.contains(slice.text())) {
                add(
                        slice.path(),
                        "'" + slice.text() + "' is not an attribute of a staging query that yields an entering event ("
                                + String.join(
                                        ", ",
                                        openers.stream().map(Definition::file).toList()) + ")",
                        Nearest.remedy(slice.text(), known, "attributes"));
            }
        }
    }

    private static Set<String> union(List<Definition> stagings, String list) {
        return stagings.stream()
                .flatMap(staging -> staging.texts(list).stream())
                .map(Definition.Entry::text)
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
                        band.asLong() + " does not exceed " + previous.asLong() + " before it",
                        "write the limits in ascending order, such as [30, 90, 180, 365]");
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
                add(field, "there is no day '" + text + "'", "write a date that exists, such as 2015-01-31");
            }
        }
    }

    private void add(String field, String problem, String remedy) {
        mistakes.add(queue.file(), queue.line(field), field, problem, remedy);
    }
}
