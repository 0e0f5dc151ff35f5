package uk.fpw.nightly.run.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.fpw.layout.ReleaseFile;

/** What is said of figures that a release copied, because the items behind them were removed. */
public final class FrozenNotes {

    private FrozenNotes() {}

    /** A sentence for each day from which figures are computed again, by day; none if nothing was copied. */
    public static List<String> of(ReleaseFile release) {
        Map<LocalDate, List<String>> queues = new TreeMap<>();
        for (JsonNode queue : release.definitions().path("queue_definition")) {
            String frozenTo = queue.path("frozen_to").asText("");
            if (!frozenTo.isEmpty() && !queue.path("frozen_to").isNull()) {
                queues.computeIfAbsent(LocalDate.parse(frozenTo), day -> new ArrayList<>())
                        .add(queue.path("queue").asText());
            }
        }
        List<String> notes = new ArrayList<>();
        queues.forEach((day, names) -> notes.add("frozen, not recomputable: figures of periods that began before "
                + day + " in " + String.join(", ", names)
                + "; their items were removed, and the figures are those that were released before that"));
        return notes;
    }
}
