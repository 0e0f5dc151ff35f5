package uk.fpw.nightly.cli.look;

import com.zaxxer.hikari.HikariDataSource;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Csv;
import uk.fpw.nightly.cli.option.ChosenRelease;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.cli.option.ReasonOption;
import uk.fpw.nightly.cli.option.WithdrawnNotes;
import uk.fpw.nightly.item.CellItems;
import uk.fpw.nightly.item.CountedMeasure;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.FrozenQueue;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.ItemLooks;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.ReleaseSteps;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.ledger.feed.RetentionLedger;
import uk.fpw.warehouse.store.release.ReleaseTableReader;

/** Implements {@code fpw items}. */
@Command(
        name = "items",
        description = {
            "Lists the items behind a count of a month, by their keys as the warehouse knows them: pseudonyms where "
                    + "the feed requires it.",
            "Each look is recorded first: who, when, why, which count and how many items. fpw looks shows the record.",
            "Needs write access to the database, and a release of the last 3 days, one of the latest three, or a "
                    + "pinned one."
        })
public final class ItemsCommand implements Callable<Integer> {

    private enum Format {
        table,
        csv
    }

    @Option(
            names = "--release",
            paramLabel = "R",
            description = "Id of a release, or the name it is pinned as. Default: the current release.")
    private @Nullable String release;

    @Option(names = "--queue", required = true, paramLabel = "Q", description = "Queue of the count.")
    @SuppressWarnings("NullAway.Init")
    private String queue;

    @Option(
            names = "--month",
            required = true,
            paramLabel = "M",
            converter = Month.class,
            description = "Month of the count, such as 2015-10.")
    @SuppressWarnings("NullAway.Init")
    private YearMonth month;

    @Option(
            names = "--measure",
            required = true,
            paramLabel = "C",
            converter = Measure.class,
            description = "The count, a column of mart.queue_monthly, such as left_count.")
    @SuppressWarnings("NullAway.Init")
    private CountedMeasure measure;

    @Option(
            names = "--slice",
            paramLabel = "S=V",
            converter = SliceConverter.class,
            description = "A slice of the queue and its value, such as device_type=phone. Default: the total.")
    private Slice slice = new Slice("all", "all");

    @Option(
            names = "--exit",
            paramLabel = "E",
            description = "Only items that left in this way, with --measure left_count.")
    private @Nullable String exit;

