package uk.fpw.profile;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.InvalidField;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * Profiles a source, row by row in bounded memory: about 300 KB per column, about 3 MB per possible key column, and 50
 * MB once, regardless of the number of rows. Read once, and a second time if no single column identifies the rows. What
 * does not fit into memory goes into temporary files of 16 bytes a row and possible key.
 */
public final class Profiler {

    /**
     * Share of the rows: without its own limit a feed may refuse 1 %, and the profile leaves
     * half of that for unseen data.
     */
    private static final double MISFIT_SHARE = 0.005;

    /** Of the rows, as {@code limits.max_empty_key_share}. */
    private static final double BLANK_KEY_SHARE = 0.05;

    private static final int MAX_SINGLE_KEYS = 40;
    private static final int MAX_PAIRED = 10;
    private static final int REPORT_EVERY = 500_000;

    private final ProfiledSource source;
    private final Path scratch;
    private final LongConsumer progress;
    private final long maxRows;

    /**
     * Of 64 bits: of ten million different values two are taken for one in 1 of 300,000 profiles. The seed is new for
     * each profile and never stored, so that a hash says nothing of its value.
     */
    private final Hasher64 hasher = Hashing.xxh3_64(new SecureRandom().nextLong());

    private final List<ColumnScan> scans = new ArrayList<>();
    private final long[] hashes;
    private long rowCount;
    private boolean isSample;
    private long brokenCount;
    private long emptyCount;

    private Profiler(ProfiledSource source, long maxRows, Path scratch, LongConsumer progress) {
        this.maxRows = maxRows;
        this.source = source;
        this.scratch = scratch;
        this.progress = progress;
        this.hashes = new long[source.headers().size()];
        source.headers().forEach(header -> scans.add(new ColumnScan(hasher)));
    }

    /** Reads the whole source; see {@link #profile(ProfiledSource, long, Path, LongConsumer)}. */
    public static SourceProfile profile(ProfiledSource source, Path scratch, LongConsumer progress) {
        return profile(source, Long.MAX_VALUE, scratch, progress);
    }

    /**
     * Reads the source.
     *
     * @param maxRows rows to read at most; the first ones, in the order of the source
     * @param scratch folder for temporary files
     * @param progress takes the number of rows read so far, now and then
     * @throws FpwException with {@code CONFIGURATION} if there is no row or the source is invalid,
     *     otherwise like a load of the source
     * @throws java.io.UncheckedIOException if a temporary file cannot be written or read
     */
    public static SourceProfile profile(ProfiledSource source, long maxRows, Path scratch, LongConsumer progress) {
        try {
            return new Profiler(source, maxRows, scratch, progress).run();
        } catch (FpwException failed) {
            if (failed.exitCode() != ExitCode.BAD_DATA) {
                throw failed;
            }
            throw FpwException.configuration(String.valueOf(failed.getMessage()), failed);
        }
    }

    private SourceProfile run() {
        List<ColumnProfile> profiles;
        List<List<Integer>> keys;
        long distinctRows;
        try (UniquenessCheck rows = new UniquenessCheck(scratch);
                Candidates singles = new Candidates(IntStream.range(0, Math.min(hashes.length, MAX_SINGLE_KEYS))
                        .mapToObj(column -> List.of(column))
                        .toList())) {
            read(row -> {
                rows.add(row, row);
                singles.add(row);
            });
            if (rowCount == brokenCount + emptyCount) {
                throw FpwException.configuration(source.name() + ": has no row"
                        + (rowCount == 0 ? "" : " with values and as many fields as the header")
                        + "; columns without values cannot be profiled");
            }
            distinctRows = rows.result().distinctCount();
            Map<List<Integer>, Long> unique = singles.found();
            List<ColumnProfile> found = columnProfile();
            unique.forEach(
                    (key, count) -> found.set(key.get(0), found.get(key.get(0)).withExactCount(count)));
            profiles = List.copyOf(found);
            keys = unique.keySet().stream()
                    .filter(key -> mayBeKey(found.get(key.get(0))))
                    .sorted(mostLikely(found))
                    .toList();
        }
        List<Integer> everyColumn = List.of();
        if (keys.isEmpty()) {
            List<List<Integer>> pairs =
                    pairs(profiles, distinctRows, source.kind().isTyped());
            List<Integer> all = neverBlank(profiles, source.kind().isTyped());
            if (!all.isEmpty()) {
                List<List<Integer>> candidates = new ArrayList<>(pairs);
                if (!pairs.contains(all)) {
                    candidates.add(all);
                }
                try (Candidates several = new Candidates(candidates)) {
                    read(several::add);
                    Set<List<Integer>> identify = several.found().keySet();
                    keys = identify.stream()
                            .filter(pairs::contains)
                            .sorted(mostLikely(profiles))
                            .toList();
                    everyColumn = keys.isEmpty() && identify.contains(all) ? all : List.of();
                }
            }
        }
        return new SourceProfile(
                source.name(),
                source.kind(),
                source.format(),
                source.sheet(),
                rowCount,
                isSample,
                brokenCount,
                emptyCount,
                rowCount - brokenCount - emptyCount - distinctRows,
                profiles,
                keys,
                everyColumn,
                source.unreadableColumns());
    }

