package uk.fpw.ingest;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Delivery;
import uk.fpw.warehouse.force.Feed;

/** Feeds as a force folder would state them. */
public final class TestFeeds {

    private TestFeeds() {}

    /** Devices: a text key, a local time of Europe/London that is required, a text and a whole number. */
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

    /** A full extract in {@code <name>_{date}.csv}, comma and UTF-8, that may lack all and have all rows refused but not more. */
    public static Feed feed(String name, List<String> key, String item, Feed.Column... columns) {
        return new Feed(
                name,
                "property",
                "Test feed.",
                "drop",
                new Feed.DroppedFile(
                        name + "_{date}.csv",
                        new Feed.CsvFormat(StandardCharsets.UTF_8, ',', '"', Set.of("")),
                        Set.of("REMARKS")),
                List.of(columns),
                key,
                item,
                Feed.Extract.FULL,
                null,
                new Feed.Limits(0, 1, 1, 1));
    }

    public static Feed with(Feed feed, Feed.Limits limits) {
        return with(feed, feed.origin(), feed.extract(), limits);
    }

    public static Feed with(Feed feed, Feed.Extract extract) {
        return with(feed, feed.origin(), extract, feed.limits());
    }

    public static Feed with(Feed feed, String file, Feed.CsvFormat format) {
        return with(feed, new Feed.DroppedFile(file, format, Set.of("REMARKS")), feed.extract(), feed.limits());
    }

    /** A feed that says which dates have a file. */
    public static Feed with(Feed feed, Delivery delivery) {
        Feed.DroppedFile dropped = (Feed.DroppedFile) feed.origin();
        return with(
                feed,
                new Feed.DroppedFile(dropped.file(), dropped.format(), dropped.ignored(), delivery),
                feed.extract(),
                feed.limits());
    }

    private static Feed with(Feed feed, Feed.Origin origin, Feed.Extract extract, Feed.Limits limits) {
        return new Feed(
                feed.name(),
                feed.source(),
                feed.description(),
                feed.connection(),
                origin,
                feed.columns(),
                feed.key(),
                feed.item(),
                extract,
                feed.deleted(),
                limits);
    }

    public static Feed.Column column(String name, String from, Feed.Type type) {
        return new Feed.Column(name, from, type, null, null, null, false, Feed.Privacy.NOT_PERSONAL, "Test column.");
    }

    public static Feed.Column personal(String name, String from) {
        return new Feed.Column(
                name, from, Feed.Type.TEXT, null, null, null, false, Feed.Privacy.PSEUDONYMISE, "Test column.");
    }

    public static Feed.Column time(String name, String from, String pattern, String zone) {
        return new Feed.Column(
                name,
                from,
                Feed.Type.LOCAL_TIME,
                formatter(pattern),
                pattern,
                ZoneId.of(zone),
                false,
                Feed.Privacy.NOT_PERSONAL,
                "Test column.");
    }

    public static Feed.Column dated(String name, Feed.Type type, @Nullable String pattern) {
        return new Feed.Column(
                name,
                name,
                type,
                pattern == null ? null : formatter(pattern),
                pattern,
                null,
                false,
                Feed.Privacy.NOT_PERSONAL,
                "Test column.");
    }

    public static Feed.Column required(Feed.Column column) {
        return new Feed.Column(
                column.name(),
                column.from(),
                column.type(),
                column.pattern(),
                column.patternText(),
                column.zone(),
                true,
                column.privacy(),
                column.description());
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }
}
