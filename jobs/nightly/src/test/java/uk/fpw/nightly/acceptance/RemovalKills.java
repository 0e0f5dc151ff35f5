package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Kills a command that removes rows, at moments chosen at random in three parts of its work, and ends what it began,
 * which must give the warehouse of an undisturbed removal. In between readers see the released figures, and other
 * commands that write either work or stop with exit code 2. Each kill starts from the same, restored warehouse.
 */
final class RemovalKills {

    private static final int KILLED = 137;
    private static final int MAX_ATTEMPTS = 8;

    /** When the application begins to work. */
    private static final int MIN_MILLIS = 800;

    private static final int MAX_MILLIS = 6_000;
    private static final int MAX_MILLIS_AFTER_THE_LAST_RELEASE = 1_500;
    private static final int MAX_MILLIS_AFTER_THE_MARK = 60;
    private static final String FIGURES = "select * from mart.queue_monthly order by all";

    /** A command that removes rows from the warehouse of a force, and what is looked at. */
    interface Removal {

        TrialForce force();

        List<String> command();

        /** Whether it has done the last thing before the switch that can be seen from outside. */
        boolean isMarked();

        /**
         * Ends what the killed command began.
         *
         * @param isSwitched whether only the old files are left
         */
        void end(Installation fpw, boolean isSwitched) throws IOException;

        /** Beside {@link WarehouseContent}, what a removal leaves: equal for equal removals. */
        List<String> traces(Installation fpw) throws Exception;
    }

    private final Installation fpw;
    private final Removal removal;
    private final @Nullable Path list;
    private final Path pristine;
    private final List<JsonNode> figures;
    private final List<String> expected;
    private int afterTheSwitch;

    /**
     * Removes rows from a warehouse without being disturbed.
     *
     * @param list the list of erasures, which is deleted before each kill; null if there is none
     */
    RemovalKills(Installation fpw, Removal removal, @Nullable Path list) throws Exception {
        this.fpw = fpw;
        this.removal = removal;
        this.list = list;
        this.pristine = removal.force().folder().resolveSibling("pristine");
        RekeyKills.copy(removal.force().warehouse(), pristine);
        this.figures = figures();
        fpw.here().succeed(command());
        this.expected = content();
        assertThat(figures()).isEqualTo(figures);
    }

    /** Kills it. */
    void kill(int times, long seed) throws Exception {
        for (int index = 0; index < times; index++) {
            Random random = new Random(seed + index);
            String killed = null;
            for (int attempt = 1; killed == null; attempt++) {
                assertThat(attempt).as("removals that were over").isLessThan(MAX_ATTEMPTS);
                putBack();
                killed = killed(random, index % 3, attempt);
            }
            assertThat(figures()).as(killed).isEqualTo(figures);
            Installation.Outcome other = fpw.here().run("unpin", "no-such-name", "--force", path());
            assertThat(other.exitCode()).as(killed + other).isEqualTo(2);
            boolean isSwitched = other.err().contains("was interrupted. Nothing was written. Run 'fpw erase");
            afterTheSwitch += isSwitched ? 1 : 0;
            System.out.println(index + ": " + removal.command().get(0) + " " + killed
                    + (removal.isMarked() ? ", marked" : "") + (isSwitched ? ", switched" : ""));
            removal.end(fpw.here(), isSwitched);
            assertThat(content()).as(killed).isEqualTo(expected);
            assertThat(figures()).as(killed).isEqualTo(figures);
        }
        fpw.here().succeed("verify", "--files", "--force", path());
        System.out.println(removal.command().get(0) + ": " + times + " kills, of which " + afterTheSwitch
                + " between the switch and the end");
    }

    /** What was killed, in words; null if it was over before. */
    private @Nullable String killed(Random random, int part, int attempt) {
        int millis =
                switch (part) {
                    case 0 -> MIN_MILLIS + random.nextInt(MAX_MILLIS) / attempt;
                    case 1 -> random.nextInt(MAX_MILLIS_AFTER_THE_MARK) / attempt;
                    default -> random.nextInt(MAX_MILLIS_AFTER_THE_LAST_RELEASE) / attempt;
                };
        try (Installation.Running running = fpw.start(null, command())) {
            while (part > 0
                    && running.isRunning()
                    && (part == 1
                            ? !removal.isMarked()
                            : running.said().lines().noneMatch(line -> line.startsWith("release ")))) {
                KilledRun.pause(1);
            }
            KilledRun.pause(millis);
            running.handle().destroyForcibly();
            return running.await().exitCode() == KILLED
                    ? "killed " + millis + " ms after "
                            + List.of("the start", "the mark", "the last release")
                                    .get(part)
                    : null;
        }
    }

    private void putBack() throws IOException {
        RekeyKills.delete(removal.force().warehouse());
        RekeyKills.copy(pristine, removal.force().warehouse());
        if (list != null) {
            Files.deleteIfExists(list);
        }
        fpw.here().succeed("trust", "--force", path());
    }

    private List<JsonNode> figures() throws IOException {
        return fpw.here().query(Path.of(path()), FIGURES);
    }

    private List<String> content() throws Exception {
        List<String> content = WarehouseContent.of(removal.force());
        content.addAll(rows(
                removal.force(),
                "select kind, feed, ground, reason, row_count, item_count, finished_at is null from ops.erasure "
                        + "order by feed"));
        content.addAll(removal.traces(fpw.here()));
        return content;
    }

    private String[] command() {
        return removal.command().toArray(new String[0]);
    }

    private String path() {
        return removal.force().folder().toString();
    }

    /** The rows of a query on the database of a force; its columns are separated by bars. */
    static List<String> rows(TrialForce force, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = force.keepOpen();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    values.add(rows.getString(column));
                }
                found.add(String.join(" | ", values));
            }
        }
        return found;
    }
}