    private interface RowConsumer {
        void take(long row);
    }

    /** One reading; fills the scans in the first one only. */
    private void read(RowConsumer consumer) {
        boolean isFirst = rowCount == 0;
        long read = 0;
        try (SourceRows rows = source.reading().get()) {
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                if (read == maxRows) {
                    isSample = true;
                    break;
                }
                read++;
                if (read % REPORT_EVERY == 0) {
                    progress.accept(read);
                }
                if (!row.isComplete() || hasInvalidCell(row)) {
                    brokenCount += isFirst ? 1 : 0;
                    continue;
                }
                if (row.isEmpty()) {
                    emptyCount += isFirst ? 1 : 0;
                    continue;
                }
                long whole = 0;
                for (int column = 0; column < hashes.length; column++) {
                    @Nullable String text = row.text(column);
                    long hash = text == null ? 0 : hasher.hashCharsToLong(text);
                    whole = hasher.hashLongLongToLong(whole, hash);
                    // an empty text is as blank as none
                    hashes[column] = text == null || text.isEmpty() ? 0 : hash;
                    if (isFirst) {
                        scans.get(column).add(text, hash);
                        if (source.sheet() != null) {
                            scans.get(column).addCell(row.fields().get(column));
                        }
                    }
                }
                consumer.take(whole);
            }
        }
        rowCount = read;
    }

    private boolean hasInvalidCell(SourceRow row) {
        return source.kind().isTyped() && row.fields().stream().anyMatch(InvalidField.class::isInstance);
    }

    private List<ColumnProfile> columnProfile() {
        long limit = (long) (rowCount * MISFIT_SHARE);
        List<ColumnProfile> profiles = IntStream.range(0, scans.size())
                .mapToObj(column -> columnProfile(column, limit))
                .collect(Collectors.toCollection(ArrayList::new));
        while (profiles.stream().mapToLong(column -> column.type().misfits()).sum() > limit) {
            int worst = IntStream.range(0, profiles.size())
                    .boxed()
                    .max(Comparator.comparingLong(
                            column -> profiles.get(column).type().misfits()))
                    .orElseThrow();
            profiles.set(worst, columnProfile(worst, 0));
        }
        return profiles;
    }

    private ColumnProfile columnProfile(int column, long limit) {
        ColumnProfile seen = scans.get(column).profile(source.headers().get(column), limit);
        Feed.Type declared = source.declaredTypes().get(column);
        if (declared != null) {
            List<String> notes = new ArrayList<>(List.of("as the " + holder() + " declares it"));
            notes.addAll(seen.type().decisions());
            return seen.as(new InferredType(declared, List.of(), false, 0, List.copyOf(notes)));
        }
        // A text of a source with a schema is never a number for a feed.
        boolean isNumber = seen.type().type() == Feed.Type.WHOLE || seen.type().type() == Feed.Type.DECIMAL;
        return source.kind().hasSchema() && (isNumber || isIsoTime(seen.type()))
                ? seen.as(InferredType.text(List.of("a text in the " + holder() + " that contains "
                        + (isNumber ? "numbers" : "times") + "; cast it in "
                        + (source.kind() == ProfiledSource.Kind.TABLE ? "a query to load it as such" : "staging"))))
                : seen;
    }

    private String holder() {
        return source.kind() == ProfiledSource.Kind.TABLE ? "database" : "file";
    }

    private static boolean isIsoTime(InferredType type) {
        return type.patterns().isEmpty() && (type.type() == Feed.Type.LOCAL_TIME || type.type() == Feed.Type.INSTANT);
    }

    /** A decimal number, a date or a free text identifies nothing, even if no two are equal. */
    private boolean mayBeKey(ColumnProfile column) {
        return column.values() > 0
                && column.blanks() <= rowCount * BLANK_KEY_SHARE
                && column.markers().isEmpty()
                && column.type().type() != Feed.Type.DECIMAL
                && !column.type().isTime()
                && !column.isFreeText()
                && !(source.kind().isTyped() && column.isPersonalButNoText());
    }

    /**
     * Names of references first, then numbers and short texts, then dates; if equal, the
     * leftmost.
     */
    private static Comparator<List<Integer>> mostLikely(List<ColumnProfile> profiles) {
        return Comparator.comparingInt((List<Integer> key) -> key.stream()
                        .mapToInt(column -> rank(profiles.get(column)))
                        .sum())
                .thenComparing(
                        Object::toString,
                        Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    private static int rank(ColumnProfile column) {
        int rank = column.blanks() > 0 ? 4 : 0;
        if (PersonalNames.isReference(column.header())
                || PersonalNames.words(column.header()).contains("id")) {
            return rank;
        }
        return rank
                + switch (column.type().type()) {
                    case TEXT, WHOLE -> column.personal() == null ? 1 : 3;
                    case DATE, LOCAL_TIME, INSTANT -> 2;
                    case DECIMAL, BOOLEAN -> 3;
                };
    }

    private static List<Integer> neverBlank(List<ColumnProfile> profiles, boolean isTyped) {
        return IntStream.range(0, profiles.size())
                .filter(column -> profiles.get(column).blanks() == 0
                        && profiles.get(column).markers().isEmpty()
                        && !profiles.get(column).isFreeText()
                        && !(isTyped && profiles.get(column).isPersonalButNoText()))
                .boxed()
                .toList();
    }

    /** Pairs with enough combinations to identify the rows. */
    private static List<List<Integer>> pairs(List<ColumnProfile> profiles, long distinctRows, boolean isTyped) {
        List<Integer> paired = neverBlank(profiles, isTyped).stream()
                .filter(column -> profiles.get(column).distinctCount() > 1
                        && profiles.get(column).type().type() != Feed.Type.DECIMAL)
                .sorted(Comparator.comparingLong(
                                (Integer column) -> profiles.get(column).distinctCount())
                        .reversed())
                .limit(MAX_PAIRED)
                .sorted()
                .toList();
        List<List<Integer>> pairs = new ArrayList<>();
        for (int first = 0; first < paired.size(); first++) {
            for (int second = first + 1; second < paired.size(); second++) {
                double combinations = (double) profiles.get(paired.get(first)).distinctCount()
                        * profiles.get(paired.get(second)).distinctCount();
                // Estimates may be some percent too low.
                if (combinations * 1.1 >= distinctRows) {
                    pairs.add(List.of(paired.get(first), paired.get(second)));
                }
            }
        }
        return pairs;
    }

    /** Sets of columns that may identify the rows. */
    private final class Candidates implements AutoCloseable {

        private final List<List<Integer>> columns;
        private final List<UniquenessCheck> pairs;

        Candidates(List<List<Integer>> columns) {
            this.columns = columns;
            this.pairs =
                    columns.stream().map(key -> new UniquenessCheck(scratch)).toList();
        }

        void add(long row) {
            for (int candidate = 0; candidate < columns.size(); candidate++) {
                UniquenessCheck values = pairs.get(candidate);
                if (!values.mayIdentify()) {
                    continue;
                }
                long joined = 0;
                boolean isBlank = false;
                for (int column : columns.get(candidate)) {
                    isBlank |= hashes[column] == 0;
                    joined = hasher.hashLongLongToLong(joined, hashes[column]);
                }
                if (!isBlank) {
                    values.add(joined, row);
                }
            }
        }

        /** Those that identify the rows, in order, with how many different values they have. */
        Map<List<Integer>, Long> found() {
            Map<List<Integer>, Long> found = new LinkedHashMap<>();
            for (int candidate = 0; candidate < columns.size(); candidate++) {
                UniquenessCheck.Result result = pairs.get(candidate).result();
                if (result.identifies()) {
                    found.put(columns.get(candidate), result.distinctCount());
                }
            }
            return found;
        }

        @Override
        public void close() {
            pairs.forEach(UniquenessCheck::close);
        }
    }
}
