package uk.fpw.nightly.cli.look;

import com.zaxxer.hikari.HikariDataSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.layout.ReleaseId;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.JsonOutput;
import uk.fpw.nightly.cli.option.ReleaseJson;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.limit.Acceptance;

/** Implements {@code fpw releases}. */
@Command(
        name = "releases",
        description = "Lists the releases, latest first; the current release is marked with a star.")
public final class ReleasesCommand implements Callable<Integer> {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private static final int SHORT_DIGEST = 16;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(names = "--tables", description = "Also list the tables of each release: snapshot, rows, digest.")
    private boolean tables;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. Default: table. json contains full digests, the "
                    + "feeds missing from each release, feeds without a later file due, "
                    + "accepted limits, and whether the release was withdrawn.")
    private Format format = Format.table;

    private enum Format {
        table,
        json
    }

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public ReleasesCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        HikariDataSource made = WarehouseDatabase.openIfCreated(read.storage(), password, 1);
        if (made == null) {
            String words = "fpw: " + WarehouseDatabase.nothingLoaded(read.storage());
            (format == Format.json ? context.err() : context.out()).println(words);
            if (format == Format.json) {
                JsonOutput.print(context.out(), List.of());
            }
            return 0;
        }
        try (HikariDataSource dataSource = made) {
            WarehouseOwnership.warn(read, force.find(context), dataSource, context.err());
            WarehouseOwnership.reportErasures(
                    read, force.find(context), dataSource, context.environment(), context.err());
            Releases releases = new Releases(dataSource);
            ReleaseId current = releases.currentId();
            List<Release> all = releases.list();
            Acceptances acceptances = new Acceptances(dataSource, context.clock());
            WithdrawnReleases withdrawn = new WithdrawnReleases(dataSource);
            Map<ReleaseId, WithdrawnReleases.Withdrawn> withdrawals = withdrawn.all();
            Map<ReleaseId, List<WithdrawnReleases.WithdrawnLoad>> withdrawnLoads = withdrawn.withdrawnLoads();
            if (format == Format.json) {
                json(all, current, acceptances, withdrawals);
                return 0;
            }
            if (all.isEmpty()) {
                context.out().println("no release yet");
                return 0;
            }
            line(
                    "  %-16s %-13s %-16s %-8s %-16s %-16s %s",
                    "release", "data as at", "created", "version", "digest", "force folder", "pinned as");
            for (Release release : all) {
                line(
                        "%s %-16s %-13s %-16s %-8s %-16s %-16s %s",
                        release.releaseId().equals(current) ? "*" : " ",
                        release.releaseId(),
                        release.businessDate(),
                        MINUTE.format(release.releasedAt().atZone(read.zone())),
                        release.softwareVersion(),
                        shortDigest(release.digest()),
                        shortDigest(release.forceDigest()),
                        release.name() == null ? "" : release.name());
                if (!release.missingFeeds().isEmpty()) {
                    line("      missing: %s", release.describeMissing());
                }
                release.describeOlder().forEach(older -> line("      %s", older));
                acceptances
                        .ofRelease(release.releaseId())
                        .forEach(acceptance -> line("      accepted %s", acceptance.describe()));
                WithdrawnReleases.Withdrawn withdrawal = withdrawals.get(release.releaseId());
                if (withdrawal != null) {
                    line(
                            "      withdrawn %s by %s: %s",
                            MINUTE.format(withdrawal.at().atZone(read.zone())), withdrawal.by(), withdrawal.reason());
                }
                withdrawnLoads
                        .getOrDefault(release.releaseId(), List.of())
                        .forEach(load -> line("      created with load %s, which was withdrawn", load.describe()));
                if (tables) {
                    release.tables()
                            .forEach(table -> line(
                                    "      %-22s %,11d rows  snapshot %-20d %s",
                                    table.name(), table.rowCount(), table.snapshotId(), shortDigest(table.digest())));
                }
            }
        }
        return 0;
    }

    private void json(
            List<Release> all,
            @Nullable ReleaseId current,
            Acceptances acceptances,
            Map<ReleaseId, WithdrawnReleases.Withdrawn> withdrawals) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Release release : all) {
            Map<String, @Nullable Object> row =
                    ReleaseJson.of(release, release.releaseId().equals(current));
            row.put(
                    "accepted",
                    acceptances.ofRelease(release.releaseId()).stream()
                            .map(Acceptance::describe)
                            .toList());
            row.put("is_withdrawn", withdrawals.containsKey(release.releaseId()));
            rows.add(row);
        }
        JsonOutput.print(context.out(), rows);
    }

    private void line(String format, Object... values) {
        context.out().println(String.format(Locale.ROOT, format, values).stripTrailing());
    }

    private static String shortDigest(String digest) {
        return digest.length() <= SHORT_DIGEST ? digest : digest.substring(0, SHORT_DIGEST);
    }
}
