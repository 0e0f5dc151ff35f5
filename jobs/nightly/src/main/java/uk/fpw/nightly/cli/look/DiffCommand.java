package uk.fpw.nightly.cli.look;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Family;
import uk.fpw.model.Models;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.JsonOutput;
import uk.fpw.nightly.cli.option.WithdrawnNotes;
import uk.fpw.nightly.run.change.ErasureNotes;
import uk.fpw.nightly.run.change.FigureDiff;
import uk.fpw.nightly.run.change.FrozenNotes;
import uk.fpw.nightly.run.change.PresentationNotes;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.QueueDefinitions;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.ReleaseSteps;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.release.ReleaseFiles;
import uk.fpw.warehouse.store.release.ReleaseTableReader;

/** Implements {@code fpw diff}. */
@Command(
        name = "diff",
        description = {
            "Lists the counts of past months, or weeks, that differ between two releases, with what each cause "
                    + "contributes: the sum of "
                    + "the steps that were recorded when one release replaced another.",
            "The earlier release may have expired. The later one must be readable, or be a step to the current one.",
            "With --definitions: what the queues of two force folders count differently, in words. Reads no data."
        })
public final class DiffCommand implements Callable<Integer> {

    /** How many releases a message lists. */
    private static final int LISTED = 20;

    private static final String CHANGES = Models.countedBy(Family.COMPARISON).get(0);

    private enum Format {
        table,
        csv,
        json
    }

    @Parameters(
            index = "0",
            paramLabel = "R1",
            description = "The earlier release: its id or the name it is pinned as; or a force folder.")
    @SuppressWarnings("NullAway.Init")
    private String earlier;

    @Parameters(index = "1", paramLabel = "R2", description = "The later release, or the other force folder.")
    @SuppressWarnings("NullAway.Init")
    private String later;

    @Option(
            names = "--definitions",
            description = "Compare the definitions of two force folders R1 and R2, of one queue with --queue.")
    private boolean definitions;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(names = "--queue", paramLabel = "Q", description = "Only this queue.")
    private @Nullable String queue;

    @Option(names = "--slice", paramLabel = "S", defaultValue = "all", description = "This slice. Default: totals.")
    private String slice = "all";

