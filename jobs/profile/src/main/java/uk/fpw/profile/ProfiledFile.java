package uk.fpw.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.privacy.ValueShape;

/** A delimited text file, read like in a load: by a feed that declares every column of its header as text. */
final class ProfiledFile {

    private static final int LOOKED_AT = 200;

    private ProfiledFile() {}

    /** See {@link ProfiledSource#of(Path, boolean)}. */
    static ProfiledSource of(Path path, boolean hasHeader) {
        if (DetectedFormat.isWorkbook(path)) {
            return ProfiledWorkbook.of(real(path), hasHeader);
        }
        if (DetectedFormat.isParquet(path)) {
            return ProfiledParquet.of(real(path));
        }
        DetectedFormat detected = DetectedFormat.of(path);
        List<String> headers =
                detected.sample().get(0).stream().map(String::strip).toList();
        List<List<String>> rows = detected.sample().subList(1, detected.sample().size());
        // where files were joined the header comes again
        requireHeader(
                path,
                "the first line",
                headers,
                rows.stream()
                        .filter(row -> !row.stream().map(String::strip).toList().equals(headers))
                        .toList(),
                hasHeader);
        if (rows.isEmpty()) {
            throw refused(
                    path,
                    "has a header of " + Plural.of(headers.size(), "column") + " and no row",
                    "profile a file with rows: columns without values cannot be profiled");
        }
        FeedFile file = new FeedFile(
                feed(real(path), detected.format().declared(), headers, name -> Feed.Type.TEXT), real(path), true);
        return new ProfiledSource(
                file.name(),
                ProfiledSource.Kind.TEXT,
                headers,
                Collections.nCopies(headers.size(), null),
                detected.format(),
                null,
                Map.of(),
                file::open);
    }

    /**
     * Refuses a line that has no name for each column, or that may be a row of data unless the user says otherwise.
     *
     * @param line which line it is, as messages say it
     */
    static void requireHeader(Path path, String line, List<String> headers, List<List<String>> rows, boolean isGiven) {
        Set<String> seen = new HashSet<>();
        List<Integer> nameless = new ArrayList<>();
        List<Integer> repeated = new ArrayList<>();
        List<String> data = new ArrayList<>();
        for (int index = 0; index < headers.size(); index++) {
            String header = headers.get(index);
            if (header.isEmpty()) {
                nameless.add(index + 1);
            } else if (!seen.add(header)) {
                repeated.add(index + 1);
            } else if (isData(header) || isLikeItsValues(header, index, rows)) {
                data.add(ValueShape.of(header));
            }
        }
        if (!isGiven && (!data.isEmpty() || isRepeated(headers, rows) || !isDistinct(headers, rows))) {
            throw refused(
                    path,
                    line + " looks like a row of data and not the header"
                            + (data.isEmpty()
                                    ? ""
                                    : ": it holds "
                                            + String.join(
                                                    ", ",
                                                    data.stream()
                                                            .distinct()
                                                            .limit(3)
                                                            .toList())),
                    "ask the source to write a header, which every file of a feed needs; if it "
                            + "is the header, use --header");
        }
        if (!nameless.isEmpty() || !repeated.isEmpty()) {
            throw refused(
                    path,
                    "the header has duplicate or empty names: "
                            + (nameless.isEmpty() ? "" : columns(nameless) + " without a name")
                            + (nameless.isEmpty() || repeated.isEmpty() ? "" : ", ")
                            + (repeated.isEmpty() ? "" : columns(repeated) + " with the name of an earlier one"),
                    "ask the source to name them; a feed finds its columns by their names"
                            + (nameless.equals(List.of(1)) && repeated.isEmpty()
                                    ? ". If the first column holds the numbers of the rows, as R writes them, ask for "
                                            + "the file without them (row.names = FALSE)"
                                    : ""));
        }
    }

