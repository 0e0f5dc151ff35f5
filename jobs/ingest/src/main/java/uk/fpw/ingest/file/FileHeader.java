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
import uk.fpw.text.EditDistance;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.ValueShape;

/** Compares the header of a file with the columns that its feed declares: as sets, since order is no one's promise. */
public final class FileHeader {

    /** More unknown fields than these are shown by number only. */
    private static final int MAX_ADDED = 3;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z _/-]{0,39}");

    /**
     * How messages refer to a header.
     *
     * @param place where it is, as it follows the file's path in a message, such as {@code :1}; empty for the file as a
     *     whole
     * @param name its name
     * @param notThere said where it is no header
     * @param remedyIfNotThere what to do then
     * @param remedyIfData what to do about unknown fields that may be data
     * @param mayBeData whether it may be a row of data; otherwise the unknown fields are names
     *     and are shown
     */
    public record Words(
            String place,
            String name,
            String notThere,
            String remedyIfNotThere,
            String remedyIfData,
            boolean mayBeData) {}

    private FileHeader() {}

    /** Where each of the feed's columns is in a row; throws with everything that does not match. */
    public static int[] positions(FeedFile file, List<String> header, Words words) {
        Feed feed = file.feed();
        Map<String, Integer> found = new LinkedHashMap<>();
        Set<String> repeated = new LinkedHashSet<>();
        for (int index = 0; index < header.size(); index++) {
            if (found.putIfAbsent(header.get(index).strip(), index) != null) {
                repeated.add(header.get(index).strip());
            }
        }
        Set<String> declared = declared(file);
        Set<String> missing = new LinkedHashSet<>(declared);
        missing.removeAll(found.keySet());
        Set<String> added = new LinkedHashSet<>(found.keySet());
        added.removeAll(declared);
        if (missing.size() == declared.size()) {
            throw noHeader(file, header, declared, words);
        }
        if (!missing.isEmpty() || !added.isEmpty() || !repeated.isEmpty()) {
            throw mismatch(
                    file,
                    missing,
                    new Found(header.size(), declared.size(), missing.size(), added, words.mayBeData()),
                    repeated,
                    words);
        }
        return feed.columns().stream()
                .mapToInt(column -> found.getOrDefault(column.from(), -1))
                .toArray();
    }

    /** Whether any of the fields is a column that the feed declares. */
    static boolean isDeclared(FeedFile file, List<String> header) {
        Set<String> declared = declared(file);
        return header.stream().map(String::strip).anyMatch(declared::contains);
    }

    private static Set<String> declared(FeedFile file) {
        Set<String> declared = new LinkedHashSet<>();
        file.feed().columns().forEach(column -> declared.add(column.from()));
        declared.addAll(file.dropped().ignored());
        return declared;
    }

    private static RuntimeException noHeader(FeedFile file, List<String> header, Set<String> declared, Words words) {
        // The content is not shown: without a header it is a row of data.
        return file.badData(
                words.place(),
                words.notThere() + ": none of its " + header.size() + " fields is one of the " + declared.size()
                        + " columns that " + file.definition() + " declares",
                words.remedyIfNotThere());
    }

    private static RuntimeException mismatch(
            FeedFile file, Set<String> missing, Found found, Set<String> repeated, Words words) {
        List<String> problems = new ArrayList<>();
        Set<String> unpaired = new LinkedHashSet<>(found.added);
        List<String> renamed = new ArrayList<>();
        List<String> notFound = new ArrayList<>();
        for (String name : missing) {
            String likely = found.areNames() ? mostLikely(name, unpaired) : null;
            if (likely == null) {
                notFound.add(name);
            } else {
                unpaired.remove(likely);
                renamed.add(name + " (likely renamed to " + likely + ")");
            }
        }
        List<String> notFoundOrRenamed = new ArrayList<>(notFound);
        notFoundOrRenamed.addAll(renamed);
        if (!notFoundOrRenamed.isEmpty()) {
            problems.add("missing: " + String.join(", ", notFoundOrRenamed));
        }
        if (!unpaired.isEmpty()) {
            problems.add("not declared: " + (found.areNames() ? String.join(", ", unpaired) : found.shapes(unpaired)));
        }
        if (!repeated.isEmpty()) {
            problems.add("repeated: " + repeated(file, repeated));
        }
        List<String> remedies = new ArrayList<>();
        if (!renamed.isEmpty()) {
            remedies.add("correct 'from' of the renamed columns");
        }
        if (!unpaired.isEmpty() && !found.areNames()) {
            remedies.add(words.remedyIfData());
        } else if (!unpaired.isEmpty()) {
            remedies.add("list new columns under 'columns' or 'ignored'");
        }
        if (!notFound.isEmpty() || !repeated.isEmpty()) {
            remedies.add("ask the source to deliver the extract as agreed");
        }
        return file.badData(
                words.place(),
                words.name() + (words.name().endsWith("s") ? " are" : " is") + " not what " + file.definition()
                        + " declares: " + String.join("; ", problems),
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
            shown.add(Plural.of(others, known.isEmpty() ? "name" : "other name"));
        }
        return String.join(", ", shown);
    }

    /**
     * What a header has beside the declared columns. It may not be a header, or its line break may be missing, so that
     * a row of data follows on the same line: then its fields may be personal data and are not shown.
     *
     * @param fields fields in the line
     * @param declared columns that the feed declares
     * @param missing those of them that are not in the line
     * @param added fields that the feed does not declare
     * @param mayBeData whether a field may be anything but a name
     */
    private record Found(int fields, int declared, int missing, Set<String> added, boolean mayBeData) {

        /**
         * Whether the added fields are probably column names: few compared to the known ones, fewer
         * than a row of data would have, and without digits.
         */
        boolean areNames() {
            return !mayBeData
                    || (added.size() <= MAX_ADDED
                            && fields < 2 * declared - 1
                            && missing * 2 <= declared
                            && added.stream()
                                    .allMatch(name -> NAME.matcher(name).matches()));
        }

        String shapes(Set<String> names) {
            String shapes = names.stream().limit(MAX_ADDED).map(ValueShape::of).collect(Collectors.joining(", "));
            return Plural.of(names.size(), "field")
                    + " that may be data and " + (names.size() == 1 ? "is" : "are") + " not shown ("
                    + shapes + (names.size() > MAX_ADDED ? ", ..." : "") + ")";
        }
    }

    private static @Nullable String mostLikely(String name, Set<String> candidates) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = EditDistance.between(plain(name), plain(candidate));
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
}
