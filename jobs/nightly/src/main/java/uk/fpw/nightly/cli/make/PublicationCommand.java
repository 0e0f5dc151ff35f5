package uk.fpw.nightly.cli.make;

import com.zaxxer.hikari.HikariDataSource;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.nightly.cli.option.ChosenRelease;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.LockOption;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.cli.option.ReasonOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.publish.publication.PublicationFolder;
import uk.fpw.publish.publication.Quarter;
import uk.fpw.publish.publication.ReleasedCounts;
import uk.fpw.publish.publication.WithdrawnNotices;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.identity.IdentityCheck;
import uk.fpw.warehouse.store.ledger.Publications;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.lock.WarehouseLock;
import uk.fpw.warehouse.store.release.ReleaseFiles;
import uk.fpw.warehouse.store.release.ReleaseTableReader;

/** Implements {@code fpw publication}. */
@Command(
        name = "publication",
        description = {
            "Makes the folder of a quarter that may leave the force, once somebody has decided so; nothing else may.",
            "It has the cases or people that each queue received and that waited at the end, rounded, and no small "
                    + "counts; with the quarter that ends a financial year, the grades of that year. Queues "
                    + "and schemes with in_publications: false in the force folder are left out. What was "
                    + "published is on record and stays: the same quarter again gives the same figures. --restate "
                    + "computes all published quarters again, once a year."
        })
public final class PublicationCommand implements Callable<Integer> {

    @Option(
            names = "--quarter",
            paramLabel = "QUARTER",
            converter = QuarterConverter.class,
            description = "The quarter, such as 2015Q3 (July to September). It must be settled.")
    private @Nullable Quarter quarter;

    @Option(
            names = "--restate",
            description = "Compute every published quarter again, from the current release. Once in a calendar year.")
    private boolean isRestating;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The folder to make, which must not exist. Default: one in the folder publications of the "
                    + "warehouse.")
    private @Nullable Path to;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final LockOption lockOption = new LockOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public PublicationCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Publications.Decision decision =
                new Publications.Decision(context.clock().instant(), ProcessOwner.nameWithLogin(), reason.text());
        if ((quarter != null) == isRestating) {
            throw new ParameterException(
                    spec.commandLine(), "specify either --quarter, such as --quarter 2015Q3, or --restate");
        }
        Force.Identity read = force.readIdentity(context);
        ReleasedCounts.KeptInside keptInside = ReleasedCounts.KeptInside.of(ForceFolder.read(force.find(context)));
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 4)) {
            IdentityCheck identity =
                    WarehouseOwnership.of(read, force.find(context), dataSource, context.environment());
            identity.compare(false);
            try (WarehouseLock lock = WarehouseLock.acquire(
                            dataSource::getConnection, "publication", read.zone(), lockOption.timeout(), held -> {});
                    WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
                identity.confirm(false);
                Ledger ledger = new Ledger(
                        read, keptInside, new Publications(dataSource), new Releases(dataSource), catalog, lock);
                if (quarter == null) {
                    restate(ledger, decision);
                } else {
                    publish(ledger, quarter, decision);
                }
            }
        }
        return 0;
    }

    /** What a publication is made from, while the lock is held. */
    private record Ledger(
            Force.Identity force,
            ReleasedCounts.KeptInside keptInside,
            Publications publications,
            Releases releases,
            WarehouseCatalog catalog,
            WarehouseLock lock) {

        /** The counts of the current release. */
        ReleasedCounts counts() {
            Release release =
                    Objects.requireNonNull(releases.find(ChosenRelease.id(releases, null)), "the current release");
            ReleaseFiles.requireWhole(catalog, release.releaseId(), ReleasedCounts.tables());
            return new ReleasedCounts(new ReleaseTableReader(catalog), release, keptInside);
        }
    }

    private void publish(Ledger ledger, Quarter of, Publications.Decision decision) {
        Publications.Publication earlier = ledger.publications().latest(of.startOn());
        Path target = target(
                ledger,
                earlier == null || earlier.restatedIn() == null
                        ? of.toString()
                        : of + "-restated-" + earlier.restatedIn());
        if (earlier == null) {
            Publications.Figures figures = ledger.counts().figures(of);
            ledger.lock().check();
            ledger.publications().publish(figures, decision);
        } else {
            context.out()
                    .println(of + " was published on "
                            + earlier.publishedAt()
                                    .atZone(ledger.force().zone())
                                    .toLocalDate() + " from release "
                            + earlier.figures().origin().releaseId() + "; these are the same figures.");
        }
        write(ledger, List.of(Objects.requireNonNull(ledger.publications().latest(of.startOn()))), target);
    }

    private void restate(Ledger ledger, Publications.Decision decision) {
        int year = decision.at().atZone(ledger.force().zone()).getYear();
        Instant restatedAt = ledger.publications().restatedAt(year);
        if (restatedAt != null) {
            throw FpwException.configuration("the published figures were already restated on "
                    + restatedAt.atZone(ledger.force().zone()).toLocalDate()
                    + ", and they are restated once a year at most; the next time is from " + (year + 1)
                    + "-01-01 on");
        }
        List<Publications.Publication> published = ledger.publications().latest();
        if (published.isEmpty()) {
            throw FpwException.configuration(
                    "nothing has been published yet, so there is nothing to restate; use --quarter");
        }
        Path target = target(ledger, "restated-" + year);
        ReleasedCounts counts = ledger.counts();
        List<Publications.Figures> figures = published.stream()
                .map(one -> counts.figures(Quarter.of(one.figures().quarterStartOn())))
                .toList();
        ledger.lock().check();
        ledger.publications().restate(year, figures, decision);
        write(ledger, ledger.publications().latest(), target);
    }

    private Path target(Ledger ledger, String name) {
        Path target = to == null
                ? new WarehouseFolder(ledger.force().storage().warehouse())
                        .publications()
                        .resolve(name)
                : context.workingFolder().resolve(to);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw FpwException.configuration(target + " already exists; delete it, or choose another folder with --to");
        }
        return target;
    }

    private void write(Ledger ledger, List<Publications.Publication> publications, Path target) {
        List<String> notices =
                WithdrawnNotices.of(ledger.publications(), ledger.force().zone());
        try {
            new PublicationFolder(ledger.force(), publications, notices).write(target);
        } catch (UncheckedIOException failed) {
            throw FpwException.unavailable(
                    failed.getMessage() + ". The figures are on record: make the folder again with --quarter", failed);
        }
        int rows = publications.stream()
                .mapToInt(one -> one.figures().rows().size())
                .sum();
        int planned = publications.stream()
                .mapToInt(one -> one.figures().plannedCount())
                .sum();
        context.out()
                .println(context.shown(target) + " may leave the force: " + rows + " of " + Plural.of(planned, "figure")
                        + ", without small counts");
        notices.forEach(notice -> context.err().println("fpw: " + notice + " (--restate)"));
    }

    static final class QuarterConverter implements ITypeConverter<Quarter> {

        @Override
        public Quarter convert(String text) {
            try {
                return Quarter.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(
                        "'" + DisplayText.text(text) + "' is not a quarter; use a form like 2015Q3");
            }
        }
    }
}