    private static String columns(List<Integer> numbers) {
        return Plural.word(numbers.size(), "column") + " "
                + numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /**
     * Whether a field of letters and digits is written as most values below it are, such as {@code EX-1001} above
     * {@code EX-1002}.
     */
    private static boolean isLikeItsValues(String header, int column, List<List<String>> rows) {
        if (!isMixed(header)) {
            return false;
        }
        String shape = ValueShape.of(header);
        List<String> values = values(column, rows);
        long alike = values.stream()
                .filter(value -> ValueShape.of(value).equals(shape))
                .count();
        return alike > 0 && alike * 2 >= values.size();
    }

    /** Whether a field of the first line comes again below it, as codes do. */
    private static boolean isRepeated(List<String> headers, List<List<String>> rows) {
        for (int index = 0; index < headers.size(); index++) {
            String header = headers.get(index);
            if (!header.isEmpty() && values(index, rows).contains(header)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> values(int column, List<List<String>> rows) {
        return rows.stream()
                .filter(row -> column < row.size())
                .map(row -> row.get(column).strip())
                .filter(value -> !value.isEmpty())
                .limit(LOOKED_AT)
                .toList();
    }

    /**
     * Whether the first line differs from the rows: half of its fields contain a common header word, or
     * a column below it contains data; mixed letters and digits count as data below a line with a header word.
     */
    private static boolean isDistinct(List<String> headers, List<List<String>> rows) {
        long usual = headers.stream().filter(PersonalNames::isUsualHeader).count();
        if (usual > 0 && usual * 2 >= headers.size()) {
            return true;
        }
        for (int index = 0; index < headers.size(); index++) {
            if (headers.get(index).matches("\\d.*")) {
                continue;
            }
            List<String> values = values(index, rows);
            long data = values.stream()
                    .filter(value -> isData(value) || (usual > 0 && isMixed(value)))
                    .count();
            if (data > 0 && data * 10 >= values.size() * 8L) {
                return true;
            }
        }
        return false;
    }

    /** Whether a text is a number, a date, or looks like personal data: a header is none of these. */
    private static boolean isData(String text) {
        if (text.isEmpty()) {
            return false;
        }
        PersonalShapes.Kind kind = PersonalShapes.kind(text);
        return text.matches("[+-]?[0-9][0-9., /:-]*")
                || DateFormats.of(text) != null
                || (kind != null && kind != PersonalShapes.Kind.FIRST_NAME);
    }

    /** Whether it is of letters and digits together, as references are. */
    private static boolean isMixed(String text) {
        return text.chars().anyMatch(Character::isDigit) && text.chars().anyMatch(Character::isLetter);
    }

    /** A feed of a file that is profiled, whose columns are all named. */
    static Feed feed(Path path, Origin.Format format, List<String> headers, IntFunction<Feed.Type> types) {
        return feed(path, format, Set.of(), headers, types);
    }

    /**
     * The same.
     *
     * @param ignored columns of the file that are not read
     */
    static Feed feed(
            Path path, Origin.Format format, Set<String> ignored, List<String> headers, IntFunction<Feed.Type> types) {
        List<Feed.Column> columns = new ArrayList<>();
        for (String header : headers) {
            columns.add(new Feed.Column(
                    "c" + (columns.size() + 1),
                    header,
                    types.apply(columns.size()),
                    Feed.TextFormat.PLAIN,
                    false,
                    Feed.Privacy.NOT_PERSONAL,
                    ""));
        }
        return new Feed(
                "profile",
                "profile",
                "",
                new Feed.Input(
                        "profile",
                        new Origin.DroppedFile(String.valueOf(path.getFileName()), format, ignored),
                        Feed.Extract.FULL),
                new Feed.Rows(columns, List.of("c1"), Set.of(), "c1", null),
                FeedLimits.atLeast(1));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException gone) {
            throw refused(path, "no longer exists", "try again");
        }
    }

    static FpwException refused(Path path, String problem, String remedy) {
        return FpwException.configuration(path + ": " + problem + "; " + remedy);
    }
}
