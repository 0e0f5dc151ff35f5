package uk.fpw.demo;

import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.run.RunResult;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;

/** Five minutes for a head of performance analysis, read from the released tables like any other reader. */
final class FenmarchFindings {

    private final JdbcTemplate jdbc;
    private final Releases releases;
    private final ReleaseSpellReader released;
    private final CliContext context;
    private final Force force;
    private final TextReport report;

    FenmarchFindings(DataSource dataSource, WarehouseCatalog catalog, CliContext context, Force force) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.releases = new Releases(dataSource);
        this.released = new ReleaseSpellReader(catalog);
        this.context = context;
        this.force = force;
        this.report = new TextReport(context.out());
    }

    void print(List<RunResult> runs, List<String> failure) {
        Release current = release(runs.get(runs.size() - 1));
        List<ReleaseSpellReader.Spell> spells = released.of(current);
        report.line("");
        report.line("What an analyst finds (%s: every figure is of invented data)", force.name());
        new FactFinding(jdbc, report).print();
        new CaseFinding(jdbc, report, spells, current.businessDate()).print();
        StockFinding stock = new StockFinding(jdbc, report, spells);
        stock.printTurnover();
        stock.printOutsourcing();
        if (runs.size() > 1) {
            Release earlier = release(runs.get(runs.size() - 2));
            new ChangeFinding(jdbc, report, released, command("query")).print(earlier, current, spells);
        }
        brokenFile(failure);
        tables();
    }

    private Release release(RunResult run) {
        Release release = releases.find(run.releaseId());
        if (release == null) {
            throw new IllegalStateException("there is no release " + run.releaseId());
        }
        return release;
    }

    private void brokenFile(List<String> failure) {
        report.line("");
        report.line("6. A broken file, and the release that is still current");
        failure.stream().flatMap(String::lines).forEach(text -> TextReport.wrapped(text, TextReport.WIDTH)
                .forEach(part -> report.line("     %s", part)));
        report.line(
                "   Readers see release %s, whole: %,d computers await examination (those with the provider "
                        + "included) at the end of %s.",
                releases.currentId(),
                jdbc.queryForObject(
                        "select waiting_count from mart.queue_daily where queue = 'awaiting_examination' and slice "
                                + "= 'device_type' and slice_value = 'computer' and \"day\" = data_as_at",
                        Long.class),
                jdbc.queryForObject("select max(data_as_at) from mart.queue_daily", LocalDate.class));
    }

    private void tables() {
        WarehouseFolder warehouse = new WarehouseFolder(force.storage().warehouse());
        report.line("");
        report.line("7. Where the tables are (each row shows its date, definition and release)");
        report.line("   Pages      %s", context.shown(warehouse.currentSite().resolve("index.html")));
        report.line("   Excel      %s --format csv", command("export"));
        report.line("   BI tool    views bi.* of %s", WarehouseDatabase.displayUrl(force.storage()));
        report.line("   Parquet    %s", context.shown(warehouse.currentExport()));
        report.line("   SQL        %s --list", command("query"));
        report.line("              %s 'select * from mart.published_fact'", command("query"));
        report.line("   excluded   %s", command("rejections"));
    }

    private String command(String name) {
        return context.launcher() + " " + name + " --force " + context.shown(force.folder());
    }
}
