package uk.fpw.profile;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * The drafts of a force folder for one list: a feed, a staging query, a queue, rules and an example, with which a
 * night can run. What was guessed is marked with {@code DECIDE}.
 */
public final class ForceDraft {

    private static final int MOST_SLICES = 3;
    private static final int MOST_VALUES = 12;

    private static final double ON_LAST_DATE = 0.05;
    private static final long MANY_ON_LAST_DATE = 20;

    /** What changes while an item waits, so that its last value says nothing of its entry. */
    private static final Set<String> STATES =
            PersonalNames.listed("status state stage outcome result reason disposal decision");

    private static final Set<String> WORDS_OF_TIME = PersonalNames.listed("date dt on at time datetime when");

    final SourceProfile profile;
    final FeedDraft feed;
    final ListDates dates;
    final ListWait wait;

    /** By position of its column, in the order of the wait. */
    final Map<Integer, String> events;

    /** Positions of the columns by which figures are sliced. */
    final List<Integer> slices;

    private final LocalDate businessDate;

    private ForceDraft(
            SourceProfile profile,
            ListDates dates,
            ListWait wait,
            @Nullable List<Integer> namedSlices,
            LocalDate today) {
        this.profile = profile;
        this.dates = dates;
        this.wait = wait;
        this.events = events(profile, wait);
        this.feed = new FeedDraft(profile, null, "drop", events);
        this.slices = namedSlices == null ? proposedSlices() : namedSlices;
        slices.forEach(this::requireSlice);
        this.businessDate = businessDate(today);
    }

    /**
     * Reads a file twice, or three times if no column identifies its rows.
     *
     * @param source a file
     * @param today the last date that can have been
     * @param scratch folder for temporary files
     * @param progress takes the number of rows read so far, now and then
     * @throws FpwException with {@code CONFIGURATION} if a column that is named does not fit, or one that is not named
     *     cannot be told from others; the message says which option names it
     * @throws java.io.UncheckedIOException if a temporary file cannot be written or read
     */
    public static ForceDraft of(
            ProfiledSource source, ListOptions options, LocalDate today, Path scratch, LongConsumer progress) {
        SourceProfile read = Profiler.profile(source, scratch, progress);
        Columns columns = new Columns(read);
        Integer entered = options.entered() == null ? null : columns.date("--entered", options.entered());
        List<Integer> left = options.left().stream()
                .map(name -> columns.date("--left", name))
                .distinct()
                .toList();
        SourceProfile profile = read.withEvents(
                Stream.concat(Stream.ofNullable(entered), left.stream()).toList());
        profile = options.item() != null
                ? profile.withKey(columns.item(options.item()))
                : profile.key().size() == 1 ? profile : profile.byRow();
        List<Integer> dated = columns.dated(profile);
        ListDates dates = ListDates.of(source, profile, dated, today);
        ListWait wait = new ListWait.Finder(profile, dates).find(entered, left);
        List<Integer> slices = options.slices() == null
                ? null
                : options.slices().stream()
                        .map(name -> columns.named("--slice", name))
                        .distinct()
                        .toList();
        return new ForceDraft(profile, dates, wait, slices, today);
    }

    /** The columns of a source, as options name them. */
    private record Columns(SourceProfile profile) {

        int named(String option, String name) {
            List<ColumnProfile> all = profile.columns();
            List<String> drafted = new FeedDraft(profile, null, "drop").names();
            return IntStream.range(0, all.size())
                    .filter(column -> all.get(column).header().equals(name))
                    .findFirst()
                    .orElseGet(() -> IntStream.range(0, all.size())
                            .filter(column -> all.get(column).header().equalsIgnoreCase(name)
                                    || drafted.get(column).equalsIgnoreCase(name))
                            .findFirst()
                            .orElseThrow(() -> refused(
                                    profile,
                                    option + " " + DisplayText.text(name) + ": there is no such column",
                                    "the columns are "
                                            + all.stream()
                                                    .map(column -> DisplayText.text(column.header()))
                                                    .collect(Collectors.joining(", ")))));
        }

        int date(String option, String name) {
            int column = named(option, name);
            ColumnProfile facts = profile.columns().get(column);
            if (!facts.type().isTime() || PersonalNames.DATE_OF_BIRTH.equals(PersonalNames.kind(facts.header()))) {
                throw refused(
                        profile,
                        option + " " + DisplayText.text(name) + ": the column holds "
                                + (facts.type().isTime() ? "dates of birth" : "no dates that can be read"),
                        "name a column with the dates of what happens to an item");
            }
            return column;
        }

        int item(String name) {
            int column = named("--item", name);
            if (!profile.keys().contains(List.of(column))) {
                throw refused(
                        profile,
                        "--item " + DisplayText.text(name)
                                + ": the column is blank or the same in several rows, so that a row is no item",
                        "name a column that identifies the rows, or leave --item out, so that each row counts as an "
                                + "item");
            }
            return column;
        }

        /** Those of dates that are no dates of birth. */
        List<Integer> dated(SourceProfile known) {
            return IntStream.range(0, known.columns().size())
                    .filter(column -> known.columns().get(column).type().isTime()
                            && known.columns().get(column).personal() == null
                            && known.columns().get(column).values() > 0)
                    .boxed()
                    .toList();
        }
    }

    static FpwException refused(SourceProfile profile, String problem, String remedy) {
        return FpwException.configuration(DisplayText.text(profile.source()) + ": " + problem + "; " + remedy);
    }

