package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.generator.SyntheticForce;
import uk.fpw.generator.Systems;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.connection.H2Sources;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.testing.SchemaDefaults;

/**
 * Ordinary nights of Fenmarch, which no limit stops. {@code -Dfpw.usual.nights=60} runs the number that the operator's
 * guide refers to, and prints the results per feed; with {@code -Dfpw.usual.key=row}, tables are read in full as if
 * their rows had no key.
 */
@Tag("thorough")
class UsualRunsIT {

    private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final int NIGHTS = Integer.getInteger("fpw.usual.nights", 4);

    @TempDir
    Path folder;

    @Test
    void ordinaryNightsAreNotStopped() throws Exception {
        assertThat(stops(LocalDate.parse(System.getProperty("fpw.usual.last", "2015-12-31")), NIGHTS))
                .isEmpty();
    }

    private List<String> stops(LocalDate last, int nights) throws Exception {
        Path systems = Files.createDirectories(folder.resolve("systems"));
        SyntheticForce generator = new SyntheticForce(SyntheticForce.DEMO_SEED, 1, Systems.embedded(systems));
        Force fenmarch = ForceFolder.read(Path.of(System.getProperty("fpw.root"), "examples", "fenmarch"));
        List<Feed> feeds = System.getProperty("fpw.usual.key", "").equals(Feed.ROW)
                ? fenmarch.feeds().stream()
                        .filter(feed -> feed.origin() instanceof Origin.DatabaseRows)
                        .map(UsualRunsIT::withoutKey)
                        .toList()
                : fenmarch.feeds();
        List<String> stops = new ArrayList<>();
        Path warehouseFolder = Files.createDirectories(folder.resolve("warehouse"));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(
                warehouseFolder,
                Map.of(Pseudonymiser.KEY_VARIABLE, KEY, H2Sources.VARIABLE, systems.toString()),
                connections(systems),
                feeds,
                fenmarch.stagings())) {
            for (LocalDate night = last.minusDays(nights - 1); !night.isAfter(last); night = night.plusDays(1)) {
                generator.writeUpTo(night);
                for (Feed feed : feeds) {
                    try {
                        warehouse.load(feed.name(), night.toString());
                    } catch (FpwException stopped) {
                        stops.add(night + " " + stopped.getMessage());
                    }
                }
            }
            System.out.println("feed | loads | most deleted | share | most changed | share | emptied");
            warehouse.query("""
                    select feed, count(*) as loads, max(deleted_count) as deleted, max(1.0000 * deleted_count / \
                    before_count) as deleted_share,
                        max(changed_count) as changed, max(1.0000 * changed_count / before_count) as changed_share,
                        listagg(nullif(emptied, ''), ' ') as lost
                    from ops.feed_load
                    where before_count > 0
                    group by feed
                    order by feed""").forEach(System.out::println);
            warehouse
                    .query("select business_date, feed, message from ops.feed_load where message is not null "
                            + "order by business_date, feed")
                    .forEach(note -> System.out.println("note: " + note));
        }
        return stops;
    }

    private static Feed withoutKey(Feed feed) {
        Origin.DatabaseRows rows = (Origin.DatabaseRows) feed.origin();
        return new Feed(
                feed.name(),
                feed.source(),
                feed.description(),
                new Feed.Input(
                        feed.connection(), new Origin.DatabaseRows(rows.table(), rows.sql(), null), Feed.Extract.FULL),
                new Feed.Rows(feed.columns(), List.of(), Set.of(), Feed.ROW, null),
                feed.limits());
    }

    private static List<SourceConnection> connections(Path systems) {
        List<SourceConnection> connections = new ArrayList<>();
        for (String name : List.of("dfu", "cases", "da")) {
            connections.add(SchemaDefaults.database(
                    name, "jdbc:h2:file:" + systems.resolve(name), "fpw_reader", "", 10_000, 60));
        }
        connections.add(new SourceConnection.FileDrop("drop", systems.resolve("drop")));
        return connections;
    }
}
