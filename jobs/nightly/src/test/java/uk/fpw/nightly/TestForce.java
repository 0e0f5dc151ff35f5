package uk.fpw.nightly;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.rule.Rule;

/** A force without a folder. */
public final class TestForce {

    private TestForce() {}

    /** A force with these feeds; its warehouse and its embedded database are in the folder. */
    public static Force in(Path warehouse, Feed... feeds) {
        return new Force(
                warehouse.resolve("force"),
                new Force.Identity(
                        "test_force",
                        "Test force",
                        ZoneId.of("Europe/London"),
                        new Force.Storage(warehouse, "jdbc:h2:file:" + warehouse.resolve("fpw"), "fpw", ""),
                        7),
                new Force.Sources(List.of(), List.of(feeds), List.of()),
                new Force.Meaning(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Rule(
                                "CLOSED_BEFORE_OPENED",
                                "requests",
                                Rule.Severity.EXCLUDE,
                                "closed_at >= opened_at",
                                "closed_at {closed_at} is before opened_at {opened_at}")),
                        List.of(),
                        List.of(),
                        List.of(),
                        Force.Background.NONE),
                "digest");
    }
}