    @Option(
            names = "--by",
            paramLabel = "PERIOD",
            defaultValue = "month",
            description = "Which counts: ${COMPLETION-CANDIDATES} (ISO week). Default: month.")
    private FigureDiff.PeriodKind by = FigureDiff.PeriodKind.month;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; csv has a row for each cause, json is for programs, by the schema "
                    + "in share/schemas/output. Default: table.")
    private Format format = Format.table;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public DiffCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (definitions) {
            if (!slice.equals("all") || by != FigureDiff.PeriodKind.month || format == Format.csv) {
                throw FpwException.configuration(
                        "--slice, --by and --format csv are about figures; remove them, or --definitions");
            }
            DefinitionDiff compared = new DefinitionDiff(queue, context, earlier, later);
            if (format == Format.json) {
                JsonOutput.print(context.out(), compared.fields());
            } else {
                compared.print(context.out());
            }
            return 0;
        }
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 2);
                WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
            WarehouseOwnership.warn(read, force.find(context), dataSource, context.err());
            WarehouseOwnership.of(read, force.find(context), dataSource, context.environment())
                    .requireErasures();
            Releases releases = new Releases(dataSource);
            Release from = find(releases, earlier);
            Release to = find(releases, later);
            ReleaseSteps recorded = new ReleaseSteps(dataSource);
            Path warehouse = read.storage().warehouse();
            Map<ReleaseId, ReleaseSteps.Step> all = recorded.all();
            List<ReleaseId> steps = FigureDiff.steps(all, from.releaseId(), to.releaseId());
            Release source = readable(warehouse, releases, all, to);
            FigureDiff.requireKept(steps, from.releaseId(), to.releaseId(), source.businessDate());
            ReleaseTableReader reader = new ReleaseTableReader(catalog);
            SeriesNames now = names(reader, source);
            SeriesNames then = isReadable(warehouse, from) ? names(reader, from) : null;
            SeriesNames known = new SeriesNames().add(now);
            if (then != null) {
                known.add(then);
            }
            Set<String> stepsWithRows = new HashSet<>();
            List<FigureDiff.Figure> figures = figures(reader, source, steps, from, known, stepsWithRows);
            requireWeeks(reader, source, stepsWithRows, steps, from, to);
            known.require(queue, slice);
            List<String> notes =
                    new ArrayList<>(WithdrawnNotes.of(new WithdrawnReleases(dataSource), List.of(from, to)));
            String erased = ErasureNotes.between(new Erasures(dataSource).list(), from, to);
            if (erased != null) {
                notes.add(erased);
            }
            QueueDefinitions definitions = new QueueDefinitions(dataSource);
            notes.addAll(PresentationNotes.between(
                    definitions.usedIn(from.releaseId()), definitions.usedIn(to.releaseId())));
            notes.addAll(FrozenNotes.of(ReleaseFiles.read(warehouse, source.releaseId())));
            notes.addAll(notAvailable(from, then, source, now));
            FigureDiffReport report = new FigureDiffReport(from, to, steps, by, slice, figures, notes);
            switch (format) {
                case table -> report.printTable(context.out());
                case csv -> report.printCsv(context.out(), context.err());
                case json -> JsonOutput.print(context.out(), report.fields());
            }
        }
        return 0;
    }

    private static Release find(Releases releases, String idOrName) {
        List<Release> all = releases.list();
        return all.stream()
                .filter(release -> idOrName.equals(release.name())
                        || idOrName.equals(release.releaseId().value()))
                .findFirst()
                .orElseThrow(() -> FpwException.configuration("there is no release " + DisplayText.text(idOrName)
                        + "; releases: "
                        + all.stream().limit(LISTED).map(Release::releaseId).toList()
                        + (all.size() > LISTED ? " and " + (all.size() - LISTED) + " earlier ones" : "")
                        + "; fpw releases lists them with the names under which they are pinned"));
    }

    /**
     * Notes about queues that one of the releases does not have: they are not compared, which differs from having no
     * differences.
     */
    private List<String> notAvailable(Release from, @Nullable SeriesNames then, Release source, SeriesNames now) {
        if (then == null) {
            return List.of("the tables of release " + from.releaseId()
                    + " have expired: whether it had every queue and slice is unknown; pin a release whose figures "
                    + "are quoted (fpw pin) to keep it");
        }
        List<String> notes = new ArrayList<>();
        now.queuesMissingFrom(then, slice).forEach(name -> addNotAvailable(name, from, notes));
        then.queuesMissingFrom(now, slice).forEach(name -> addNotAvailable(name, source, notes));
        return List.copyOf(notes);
    }

    private void addNotAvailable(String name, Release release, List<String> notes) {
        if (queue == null || name.equals(queue)) {
            notes.add(DisplayText.text(name) + (slice.equals("all") ? "" : " by " + DisplayText.text(slice))
                    + " is not available in release " + release.releaseId() + ", so it is not compared");
        }
    }

    private static SeriesNames names(ReleaseTableReader reader, Release release) {
        SeriesNames names = new SeriesNames();
        if (reader.has(release, "mart.dim_queue")) {
            names.add(reader.read(release, "mart.dim_queue", List.of("queue")));
        }
        if (reader.has(release, "mart.dim_slice")) {
            names.add(reader.read(release, "mart.dim_slice", List.of("queue", "slice")));
        }
        return names;
    }

    private static boolean isReadable(Path warehouse, Release release) {
        return Files.exists(ReleaseFiles.path(warehouse, release.releaseId()));
    }

    /** The later release itself, or the current one if that still has its rows. */
    private static Release readable(
            Path warehouse, Releases releases, Map<ReleaseId, ReleaseSteps.Step> steps, Release to) {
        if (isReadable(warehouse, to)) {
            return to;
        }
        Release current = releases.current();
        if (current != null) {
            try {
                FigureDiff.steps(steps, to.releaseId(), current.releaseId());
                return current;
            } catch (FpwException notOnTheWay) {
                // reported below
            }
        }
        throw FpwException.configuration(
                "release " + to.releaseId() + " has expired, and no step leads from it to the current release; name a "
                        + "release that fpw query can read, and pin one whose figures are quoted (fpw pin) to "
                        + "keep it");
    }

    /**
     * The requested figures. Rows are added up while they are read: there may be millions, of which only a few are
     * requested.
     *
     * @param names receives the queues and slices of all rows
     * @param stepsWithRows receives the releases that made them
     */
    private List<FigureDiff.Figure> figures(
            ReleaseTableReader reader,
            Release source,
            List<ReleaseId> steps,
            Release from,
            SeriesNames names,
            Set<String> stepsWithRows) {
        if (steps.isEmpty()) {
            return List.of();
        }
        return FigureDiff.add(
                figures -> reader.forEach(source, CHANGES, FigureDiff.COLUMNS, by.rows(), row -> {
                    stepsWithRows.add(String.valueOf(row.get("new_release_id")));
                    names.add(row);
                    if (isAskedFor(row)) {
                        figures.accept(row);
                    }
                }),
                steps,
                from.businessDate());
    }

    private boolean isAskedFor(Map<String, @Nullable Object> row) {
        return (queue == null || queue.equals(String.valueOf(row.get("queue"))))
                && slice.equals(String.valueOf(row.get("slice")));
    }

    /**
     * Fails for steps recorded by an earlier version, which did not compare weeks: they must not look like no
     * difference.
     */
    private void requireWeeks(
            ReleaseTableReader reader,
            Release source,
            Set<String> byWeek,
            List<ReleaseId> steps,
            Release from,
            Release to) {
        if (by == FigureDiff.PeriodKind.month || steps.isEmpty()) {
            return;
        }
        Set<String> byMonth = new HashSet<>();
        reader.forEach(
                source,
                CHANGES,
                List.of("new_release_id"),
                FigureDiff.PeriodKind.month.rows(),
                row -> byMonth.add(String.valueOf(row.get("new_release_id"))));
        FigureDiff.requireWeeks(steps, byMonth, byWeek, from.releaseId(), to.releaseId());
    }
}
