package uk.fpw.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import uk.fpw.ingest.database.DatabaseSource;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.load.key.KeyMapping;
import uk.fpw.warehouse.store.rewrite.PseudonymSource;

/**
 * Maps old to new pseudonyms by reading each source of a force once, including all files still present. Files that can
 * no longer be read are skipped and reported; values that only they contain get no new pseudonym.
 */
public final class PseudonymReading implements PseudonymSource {

    private final Definitions before;
    private final Definitions after;
    private final SourcePasswords passwords;
    private final LocalDate today;
    private final Consumer<String> progress;

    /** The definitions of a force and the key for its pseudonyms. */
    public record Definitions(Force force, Pseudonymiser key) {}

    /**
     * A reading to be done.
     *
     * @param before the previous definitions and key
     * @param after the new ones; the same force if only the key changes
     * @param today date for files and queries that need one
     */
    public PseudonymReading(
            Definitions before,
            Definitions after,
            SourcePasswords passwords,
            LocalDate today,
            Consumer<String> progress) {
        this.before = before;
        this.after = after;
        this.passwords = passwords;
        this.today = today;
        this.progress = progress;
    }

    /** Columns whose values are read differently than before, such as {@code feeds/dfu.yml: exhibit}. */
    public static List<String> changed(Force before, Force after, Predicate<Changed> which) {
        List<String> changed = new ArrayList<>();
        for (Feed feed : after.feeds()) {
            for (Feed.Column column : feed.columns()) {
                if (!column.isReadLike(former(before, feed, column)) && which.test(new Changed(feed, column))) {
                    changed.add("feeds/" + feed.name() + ".yml: " + column.name());
                }
            }
        }
        return changed;
    }

    /** A column that is read differently than before. */
    public record Changed(Feed feed, Feed.Column column) {

        /** Whether it contains pseudonyms, so that its old and new values can be found here. */
        public boolean isPseudonymised() {
            return column.privacy() == Feed.Privacy.PSEUDONYMISE;
        }

        /** Whether row keys or items depend on it. */
        public boolean isOfKey() {
            return feed.isKeyedByRow()
                    || feed.key().contains(column.name())
                    || feed.item().equals(column.name());
        }
    }

    /** A column in its old and new definition. */
    private record Reading(int position, Feed.Column before, Feed.Column after) {}

    @Override
    public void addTo(KeyMapping keys) {
        for (Feed feed : after.force().feeds()) {
            List<Reading> columns = columns(feed);
            if (columns.isEmpty()) {
                continue;
            }
            for (RowSource source : sources(untransformed(feed))) {
                try (source) {
                    read(source, columns, keys);
                } catch (FpwException unreadable) {
                    if (feed.droppedFile() == null) {
                        throw unreadable;
                    }
                    progress.accept("feed " + feed.name() + ": skipped, " + unreadable.getMessage());
                }
            }
            progress.accept("feed " + feed.name() + ": its source was read with the old and the new definitions");
        }
    }

    private List<Reading> columns(Feed feed) {
        List<Reading> columns = new ArrayList<>();
        for (int position = 0; position < feed.columns().size(); position++) {
            Feed.Column column = feed.columns().get(position);
            if (column.privacy() == Feed.Privacy.PSEUDONYMISE) {
                columns.add(new Reading(position, former(before.force(), feed, column), column));
            }
        }
        return columns;
    }

    /** The previous definition of a column, or the present one if the column is new. */
    private static Feed.Column former(Force before, Feed feed, Feed.Column column) {
        return before.feeds().stream()
                .filter(other -> other.name().equals(feed.name()))
                .flatMap(other -> other.columns().stream())
                .filter(other -> other.name().equals(column.name()))
                .findFirst()
                .orElse(column);
    }

    private void read(RowSource source, List<Reading> columns, KeyMapping keys) {
        try (SourceRows rows = source.open()) {
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                if (!row.isComplete()) {
                    continue;
                }
                for (Reading column : columns) {
                    if (row.fields().get(column.position()) instanceof String text && !text.isEmpty()) {
                        keys.put(
                                before.key().apply(column.before().transformed(text)),
                                after.key().hash(column.after().transformed(text)));
                    }
                }
            }
        }
    }

    private List<RowSource> sources(Feed feed) {
        if (after.force().connection(feed.connection()) instanceof SourceConnection.Database database) {
            return List.of(new DatabaseSource(
                    feed, database, passwords.of(database), today, after.force().zone()));
        }
        FeedFile ofToday = FeedFile.of(after.force(), feed, today);
        Origin.DroppedFile dropped = ofToday.dropped();
        Path folder = Objects.requireNonNull(ofToday.path().getParent());
        if (!dropped.isDated()) {
            return List.of(ofToday);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted()
                    .filter(file -> dropped.dateOf(file.getFileName().toString()) != null)
                    .<RowSource>map(file -> new FeedFile(feed, file))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "the files of feed " + feed.name() + " in " + folder + " cannot be listed", failed);
        }
    }

    /** The feed without transforms, which are applied separately for each definition. */
    private static Feed untransformed(Feed feed) {
        Feed.Rows rows = feed.rows();
        List<Feed.Column> columns = rows.columns().stream()
                .map(column -> column.privacy() == Feed.Privacy.PSEUDONYMISE ? column.untransformed() : column)
                .toList();
        return new Feed(
                feed.name(),
                feed.source(),
                feed.description(),
                feed.input(),
                new Feed.Rows(
                        columns,
                        rows.key(),
                        rows.mayBeEmpty(),
                        rows.item(),
                        rows.deleted(),
                        rows.scope(),
                        rows.lists(),
                        rows.order()),
                feed.limits());
    }
}
