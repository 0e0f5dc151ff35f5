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

/**
 * Compares the header of a file with the columns declared by its feed. The order does not matter, since no source
 * guarantees it.
 */
public final class FileHeader {

    /** If there are more unknown fields, only their number is shown. */
    private static final int MAX_ADDED = 3;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z _/-]{0,39}");

    /**
     * Wording of messages about a header.
     *
     * @param place its place, to be appended to the file's path, such as {@code :1}; empty for the whole file
     * @param name what the header is called
     * @param noHeader text if it is not a header
     * @param remedyIfNoHeader remedy if it is not a header
     * @param remedyIfData remedy for unknown fields that may be data
     * @param mayBeData whether it may be a row of data; if not, unknown fields are names and may be shown
     */
    public record Words(
            String place,
            String name,
            String noHeader,
            String remedyIfNoHeader,
            String remedyIfData,
            boolean mayBeData) {}

    private FileHeader() {}

    /** The positions of the feed's columns in a row. Throws with a list of all mismatches. */
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

    /** Whether any field is a column declared by the feed. */
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
        // The content is not shown, because without a header it is a row of data.
        return file.badData(
                words.place(),
                words.noHeader() + ": none of its " + header.size() + " fields is one of the " + declared.size()
                        + " columns that " + file.definition() + " declares",
                words.remedyIfNoHeader());
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

    /** Repeated fields: names declared by the feed, and the number of others. */
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
     * Fields of a header that the feed does not declare. They are not shown if they may be personal data, because the
     * line is not a header or its line break is missing and a row of data follows.
     *
     * @param fields number of fields in the line
     * @param declared number of columns declared by the feed
     * @param missing number of declared columns missing from the line
     * @param added undeclared fields
     * @param mayBeData whether fields may be anything but names
     */
    private record Found(int fields, int declared, int missing, Set<String> added, boolean mayBeData) {

        /**
         * Whether the undeclared fields are probably column names: few compared to the known ones, fewer than in a row
         * of data, and without digits.
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
