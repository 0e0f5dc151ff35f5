package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.testing.TableFiles;

/** The size of a warehouse after each night with figures, and finally whether anything grew faster than the data. */
final class WarehouseGrowth {

    private static final List<String> COLUMNS = List.of(
            "date",
            "rows of raw",
            "files of raw",
            "other files",
            "MB",
            "MB of the database",
            "rows of jobs",
            "rows of ops",
            "MB of memory",
            "processor ms of a load",
            "processor ms of a night");

    private static final double MIB = 1 << 20;

    /** By then everything that expires has begun to expire. */
    private static final int SETTLED = 10;

    private static final int WEEKS = 8;

    private static final List<String> TIMES = List.of("processor ms of a load", "processor ms of a night");
    private static final double MOST_TIME = 1.5;

    /** One or some for each load and run, and for each table of a release, but not for each test that passed. */
    private static final double ROWS_A_WEEK = 200;

    private static final String ROWS_OF = "select sum(row_count_estimate) from information_schema.tables where ";

    private final Path file;
    private final Force.Storage storage;

    WarehouseGrowth(Path file, Force.Storage storage) {
        this.file = file;
        this.storage = storage;
    }

    /** Compares the files with those that tables and releases name, and adds a line. */
    void look(LocalDate date, SimulatedNights nights) throws IOException, SQLException {
        List<Path> files = files(storage.warehouse());
        findOthers(date, nights, files);
        Installation.Outcome verified = nights.run("verify", "--files");
        nights.problems()
                .assertThat(verified.exitCode())
                .as(verified.toString())
                .isZero();

        List<String> fields = new ArrayList<>(List.of(date.toString()));
        fields.addAll(
                nights.rows("select sum(loaded_count) from ops.feed_load where status in ('loaded', 'withdrawn')"));
        long ofRaw =
                files.stream().filter(each -> each.toString().contains("/raw/")).count();
        fields.add(Long.toString(ofRaw));
        fields.add(Long.toString(files.size() - ofRaw));
        fields.add("%.1f"
                .formatted(
                        files.stream().mapToLong(each -> each.toFile().length()).sum() / MIB));
        String jobs = nights.rows(ROWS_OF + "table_name like 'batch%'").get(0);
        String ops = nights.rows(ROWS_OF + "table_schema = 'ops' and table_name <> 'day_number'")
                .get(0);
        nights.close();
        fields.add("%.1f".formatted(Files.size(storage.warehouse().resolve("fpw.mv.db")) / MIB));
        fields.addAll(List.of(jobs, ops));
        System.gc();
        fields.add("%.1f"
                .formatted(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB));
        fields.addAll(nights.times());
        if (!Files.exists(file)) {
            Files.writeString(file, String.join("\t", COLUMNS) + "\n");
        }
        Files.writeString(file, String.join("\t", fields) + "\n", StandardOpenOption.APPEND);
        System.out.println(String.join("\t", fields));
    }

    /** An unreferenced file stays for a day, because another process may be writing it. */
    private void findOthers(LocalDate date, SimulatedNights nights, List<Path> files) {
        Set<Path> named;
        try (WarehouseCatalog catalog = WarehouseCatalog.open(storage, "")) {
            named = TableFiles.named(catalog);
        }
        nights.problems()
                .assertThat(named)
                .as("files that tables name, on " + date)
                .allMatch(each -> Files.exists(each));
        Instant young = nights.now().minus(Duration.ofDays(1));
        nights.problems()
                .assertThat(files)
                .as("files below data that nothing names, on " + date)
                .filteredOn(each -> each.startsWith(storage.warehouse().resolve("data")) && !named.contains(each))
                .allMatch(each -> !modified(each).isBefore(young));
        nights.problems()
                .assertThat(storage.warehouse().resolve("scratch"))
                .as("scratch on " + date)
                .satisfiesAnyOf(folder -> assertThat(folder).doesNotExist(), folder -> assertThat(folder)
                        .isEmptyDirectory());
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Compares the last weeks with those in which everything that expires had begun to expire. */
    void judge() throws IOException {
        List<String> lines = Files.readAllLines(file);
        lines.forEach(System.out::println);
        List<List<String>> weeks =
                lines.stream().skip(1).map(line -> List.of(line.split("\t"))).toList();
        if (weeks.size() < SETTLED + 2 * WEEKS) {
            return;
        }
        List<List<String>> middle = weeks.subList(SETTLED, SETTLED + WEEKS);
        List<List<String>> last = weeks.subList(weeks.size() - WEEKS, weeks.size());
        double data = mean(last, "rows of raw") / mean(middle, "rows of raw");
        SoftAssertions softly = new SoftAssertions();
        for (String column : COLUMNS.subList(1, COLUMNS.size())) {
            double growth = mean(last, column) / mean(middle, column);
            System.out.printf("%s: %.2f times what it was%n", column, growth);
            double most =
                    switch (column) {
                        // records of loads and releases are kept, like the data
                        case "files of raw", "rows of ops", "MB of the database", "MB" -> 1.1 * data;
                        case "other files", "rows of jobs", "MB of memory" -> 1.1;
                        default -> Double.MAX_VALUE;
                    };
            softly.assertThat(growth).as(column).isLessThan(most);
        }
        for (String column : TIMES) {
            // the shortest: two busy cores slow each other down
            double growth = shortest(last, column) / shortest(middle, column);
            System.out.printf("%s: at least %.2f times what it was%n", column, growth);
            softly.assertThat(growth).as(column).isLessThan(MOST_TIME);
        }
        List<String> ofOps = last.stream()
                .map(week -> week.get(COLUMNS.indexOf("rows of ops")))
                .toList();
        double aWeek = (Double.parseDouble(ofOps.get(WEEKS - 1)) - Double.parseDouble(ofOps.get(0))) / (WEEKS - 1);
        System.out.printf("rows of ops: %.0f more each week%n", aWeek);
        softly.assertThat(aWeek).as("more rows of ops each week").isLessThan(ROWS_A_WEEK);
        softly.assertAll();
    }

    private static double shortest(List<List<String>> weeks, String column) {
        return weeks.stream()
                .mapToDouble(week -> Double.parseDouble(week.get(COLUMNS.indexOf(column))))
                .min()
                .orElseThrow();
    }

    private static double mean(List<List<String>> weeks, String column) {
        return weeks.stream()
                .mapToDouble(week -> Double.parseDouble(week.get(COLUMNS.indexOf(column))))
                .average()
                .orElseThrow();
    }
}
