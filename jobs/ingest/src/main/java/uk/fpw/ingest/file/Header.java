package uk.fpw.ingest.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.Shown;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.privacy.Shape;

/** Compares the header of a file with the columns that its feed declares: as sets, since order is no one's promise. */
final class Header {

    private static final String OTHER_DELIMITERS = ",;\t|";

    /** More unknown fields than these are shown by number only. */
    private static final int MOST_ADDED = 3;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z _/-]{0,39}");

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
            throw mismatch(file, missing, new Found(header.size(), declared.size(), missing.size(), added), repeated);
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

    private static RuntimeException mismatch(FeedFile file, Set<String> missing, Found found, Set<String> repeated) {
        List<String> problems = new ArrayList<>();
        Set<String> unpaired = new LinkedHashSet<>(found.added);
        List<String> renamed = new ArrayList<>();
        List<String> lacking = new ArrayList<>();
        for (String name : missing) {
            String likely = found.areNames() ? likeliest(name, unpaired) : null;
            if (likely == null) {
                lacking.add(name);
            } else {
                unpaired.remove(likely);
                renamed.add(name + " (likely renamed to " + likely + ")");
            }
        }
        List<String> allLacking = new ArrayList<>(lacking);
        allLacking.addAll(renamed);
        if (!allLacking.isEmpty()) {
            problems.add("it lacks " + String.join(", ", allLacking));
        }
        if (!unpaired.isEmpty()) {
            problems.add("it adds " + (found.areNames() ? String.join(", ", unpaired) : found.shapes(unpaired)));
        }
        if (!repeated.isEmpty()) {
            problems.add("it repeats " + repeated(file, repeated));
        }
        List<String> remedies = new ArrayList<>();
        if (!renamed.isEmpty()) {
            remedies.add("correct 'from' of the renamed columns");
        }
        if (!unpaired.isEmpty() && !found.areNames()) {
            remedies.add(
                    "look at the first line of the file: if its line break is missing, have the source deliver it again; if they are new columns, list them under 'columns' or 'ignored'");
        } else if (!unpaired.isEmpty()) {
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

    /** Names that the feed declares; of others only how many there are. */
    private static String repeated(FeedFile file, Set<String> repeated) {
        List<String> known = repeated.stream()
                .filter(name -> file.dropped().ignored().contains(name)
                        || file.feed().columns().stream()
                                .anyMatch(column -> column.from().equals(name)))
                .toList();
        int others = repeated.size() - known.size();
        List<String> shown = new ArrayList<>(known);
        if (others > 0) {
            shown.add(others + (known.isEmpty() ? "" : " other") + (others == 1 ? " name" : " names"));
        }
        return String.join(", ", shown);
    }

    /**
     * What a header has beside the declared columns. It may be no header, or one whose line break is missing, so that a row of data follows in the same line: then its fields are people's data and are not shown.
     *
     * @param fields fields in the line
     * @param declared columns that the feed declares
     * @param missing those of them that are not in the line
     * @param added fields that the feed does not declare
     */
    private record Found(int fields, int declared, int missing, Set<String> added) {

        /** Whether the added fields are likely names of columns: few beside the known ones, fewer than a row of data would be, and each of them words without digits. */
        boolean areNames() {
            return added.size() <= MOST_ADDED
                    && fields < 2 * declared - 1
                    && missing * 2 <= declared
                    && added.stream().allMatch(name -> NAME.matcher(name).matches());
        }

        String shapes(Set<String> names) {
            String shapes = names.stream().limit(MOST_ADDED).map(Shape::of).collect(Collectors.joining(", "));
            return names.size()
                    + (names.size() == 1 ? " field that may be data and is" : " fields that may be data and are")
                    + " not shown ("
                    + shapes + (names.size() > MOST_ADDED ? ", ..." : "") + ")";
        }
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
