package uk.fpw.ingest;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.force.feed.text.TextPattern;
import uk.fpw.warehouse.force.feed.text.TextTransform;

/** Feeds as defined in a force folder. */
public final class TestFeeds {

    private TestFeeds() {}

    /** Devices: a text key, a required local time of Europe/London, a text and a whole number. */
    public static Feed devices() {
        return feed(
                "devices",
                List.of("device_id"),
                "device_id",
                column("device_id", "DEVICE", Feed.Type.TEXT),
                required(time("submitted_at", "SUBMITTED", "dd/MM/yyyy HH:mm", "Europe/London")),
                column("kind", "KIND", Feed.Type.TEXT),
                column("size", "SIZE", Feed.Type.WHOLE));
    }

    /**
     * A full extract in {@code <name>_{date}.csv}, comma-separated UTF-8, that may be empty and have all rows refused.
     */
    public static Feed feed(String name, List<String> key, String item, Feed.Column... columns) {
        return new Feed(
                name,
                "property",
                "Test feed.",
                new Feed.Input(
                        "drop",
                        new Origin.DroppedFile(
                                name + "_{date}.csv", new Origin.Format("csv", Map.of()), Set.of("REMARKS")),
                        Feed.Extract.FULL),
                new Feed.Rows(List.of(columns), key, Set.of(), item, null),
                FeedLimits.atLeast(0));
    }

    public static Feed with(Feed feed, FeedLimits limits) {
        return with(feed, feed.origin(), feed.extract(), limits);
    }

    public static Feed with(Feed feed, Feed.Extract extract) {
        return with(feed, feed.origin(), extract, feed.limits());
    }

    public static Feed with(Feed feed, String file, Origin.Format format) {
        return with(feed, new Origin.DroppedFile(file, format, Set.of("REMARKS")), feed.extract(), feed.limits());
    }

    /** The same feed with another file. */
    public static Feed with(Feed feed, Origin.DroppedFile file) {
        return with(feed, file, feed.extract(), feed.limits());
    }

    /** The same feed with a delivery schedule. */
    public static Feed with(Feed feed, Delivery delivery) {
        Origin.DroppedFile dropped = (Origin.DroppedFile) feed.origin();
        return with(
                feed,
                new Origin.DroppedFile(dropped.file(), dropped.format(), dropped.ignored(), delivery),
                feed.extract(),
                feed.limits());
    }

    /** The same feed with a maximum age of its data. */
    public static Feed with(Feed feed, Freshness freshness) {
        return new Feed(
                feed.name(),
                feed.source(),
                feed.description(),
                new Feed.Input(feed.connection(), feed.origin(), feed.extract(), freshness),
                new Feed.Rows(feed.columns(), feed.key(), feed.mayBeEmpty(), feed.item(), feed.deleted()),
                feed.limits());
    }

    private static Feed with(Feed feed, Origin origin, Feed.Extract extract, FeedLimits limits) {
        return new Feed(
                feed.name(),
                feed.source(),
                feed.description(),
                new Feed.Input(feed.connection(), origin, extract),
                new Feed.Rows(feed.columns(), feed.key(), feed.mayBeEmpty(), feed.item(), feed.deleted()),
                limits);
    }

    public static Feed.Column column(String name, String from, Feed.Type type) {
        return new Feed.Column(
                name, from, type, Feed.TextFormat.PLAIN, false, Feed.Privacy.NOT_PERSONAL, "Test column.");
    }

    public static Feed.Column personal(String name, String from) {
        return new Feed.Column(
                name, from, Feed.Type.TEXT, Feed.TextFormat.PLAIN, false, Feed.Privacy.PSEUDONYMISE, "Test column.");
    }

    public static Feed.Column time(String name, String from, String pattern, String zone) {
        return new Feed.Column(
                name,
                from,
                Feed.Type.LOCAL_TIME,
                Feed.TextFormat.of(new Feed.DatePattern(pattern, formatter(pattern)), ZoneId.of(zone)),
                false,
                Feed.Privacy.NOT_PERSONAL,
                "Test column.");
    }

    public static Feed.Column dated(String name, Feed.Type type, @Nullable String pattern) {
        return new Feed.Column(
                name,
                name,
                type,
                pattern == null
                        ? Feed.TextFormat.PLAIN
                        : Feed.TextFormat.of(new Feed.DatePattern(pattern, formatter(pattern)), null),
                false,
                Feed.Privacy.NOT_PERSONAL,
                "Test column.");
    }

    /** A date or time in one of several formats. */
    public static Feed.Column dated(String name, Feed.Type type, String pattern, String... further) {
        Feed.Column one = dated(name, type, pattern);
        List<Feed.DatePattern> patterns = new ArrayList<>(one.patterns());
        for (String next : further) {
            patterns.add(new Feed.DatePattern(next, formatter(next)));
        }
        return of(one, patterns, one.required(), List.of(), null);
    }

    /** The same column with transforms. */
    public static Feed.Column transforming(Feed.Column column, TextTransform... transforms) {
        return of(column, column.patterns(), column.required(), List.of(transforms), column.matches());
    }

    /** The same column, storing rows without an unreadable value. */
    public static Feed.Column emptyIfUnreadable(Feed.Column column) {
        return new Feed.Column(
                column.name(),
                column.from(),
                column.type(),
                new Feed.TextFormat(
                        column.patterns(),
                        column.zone(),
                        column.transforms(),
                        column.matches(),
                        Feed.Unreadable.EMPTY,
                        0),
                column.required(),
                column.privacy(),
                column.description());
    }

    /** The same column, whose texts must match an expression. */
    public static Feed.Column matching(Feed.Column column, String expression) {
        return of(column, column.patterns(), column.required(), column.transforms(), TextPattern.of(expression));
    }

    private static Feed.Column of(
            Feed.Column column,
            List<Feed.DatePattern> patterns,
            boolean required,
            List<TextTransform> transforms,
            @Nullable TextPattern matches) {
        return new Feed.Column(
                column.name(),
                column.from(),
                column.type(),
                new Feed.TextFormat(patterns, column.zone(), transforms, matches, Feed.Unreadable.REFUSED, 0),
                required,
                column.privacy(),
                column.description());
    }

    /** The same feed with key columns that may be empty. */
    public static Feed mayBeEmpty(Feed feed, String... columns) {
        return new Feed(
                feed.name(),
                feed.source(),
                feed.description(),
                new Feed.Input(feed.connection(), feed.origin(), feed.extract()),
                new Feed.Rows(feed.columns(), feed.key(), Set.of(columns), feed.item(), feed.deleted()),
                feed.limits());
    }

    public static Feed.Column required(Feed.Column column) {
        return of(column, column.patterns(), true, column.transforms(), column.matches());
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }
}
