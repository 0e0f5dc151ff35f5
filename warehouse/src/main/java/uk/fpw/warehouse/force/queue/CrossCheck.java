package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/** Checks the pairs of slices of one queue beyond their structure: each consists of two slices of the queue. */
record CrossCheck(DefinitionFile queue) {

    /** Length of the name of a slice in the tables. */
    private static final int LONGEST_NAME = 100;

    /** As many as {@code slices} alone may be: spells have room for no more. */
    private static final int MOST_SLICES = 30;

    void check() {
        Map<Set<String>, String> paths = new HashMap<>();
        List<DefinitionFile.Part> pairs = queue.parts("cross");
        pairs.forEach(pair -> check(pair, paths));
        int slices = queue.at("slices").size();
        if (!pairs.isEmpty() && slices + pairs.size() > MOST_SLICES) {
            queue.error(
                    "cross",
                    "the queue has " + (slices + pairs.size()) + " slices with these pairs, and at most " + MOST_SLICES
                            + " are possible",
                    "remove pairs or slices");
        }
    }

    private void check(DefinitionFile.Part pair, Map<Set<String>, String> paths) {
        Set<String> slices = queue.set("slices");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < pair.tree().size(); i++) {
            JsonNode name = pair.tree().path(i);
            if (name.isTextual()) {
                names.add(name.textValue());
                new DefinitionFile.Entry(queue, pair.path() + "[" + i + "]", name.textValue())
                        .requireKnown(
                                slices, "slices", "'" + name.textValue() + "' is not among the slices of the queue");
            }
        }
        if (pair.tree().isArray() && pair.tree().size() != 2) {
            queue.error(
                    pair.path(),
                    "has " + pair.tree().size() + " instead of two slices",
                    "write a pair such as [device_type, priority]");
        } else if (names.size() == 2) {
            check(pair.path(), names.get(0), names.get(1), paths);
        }
    }

    private void check(String path, String first, String second, Map<Set<String>, String> paths) {
        String name = CrossedSlice.name(first, second);
        String earlier = paths.putIfAbsent(new TreeSet<>(List.of(first, second)), path);
        if (first.equals(second)) {
            queue.error(path, "names '" + first + "' twice", "write two different slices");
        } else if (earlier != null) {
            queue.error(path, "is the same pair as " + earlier, "remove one of them");
        } else if (name.length() > LONGEST_NAME) {
            queue.error(
                    path,
                    "its name '" + name + "' has more than " + LONGEST_NAME + " characters",
                    "give the attributes shorter names");
        }
    }
}