    @Option(
            names = "--changed",
            description = "Only items that this release counts and the one that it replaced did not (added), or the "
                    + "reverse (removed).")
    private boolean changed;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. Default: table.")
    private Format format = Format.table;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public ItemsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String why = reason.text();
        if (exit != null && !measure.isOfExits()) {
            throw FpwException.configuration(
                    "--exit is for --measure left_count, but the measure is " + measure.column() + "; remove --exit");
        }
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 2);
                WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
            WarehouseOwnership.of(read, force.find(context), dataSource, context.environment())
                    .compare(false);
            ItemLooks looks = new ItemLooks(dataSource);
            Releases releases = new Releases(dataSource);
            Release shown = release(releases, ChosenRelease.id(releases, release));
            Release before = changed ? replaced(releases, new ReleaseSteps(dataSource), shown) : null;
            ItemLooks.Cell cell = new ItemLooks.Cell(
                    queue, slice.name(), slice.value(), month.atDay(1), measure.column(), exit == null ? "all" : exit);
            CellItems items = new CellItems(new ReleaseTableReader(catalog), cell, measure);
            CellItems.Found found = before == null ? items.at(shown) : items.changed(before, shown);
            // items are shown only after the look is on record
            looks.record(new ItemLooks.Look(
                    context.clock().instant(),
                    ProcessOwner.nameWithLogin(),
                    why,
                    shown.releaseId(),
                    before == null ? null : before.releaseId(),
                    cell,
                    found.items().size()));
            WithdrawnNotes.of(
                            new WithdrawnReleases(dataSource), before == null ? List.of(shown) : List.of(before, shown))
                    .forEach(note -> context.err().println("fpw: " + note));
            String missing = before == null && found.items().size() < found.stated() ? gone(dataSource, shown) : null;
            print(cell, shown, before, found, missing);
        }
        return 0;
    }

    private static Release release(Releases releases, ReleaseId id) {
        return Objects.requireNonNull(releases.find(id), id::value);
    }

    private static Release replaced(Releases releases, ReleaseSteps steps, Release release) {
        ReleaseSteps.Step step = steps.all().get(release.releaseId());
        ReleaseId id = step == null ? null : step.replacedReleaseId();
        Release replaced = id == null ? null : releases.find(id);
        if (replaced == null) {
            throw FpwException.configuration(
                    "it is not recorded which release " + release.releaseId() + " replaced, or it replaced none; "
                            + "remove "
                            + "--changed, or choose another release");
        }
        return replaced;
    }

    /** Why items of a count are gone although the count stands; null if no row was removed. */
    private @Nullable String gone(DataSource dataSource, Release shown) {
        boolean isFrozen = new RetentionLedger(dataSource)
                .retainedFrom().values().stream().map(FrozenQueue::to).anyMatch(month.atDay(1)::isBefore);
        if (isFrozen) {
            return "rows were removed after their time (fpw retain), and the count stands as it was released before";
        }
        return new Erasures(dataSource).hasRemovedRows(shown.releaseId(), shown.releasedAt())
                ? "rows were removed since (fpw erase, fpw restrict or fpw retain), and the count stands as it was "
                        + "released"
                : null;
    }

    /** Prints the items. {@code missing} says why there are fewer than the release states. */
    private void print(
            ItemLooks.Cell cell,
            Release shown,
            @Nullable Release before,
            CellItems.Found found,
            @Nullable String missing) {
        List<CellItems.Listed> items = found.items();
        if (before == null && items.size() != found.stated()) {
            context.err()
                    .println("fpw: release " + shown.releaseId() + " states " + found.stated() + ", and " + items.size()
                            + " items were found; "
                            + (missing == null ? "this is probably a bug in the software: please report it" : missing));
        }
        if (format == Format.csv) {
            context.out().print(Csv.line(List.of("item_key", "change")));
            items.forEach(item ->
                    context.out().print(Csv.line(Arrays.asList(DisplayText.whole(item.itemKey()), item.change()))));
            context.out().flush();
            return;
        }
        context.out()
                .println(String.format(
                        Locale.ROOT,
                        "%s, release %s%s: %s",
                        describe(cell),
                        shown.releaseId(),
                        before == null ? "" : " compared with " + before.releaseId(),
                        Plural.grouped(items.size(), "item")));
        items.forEach(item -> context.out()
                .println("  " + (item.change() == null ? "" : item.change() + " ") + DisplayText.text(item.itemKey())));
    }

    /** A cell in words, such as {@code awaiting_examination, device_type phone, 2015-10: left_count as examined}. */
    static String describe(ItemLooks.Cell cell) {
        return DisplayText.text(cell.queue()) + ", "
                + (cell.slice().equals("all")
                        ? "all"
                        : DisplayText.text(cell.slice()) + " " + DisplayText.text(cell.sliceValue()))
                + ", " + cell.month().toString().substring(0, "2015-10".length()) + ": "
                + DisplayText.text(cell.measure())
                + (cell.exitReason().equals("all") ? "" : " as " + DisplayText.text(cell.exitReason()));
    }

    private record Slice(String name, String value) {}

    static final class SliceConverter implements ITypeConverter<Slice> {

        @Override
        public Slice convert(String text) {
            int equals = text.indexOf('=');
            if (equals < 1 || equals == text.length() - 1) {
                throw new TypeConversionException("'" + DisplayText.text(text)
                        + "' is not a slice with a value; use a form like device_type=phone");
            }
            return new Slice(text.substring(0, equals), text.substring(equals + 1));
        }
    }

    static final class Month implements ITypeConverter<YearMonth> {

        @Override
        public YearMonth convert(String text) {
            try {
                return text.length() > "2015-10".length() ? firstDay(LocalDate.parse(text)) : YearMonth.parse(text);
            } catch (DateTimeException wrong) {
                throw new TypeConversionException(
                        "'" + DisplayText.text(text) + "' is not a month; use a form like 2015-10");
            }
        }

        private static YearMonth firstDay(LocalDate day) {
            if (day.getDayOfMonth() != 1) {
                throw new DateTimeException("not the first day of a month");
            }
            return YearMonth.from(day);
        }
    }

    static final class Measure implements ITypeConverter<CountedMeasure> {

        @Override
        public CountedMeasure convert(String text) {
            CountedMeasure found = CountedMeasure.of(text);
            if (found == null) {
                throw new TypeConversionException("the items behind '" + DisplayText.text(text)
                        + "' cannot be listed; use one of " + CountedMeasure.columns());
            }
            return found;
        }
    }
}
