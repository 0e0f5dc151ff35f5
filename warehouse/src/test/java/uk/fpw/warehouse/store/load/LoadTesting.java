package uk.fpw.warehouse.store.load;

import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.testing.Replacing;

/** A feed of devices, and versions of its rows. */
public final class LoadTesting {

    private LoadTesting() {}

    /** A feed with the columns {@code id}, which is the key, and {@code n}. */
    public static Feed feed() {
        return feed(column("id", Feed.Type.TEXT), column("n", Feed.Type.WHOLE));
    }

    public static Feed feed(Feed.Column... columns) {
        return feed(List.of("id"), columns);
    }

    public static Feed feed(List<String> key, Feed.Column... columns) {
        return new Feed(
                "devices",
                "property",
                "Test.",
                new Feed.Input(
                        "drop",
                        new Origin.DroppedFile("devices.csv", new Origin.Format("csv", Map.of()), Set.of()),
                        Feed.Extract.FULL),
                new Feed.Rows(List.of(columns), key, Set.of(), "id", null),
                FeedLimits.atLeast(0));
    }

    public static Feed.Column column(String name, Feed.Type type) {
        return new Feed.Column(name, name, type, Feed.TextFormat.PLAIN, false, Feed.Privacy.NOT_PERSONAL, "Test.");
    }

    /** A version of the row with a key and a value of {@code n}. */
    static RowVersion row(String key, long number) {
        return new RowVersion(key, key, "%032x".formatted(number), 2L, null, List.of(key, number));
    }

    /** Adds versions, each replacing the current row of its key. */
    static void add(RawAppend append, RowVersion... versions) {
        Replacing replacing = new Replacing(append);
        for (RowVersion version : versions) {
            replacing.add(version);
        }
    }
}
