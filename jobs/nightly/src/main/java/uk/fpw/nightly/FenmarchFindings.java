package uk.fpw.nightly;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.nightly.night.Database;
import uk.fpw.nightly.night.NightOutcome;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.ledger.Releases;

/** Five minutes for a head of performance analysis, read from the released tables like any reader would. */
final class FenmarchFindings {

    private final JdbcTemplate jdbc;
    private final Releases releases;
    private final Stays released;
    private final Surroundings surroundings;
    private final Force force;
    private final Telling tell;

    FenmarchFindings(DataSource dataSource, WarehouseCatalog catalog, Surroundings surroundings, Force force) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.releases = new Releases(dataSource);
        this.released = new Stays(catalog);
        this.surroundings = surroundings;
        this.force = force;
        this.tell = new Telling(surroundings.out());
    }

    void tell(List<NightOutcome> nights, String failure) {
        Release earlier = release(nights.get(nights.size() - 2));
        Release current = release(nights.get(nights.size() - 1));
        List<Stays.Stay> stays = released.of(current);
        tell.line("");
        tell.line("What an analyst finds (%s: every figure is of invented data)", force.name());
        new FactFinding(jdbc, tell).tell();
        new CaseFinding(jdbc, tell, stays, current.businessDate()).tell();
        StockFinding stock = new StockFinding(jdbc, tell, stays);
        stock.tellOfTurnover();
        stock.tellOfTheContractor();
        new ChangeFinding(jdbc, tell, released, command("query")).tell(earlier, current, stays);
        brokenFile(failure);
        tables();
    }

    private Release release(NightOutcome night) {
        Release release = releases.find(night.releaseId());
        if (release == null) {
            throw new IllegalStateException("there is no release " + night.releaseId());
        }
        return release;
    }

    private void brokenFile(String failure) {
        tell.line("");
        tell.line("6. A broken file, and the release that still stands");
        failure.lines().forEach(text -> Telling.wrapped(text.replaceFirst("; the log is .*", ""), Telling.WIDTH)
                .forEach(part -> tell.line("     %s", part)));
        tell.line(
                "   Readers see release %s, whole: %,d computers await examination (those with the contractor included) at the end of %s.",
                releases.currentId(),
                jdbc.queryForObject(
                        "select waiting_count from mart.queue_daily where queue = 'awaiting_examination' and slice = 'device_type' and slice_value = 'computer' and \"day\" = data_as_at",
                        Long.class),
                jdbc.queryForObject("select max(data_as_at) from mart.queue_daily", LocalDate.class));
    }

    private void tables() {
        Path exports = force.storage().warehouse().resolve("exports/current");
        tell.line("");
        tell.line("7. Where the tables are (each row says as of when, by which definition and from which release)");
        tell.line("   Excel      %s --format csv", command("export"));
        tell.line("   BI tool    views bi.* of %s", Database.address(force.storage()));
        tell.line("   Parquet    %s", surroundings.shown(exports));
        tell.line("   SQL        %s --list", command("query"));
        tell.line("              %s 'select * from mart.published_fact'", command("query"));
        tell.line("   left out   %s", command("rejections"));
    }

    private String command(String name) {
        return surroundings.launcher() + " " + name + " --force " + surroundings.shown(force.folder());
    }
}
