package uk.fpw.ingest.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.Shown;
import uk.fpw.warehouse.force.Feed;

/** Compares the header of a file with the columns that its feed declares: as sets, since order is no one's promise. */
final class Header {

    private static final String OTHER_DELIMITERS = ",;\t|";

    private Header() {}

    /** Where each of the feed's columns is in a row; throws with everything that does not match. */
    static int[] positions(FeedFile file, List<String> header) {
        Feed feed = file.feed();
        Map<String, Integer> found = new LinkedHashMap<>();
        Set<String> repeated = new LinkedHashSet<>();
        for (int index = 0; index < header.size(); index++) {
            if (found.putIfAbsent(header.get(index).strip(), index) != null) {
                repeated.add(header.get(index).strip());
            }
        }
        Set<String> declared = new LinkedHashSet<>();
        feed.columns().forEach(column -> declared.add(column.from()));
        declared.addAll(file.dropped().ignored());
        Set<String> missing = new LinkedHashSet<>(declared);
        missing.removeAll(found.keySet());
        Set<String> added = new LinkedHashSet<>(found.keySet());
        added.removeAll(declared);
        if (missing.size() == declared.size()) {
            throw noHeader(file, header, declared);
        }
        if (!missing.isEmpty() || !added.isEmpty() || !repeated.isEmpty()) {
            throw mismatch(file, missing, added, repeated);
        }
        return feed.columns().stream()
                .mapToInt(column -> found.getOrDefault(column.from(), -1))
                .toArray();
    }

    private static RuntimeException noHeader(FeedFile file, List<String> header, Set<String> declared) {
        char delimiter = file.dropped().format().delimiter();
        String only = header.get(0);
        for (int index = 0; index < OTHER_DELIMITERS.length(); index++) {
            char other = OTHER_DELIMITERS.charAt(index);
            if (header.size() == 1 && declared.size() > 1 && other != delimiter && only.indexOf(other) >= 0) {
                return file.badData(
                        1,
                        "the header is one field, not split by the delimiter '" + Shown.text(String.valueOf(delimiter))
                                + "' that " + file.definition() + " declares, but it holds '"
                                + Shown.text(String.valueOf(other)) + "'",
                        "correct format.delimiter");
            }
        }
        // What stands there instead is not shown: without a header it is a row of data.
        return file.badData(
                1,
                "the first line is not the header: none of its " + header.size() + " fields is one of the "
                        + declared.size() + " columns that " + file.definition() + " declares",
                "have the source write a header, or correct each column's 'from'");
    }

    private static RuntimeException mismatch(
            FeedFile file, Set<String> missing, Set<String> added, Set<String> repeated) {
        List<String> problems = new ArrayList<>();
        Set<String> unpaired = new LinkedHashSet<>(added);
        List<String> renamed = new ArrayList<>();
        List<String> lacking = new ArrayList<>();
        for (String name : missing) {
            String likely = likeliest(name, unpaired);
            if (likely == null) {
                lacking.add(name);
            } else {
                unpaired.remove(likely);
                renamed.add(name + " (likely renamed to " + Shown.text(likely) + ")");
            }
        }
        List<String> allLacking = new ArrayList<>(lacking);
        allLacking.addAll(renamed);
        if (!allLacking.isEmpty()) {
            problems.add("it lacks " + String.join(", ", allLacking));
        }
        if (!unpaired.isEmpty()) {
            problems.add("it adds " + unpaired.stream().map(Header::shown).collect(Collectors.joining(", ")));
        }
        if (!repeated.isEmpty()) {
            problems.add("it repeats " + repeated.stream().map(Header::shown).collect(Collectors.joining(", ")));
        }
        List<String> remedies = new ArrayList<>();
        if (!renamed.isEmpty()) {
            remedies.add("correct 'from' of the renamed columns");
        }
        if (!unpaired.isEmpty()) {
            remedies.add("list new columns under 'columns' or 'ignored'");
        }
        if (!lacking.isEmpty() || !repeated.isEmpty()) {
            remedies.add("have the source deliver the extract as agreed");
        }
        return file.badData(
                1,
                "the header is not what " + file.definition() + " declares: " + String.join("; ", problems),
                String.join(", or ", remedies));
    }

    private static String shown(String name) {
        return name.isEmpty() ? "a column without a name" : Shown.text(name);
    }

    private static @Nullable String likeliest(String name, Set<String> candidates) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(plain(name), plain(candidate));
            if (distance < bestDistance && distance <= Math.max(1, plain(name).length() / 3)) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** Levenshtein's distance. */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int substitution = previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(substitution, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
