package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.store.absence.FileSearch;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.frozen.FrozenRowTable;

/**
 * Kills {@code fpw erase}, {@code fpw restrict} and {@code fpw retain} at random moments, some of them right before the
 * switch, and ends what they began: the warehouse is that of an undisturbed removal then.
 */
@Tag("thorough")
class KilledRemovalIT {

    private static final int TIMES = Integer.getInteger("fpw.kill.removals", 10);

    @TempDir
    private static Path folder;

    @Test
    void killedErasuresLeaveNothingWhenTheyAreEnded() throws Exception {
        Path list = folder.toRealPath().resolve("erased/erasures.json");
        Installation fpw = fpw("erased").set("FPW_ERASURES_FILE", list.toString());
        ErasureForce force = force(fpw, "erased");
        List<String> command = List.of(ErasureIT.erase(force, values("erased", force)));
        new RemovalKills(fpw, new OfPerson(force, command, list, list), list).kill(TIMES - 2 * third(), seed());
    }

    @Test
    void killedRestrictionsHaveAllVersionsInOneSealedFileWhenTheyAreEnded() throws Exception {
        Path list = folder.toRealPath().resolve("restricted/erasures.json");
        Installation fpw = fpw("restricted").set("FPW_ERASURES_FILE", list.toString());
        ErasureForce force = force(fpw, "restricted");
        List<String> command = List.of(RestrictionIT.restrict(force, values("restricted", force)));
        Path sealed = new WarehouseFolder(force.warehouse()).evidence();
        new RemovalKills(fpw, new OfPerson(force, command, sealed, list), list).kill(third(), seed() + TIMES);
    }

    @Test
    void killedRetentionsAreThoseOfAnUndisturbedOneWhenTheyAreRunAgain() throws Exception {
        Installation fpw = fpw("retained");
        RetainedForce force = RetainedForce.in(folder.toRealPath().resolve("retained/force"), 7, true);
        force.succeed(fpw.here(), RetentionIT.FIRST);
        new RemovalKills(fpw, new OfTime(force), null).kill(third(), seed() + 2L * TIMES);
    }

    private static int third() {
        return TIMES / 3;
    }

    private static long seed() {
        return KilledRun.seed();
    }

    private static Installation fpw(String name) throws IOException {
        return Installation.in(Files.createDirectories(folder.toRealPath().resolve(name)));
    }

    private static ErasureForce force(Installation fpw, String name) throws IOException {
        ErasureForce force =
                ErasureForce.in(Files.createDirectories(folder.toRealPath().resolve(name + "/force")), true);
        assertThat(force.night(fpw.here(), ErasureForce.FIRST).exitCode()).isZero();
        return force;
    }

    private static String values(String name, ErasureForce force) throws IOException {
        return force.values(folder.toRealPath().resolve(name)).toString();
    }

    /**
     * An erasure or a restriction of a person.
     *
     * @param mark the list of erasures, to which an erasure is added right before the switch, or the folder in which
     *     the rows are sealed
     */
    private record OfPerson(ErasureForce erased, List<String> command, Path mark, Path list)
            implements RemovalKills.Removal {

        @Override
        public TrialForce force() {
            return erased.force().trial();
        }

        @Override
        public boolean isMarked() {
            try (Stream<Path> marks = Files.walk(mark)) {
                return marks.anyMatch(Files::isRegularFile);
            } catch (IOException notYet) {
                return false;
            }
        }

        @Override
        public void end(Installation fpw, boolean isSwitched) throws IOException {
            fpw.succeed("erase", "--finish", "--force", erased.path());
            assertThat(ErasureIT.search(erased).hits().isEmpty()).isEqualTo(isSwitched);
            if (!isSwitched) {
                // killed right before the switch, it is on the list already
                fpw.succeed(
                        Files.exists(list)
                                ? new String[] {"erase", "--again", "--confirm", "--force", erased.path()}
                                : command.toArray(new String[0]));
            }
        }

        @Override
        public List<String> traces(Installation fpw) throws Exception {
            assertThat(ErasureIT.search(erased).hits()).isEmpty();
            List<String> traces = new ArrayList<>();
            for (FileSearch.Gap gap : ErasureIT.search(erased).gaps()) {
                traces.add("not searched: " + Path.of(gap.place()).getParent());
            }
            traces.addAll(RemovalKills.rows(
                    force(),
                    "select kind, feed, ends_on, restriction_id is null, count(*) from ops.tombstone group by kind, "
                            + "feed, ends_on, restriction_id is null order by kind, feed"));
            List<String> ids = RemovalKills.rows(force(), "select restriction_id from ops.restriction");
            assertThat(ids).hasSize(command.get(0).equals("restrict") ? 1 : 0);
            for (String id : ids) {
                Path output = list.resolveSibling("opened.jsonl");
                Files.deleteIfExists(output);
                fpw.succeed(
                        "restrict",
                        "--open",
                        id,
                        "--reason",
                        "asked by the court",
                        "--output",
                        output.toString(),
                        "--force",
                        erased.path());
                List<String> lines = Files.readAllLines(output);
                traces.addAll(lines.subList(1, lines.size()).stream().sorted().toList());
            }
            return traces;
        }
    }

    /** The removal of rows whose time is over. */
    private record OfTime(RetainedForce retained) implements RemovalKills.Removal {

        @Override
        public TrialForce force() {
            return retained.trial();
        }

        @Override
        public List<String> command() {
            return List.of(RetentionIT.command(retained));
        }

        /** Whether the rows about earlier periods are kept. */
        @Override
        public boolean isMarked() {
            try (Stream<Path> files = Files.walk(force().warehouse())) {
                return files.anyMatch(file -> file.toString().contains("frozen_row")
                        && file.toString().endsWith(".parquet"));
            } catch (IOException | UncheckedIOException changing) {
                return false;
            }
        }

        @Override
        public void end(Installation fpw, boolean isSwitched) {
            if (isSwitched) {
                fpw.succeed("retain", "--finish", "--force", retained.path());
            }
            assertThat(fpw.succeed(RetentionIT.command(retained)).out())
                    .contains(isSwitched ? "Nothing is to be removed; nothing was changed." : "Removed:");
        }

        @Override
        public List<String> traces(Installation fpw) throws Exception {
            List<String> traces = new ArrayList<>();
            try (WarehouseCatalog catalog =
                    WarehouseCatalog.open(ForceFolder.read(force().folder()).storage(), "")) {
                Table table = catalog.load(FrozenRowTable.NAME);
                try (CloseableIterable<Record> rows =
                        IcebergGenerics.read(table).build()) {
                    rows.forEach(row -> {
                        row.setField(
                                FrozenRowTable.VALUES, new TreeMap<>((Map<?, ?>) row.getField(FrozenRowTable.VALUES)));
                        traces.add(row.toString());
                    });
                }
            }
            traces.sort(null);
            assertThat(traces).isNotEmpty();
            traces.addAll(RemovalKills.rows(
                    force(), "select feed, retained_from, closed_column, time_zone from ops.retention order by feed"));
            return traces;
        }
    }
}
