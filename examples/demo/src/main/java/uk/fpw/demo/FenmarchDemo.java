package uk.fpw.demo;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.generator.SyntheticForce;
import uk.fpw.generator.Systems;
import uk.fpw.ingest.LoadSummary;
import uk.fpw.nightly.ProgressStream;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.program.LogFormat;
import uk.fpw.nightly.run.ReportedException;
import uk.fpw.nightly.run.RunExecutor;
import uk.fpw.nightly.run.RunRequest;
import uk.fpw.nightly.run.RunResult;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.spark.SparkCommand;
import uk.fpw.nightly.spark.SparkWorker;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.connection.H2Sources;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.LoadCounts;

/**
 * Three runs of a synthetic force, one run that fails, and what an analyst finds. With {@code -Dfpw.demo.brief=true}
 * the third alone, which then loads everything, so that the build can try the command in less time.
 */
final class FenmarchDemo {

    private static final List<LocalDate> DATES = Stream.of(
                    LocalDate.of(2015, 12, 29), LocalDate.of(2015, 12, 30), LocalDate.of(2015, 12, 31))
            .filter(date -> date.getDayOfMonth() == 31 || !Boolean.getBoolean("fpw.demo.brief"))
            .toList();

    private static final LocalDate BROKEN = LocalDate.of(2016, 1, 1);

    /** The public pseudonym key of the demo, which gives no protection. Kept in memory only. */
    private static final String KEY = "fenmarch-demo-key-is-not-secret!";

    private final CliContext context;
    private final Path folder;
    private final Path systems;
    private final PrintStream out;
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    FenmarchDemo(CliContext context, Path folder) {
        this.systems = folder.resolve("../../var/fenmarch-systems").normalize();
        this.context = prepared(context, systems);
        this.folder = folder;
        this.out = context.out();
    }

    void run() {
        long started = System.nanoTime();
        Force force = ForceFolder.read(folder);
        DemoFolder.recreate(systems);
        DemoFolder.recreate(force.storage().warehouse());
        line(SyntheticForce.NAME
                + ". Everything you will see is invented; some of it was constructed to "
                + "match published figures of a force.");
        SyntheticForce generator = new SyntheticForce(SyntheticForce.DEMO_SEED, 1, Systems.embedded(systems));
        List<RunResult> runs = new ArrayList<>();
        List<String> failure;
        try (SparkWorker worker = new SparkWorker(new SparkCommand(context.processes()))) {
            for (LocalDate date : DATES) {
                write(generator, date, runs.isEmpty());
                runs.add(runFor(date, force, worker));
            }
            generator.writeUpTo(BROKEN);
            generator.writeBrokenAudits(BROKEN);
            failure = brokenRun(force, worker);
        }
        long nightsEnded = System.nanoTime();
        String password = WarehouseDatabase.password(force.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(force.storage(), password);
                WarehouseCatalog catalog = WarehouseCatalog.open(force.storage(), password)) {
            new FenmarchFindings(dataSource, catalog, context, force).print(runs, failure);
        }
        took("findings", nightsEnded);
        line("");
        line("Where the seconds went: "
                + seconds.entrySet().stream()
                        .map(part -> String.format(Locale.ROOT, "%s %.0f", part.getKey(), part.getValue()))
                        .collect(Collectors.joining(", "))
                + String.format(Locale.ROOT, "; %.0f in all.", (System.nanoTime() - started) / 1e9));
    }

    private void write(SyntheticForce generator, LocalDate date, boolean isFirst) {
        long started = System.nanoTime();
        line("");
        line((isFirst ? "Writing its three databases and its case audits up to " : "Its systems continue up to ")
                + date);
        generator.writeUpTo(date);
        took("systems", started);
    }

    private RunResult runFor(LocalDate date, Force force, SparkWorker worker) {
        long started = System.nanoTime();
        line("Nightly run of " + date);
        RunResult result = runner(context, worker).run(force, RunRequest.nightly(date), LogFormat.text);
        List<LoadCounts> loads =
                result.loading().loads().stream().map(LoadSummary::counts).toList();
        line(String.format(
                Locale.ROOT,
                "  %,d rows received: %,d loaded, %,d unchanged, %,d repeated, %,d superseded, %,d refused; "
                        + "%,d deleted. Release %s.",
                sum(loads, LoadCounts::received),
                sum(loads, LoadCounts::loaded),
                sum(loads, LoadCounts::unchanged),
                sum(loads, LoadCounts::repeated),
                sum(loads, LoadCounts::superseded),
                sum(loads, LoadCounts::refused),
                sum(loads, LoadCounts::deleted),
                result.releaseId()));
        took("run " + date.toString().substring(5), started);
        return result;
    }

    private static long sum(List<LoadCounts> loads, ToLongFunction<LoadCounts> count) {
        return loads.stream().mapToLong(count).sum();
    }

    /** Runs without printing a line for each table; the log has them, and the progress line shows them. */
    private RunExecutor runner(CliContext printing, SparkWorker worker) {
        return printing.runExecutor().withSparkWorker(worker).givingDetailsTo(line -> {
            if (out instanceof ProgressStream progress) {
                progress.note(line);
            }
        });
    }

    /** Runs the date with the broken file; returns the messages of the failure. */
    private List<String> brokenRun(Force force, SparkWorker worker) {
        long started = System.nanoTime();
        line("");
        line("Nightly run of " + BROKEN + ": the file of case audits is missing a column");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        CliContext listening = context.printingTo(out, new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            runner(listening, worker).run(force, RunRequest.nightly(BROKEN), LogFormat.text);
            throw new IllegalStateException("the run with the broken file was released");
        } catch (ReportedException failed) {
            if (failed.exitCode() != ExitCode.BAD_DATA) {
                context.err().print(said.toString(StandardCharsets.UTF_8));
                throw failed;
            }
            line("  failed, as expected");
            took("broken run", started);
            return failed.lines();
        }
    }

    private void took(String part, long started) {
        seconds.merge(part, (System.nanoTime() - started) / 1e9, Double::sum);
    }

    private void line(String text) {
        out.println(text);
    }

    /** With the demo's key, and with its systems as the only H2 databases that feeds may read. */
    private static CliContext prepared(CliContext given, Path systems) {
        Map<String, String> environment = new HashMap<>(given.environment());
        environment.remove(Pseudonymiser.KEY_FILE_VARIABLE);
        environment.put(Pseudonymiser.KEY_VARIABLE, HexFormat.of().formatHex(KEY.getBytes(StandardCharsets.US_ASCII)));
        environment.put(H2Sources.VARIABLE, systems.toString());
        return given.withEnvironment(environment);
    }
}