    /** Named after the columns, without the words for dates. */
    private static Map<Integer, String> events(SourceProfile profile, ListWait wait) {
        Map<Integer, String> events = new LinkedHashMap<>();
        Stream.concat(Stream.of(wait.entered()), wait.left().stream()).forEach(column -> {
            String name = FeedDraft.snake(profile.columns().get(column).header(), "column");
            String event = Arrays.stream(name.split("_", -1))
                    .filter(word -> !WORDS_OF_TIME.contains(word))
                    .collect(Collectors.joining("_"));
            String wanted = event.matches("[a-z].*") && !event.equals("all") && !event.equals("ignored") ? event : name;
            events.put(column, events.containsValue(wanted) ? name + "_" + column : wanted);
        });
        return events;
    }

    private List<Integer> proposedSlices() {
        return IntStream.range(0, profile.columns().size())
                .filter(column -> isSlice(column)
                        && profile.columns().get(column).commonValues().size() <= MOST_VALUES
                        && !EventNames.has(profile.columns().get(column).header(), STATES))
                .limit(MOST_SLICES)
                .boxed()
                .toList();
    }

    private boolean isSlice(int column) {
        ColumnProfile facts = profile.columns().get(column);
        return facts.type().type() == Feed.Type.TEXT
                && facts.commonValues().size() > 1
                && !profile.key().contains(column)
                && feed.use(facts) == FeedDraft.Use.LOAD;
    }

    private void requireSlice(int column) {
        if (!isSlice(column)) {
            throw refused(
                    profile,
                    "--slice " + DisplayText.text(profile.columns().get(column).header())
                            + ": the column is no text with a short list of values that recur, or looks personal",
                    "name another one, or write the slice yourself, see staging in docs/force-folder.md");
        }
    }

    private LocalDate businessDate(LocalDate today) {
        Matcher named = OriginDraft.FILE_DATE.matcher(profile.source());
        if (named.find()) {
            String digits = named.group(1).replace("-", "");
            return LocalDate.of(
                    Integer.parseInt(digits.substring(0, 4)),
                    Integer.parseInt(digits.substring(4, 6)),
                    Integer.parseInt(digits.substring(6)));
        }
        return events.keySet().stream()
                .map(column -> dates.of(column).last)
                .filter(date -> date != null)
                .max(LocalDate::compareTo)
                .orElse(today);
    }

    /** Name of the feed and the queue. */
    public String name() {
        return feed.name();
    }

    /** Whether a run needs the pseudonym key. */
    public boolean pseudonymises() {
        return feed.pseudonymises();
    }

    /** The date for which the list can be loaded: that in the name of its file, or else the last of its events. */
    public LocalDate businessDate() {
        return businessDate;
    }

    /** The files, by their paths in the force folder. */
    public Map<String, String> files() {
        ForceTexts texts = new ForceTexts(this);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("feeds/" + name() + ".yml", feed.yaml());
        files.put("staging/" + name() + "_events.yml", texts.staging());
        files.put("staging/" + name() + "_events.sql", texts.sql());
        files.put("queues/" + name() + "_waiting.yml", texts.queue());
        files.put("rules/" + name() + ".yml", texts.rules());
        if (!profile.key().isEmpty()) {
            files.put("examples/how_they_leave.yml", texts.example());
        }
        return files;
    }

    /** What was taken for what, a sentence each. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        findings.add("An item is "
                + (profile.key().isEmpty()
                        ? "a row"
                        : "what " + header(profile.key().get(0)) + " identifies")
                + "; it waits from " + header(wait.entered()) + " to "
                + (wait.left().size() == 1 ? "" : "the first of ")
                + wait.left().stream().map(this::header).collect(Collectors.joining(", ")) + ".");
        findings.add(
                slices.isEmpty()
                        ? "Figures are not sliced: no column of texts has a short list of values."
                        : "Figures are sliced by "
                                + slices.stream().map(this::header).collect(Collectors.joining(", ")) + ".");
        wait.left().forEach(exit -> {
            long reversed = dates.reversed(wait.entered(), exit);
            if (reversed > 0) {
                findings.add(String.format(
                        Locale.ROOT,
                        "In %s %s is before %s: excluded, with the reason.",
                        ProfileText.count(reversed, "row", "rows"),
                        header(exit),
                        header(wait.entered())));
            }
        });
        long without = without();
        if (without > 0) {
            findings.add(ProfileText.count(without, "row has", "rows have") + " no " + header(wait.entered())
                    + ": excluded, with the reason.");
        }
        wait.left().stream()
                .filter(this::isOftenOnLastDate)
                .forEach(exit -> findings.add("Of " + header(exit) + ", " + onLastDate(exit) + "."));
        String others = dates.columns().stream()
                .filter(column -> !events.containsKey(column))
                .map(this::header)
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            findings.add("Dates that begin or end no wait: " + others + "; if one of them does, start again and name "
                    + "all that do with --entered and --left.");
        }
        return findings;
    }

    /** Whether many rows leave on the last date of all, which is perhaps the day on which the list was made. */
    boolean isOftenOnLastDate(int exit) {
        ListDates.Column out = dates.of(exit);
        return out.lastCount >= MANY_ON_LAST_DATE && out.lastCount > ON_LAST_DATE * out.count;
    }

    String onLastDate(int exit) {
        ListDates.Column out = dates.of(exit);
        return percent(out.lastCount, out.count) + " are " + out.last
                + ": if that is when the list ends, those items still wait, and staging must leave it out";
    }

    static String percent(long part, long all) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / Math.max(1, all));
    }

    /** Rows without a date of entry; dates that stand for none have one. */
    long without() {
        ColumnProfile entered = profile.columns().get(wait.entered());
        return entered.blanks()
                + entered.markers().values().stream().mapToLong(Long::longValue).sum();
    }

    private String header(int column) {
        return DisplayText.text(profile.columns().get(column).header());
    }
}
