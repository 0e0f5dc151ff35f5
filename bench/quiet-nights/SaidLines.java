import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The lines that nights reported, and which of them require action. */
final class SaidLines {

    static final int WEEK = 7;

    /** The output of a night, of fpw status after every seven of them, and the first page. */
    private static final List<String> PLACES = List.of("night", "status", "today");

    private SaidLines() {}

    /** A line of a night: where it was reported, and its text. */
    private record Line(LocalDate date, String place, String text) {

        boolean needsAct() {
            return ACTS.matcher(text).find();
        }
    }

    /** Lines that require action; all others do not. */
    private static final Pattern ACTS = Pattern.compile("^needs attention: |Correct (them|the )|correct it at the "
            + "source|Add them to|cannot be used|nobody knows|no newer file came|was not delivered|failed");

    /** Headings of tables that appear every night and contain figures. */
    private static final Pattern TABLES = Pattern.compile("^(Rows of the files|Rows in the figures|Release|Seconds:"
            + "|Next steps|Counts of past months|Latest runs|Latest load of each feed|Incremental database feeds)"
            + "|, warehouse ");

    private static final Pattern HEADINGS = Pattern.compile("^(Warnings|Deliveries|Figures that were pinned or "
            + "published|Held rows|Missing feeds|Feeds that could not be loaded|Accepted).*");

    /** A line in one of these tables that is not one of its figures. */
    private static final Pattern SAID_IN_TABLES = Pattern.compile(
            "^    (?! |[\\d,]+ [A-Z_]+: |out of scope: |dates after )|cause is only likely|not compared");

    private static final Pattern PROGRESS = Pattern.compile("(loading feed |feed \\w+: [\\d,]+ rows received|computing "
            + "|metrics: |auditing |publishing |release \\S+ is the current)");

    private static final Pattern QUIET = Pattern.compile(
            "Every feed was complete to that day\\.|none of [\\d,]+ published facts has moved");

    private static final Pattern TIME = Pattern.compile("^  \\d\\d:\\d\\d:\\d\\d  ");

    /**
     * Prints the lines that the nights in a folder reported, by week, and writes each; returns whether they were quiet.
     */
    static boolean report(String name, Path folder) throws IOException {
        List<Path> nights;
        try (Stream<Path> files = Files.list(folder)) {
            nights = files.filter(file -> file.toString().endsWith(".night")).sorted().toList();
        }
        Map<LocalDate, List<Line>> weeks = new TreeMap<>();
        Map<String, LocalDate> noted = new TreeMap<>();
        int stops = 0;
        int repeats = 0;
        LocalDate first = date(nights.get(0));
        try (PrintStream out = new PrintStream(folder.resolve("lines.tsv").toFile(), StandardCharsets.UTF_8)) {
            for (Path night : nights) {
                LocalDate date = date(night);
                String exit = Files.readString(night).lines().reduce("", (before, line) -> line);
                stops += exit.equals("exit code 0") ? 0 : 1;
                for (Line line : lines(night, date)) {
                    boolean isRepeated = line.place.equals("night") && date.equals(
                            noted.getOrDefault(line.text, LocalDate.MIN).plusDays(1));
                    if (line.place.equals("night")) {
                        noted.put(line.text, date);
                    }
                    repeats += isRepeated ? 1 : 0;
                    out.println(String.join("\t", date.toString(), line.place, line.needsAct() ? "act" : "no act",
                            isRepeated ? "repeated" : "", line.text));
                    weeks.computeIfAbsent(first.plusDays(ChronoUnit.DAYS.between(first, date) / WEEK * WEEK),
                            week -> new ArrayList<>()).add(line);
                }
            }
        }
        long most = 0;
        System.out.println(name + ": " + nights.size() + " nights, " + stops + " with an exit code other than 0, "
                + repeats + " lines repeated without a change");
        for (Map.Entry<LocalDate, List<Line>> week : weeks.entrySet()) {
            for (String place : PLACES) {
                Set<String> idle = new TreeSet<>();
                Set<String> acts = new TreeSet<>();
                week.getValue().stream()
                        .filter(line -> line.place.equals(place))
                        .forEach(line -> (line.needsAct() ? acts : idle).add(line.text));
                most = Math.max(most, idle.size());
                if (!idle.isEmpty() || !acts.isEmpty()) {
                    System.out.println("  week of " + week.getKey() + ", " + place + ": " + acts.size()
                            + " lines that need action, " + idle.size() + " that do not");
                    idle.forEach(line -> System.out.println("    " + line));
                }
            }
        }
        return stops == 0 && repeats == 0 && most <= 1;
    }

    private static LocalDate date(Path night) {
        return LocalDate.parse(night.getFileName().toString().replace(".night", ""));
    }

    /** The lines of a night, of its page and of the status after it, without progress and tables. */
    private static List<Line> lines(Path night, LocalDate date) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String place : PLACES) {
            Path file = night.resolveSibling(date + "." + place);
            boolean isTable = false;
            boolean isHeading = true;
            for (String text : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                if (text.isBlank()) {
                    isHeading = true;
                    continue;
                }
                isTable = isHeading ? TABLES.matcher(text).find() : isTable;
                boolean isSaid = TIME.matcher(text).find()
                        ? !PROGRESS.matcher(text).find()
                        : !(isHeading && HEADINGS.matcher(text).matches())
                                && (!isTable || SAID_IN_TABLES.matcher(text).find());
                isHeading = false;
                String line = TIME.matcher(text).replaceFirst("").strip();
                if (isSaid && !QUIET.matcher(line).matches() && !line.matches("exit code \\d+|Nightly run of .*")) {
                    lines.add(new Line(date, place, line));
                }
            }
        }
        return lines;
    }
}
