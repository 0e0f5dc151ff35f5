package uk.fpw.metrics.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TextRows;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.message.PresentationChange;
import uk.fpw.warehouse.message.VersionChange;

/** The definitions of force folders of the test resources as rows. */
@Tag("time-zone")
class DimensionsTest {

    private static final LocalDate BUSINESS_DATE = LocalDate.of(2015, 11, 10);

    private static Force force(String folder) {
        return ForceFolder.read(Path.of("src", "test", "resources", folder));
    }

    private static TextRows rows(Force force, Coverage coverage, Map<String, VersionChange> versionChanges) {
        return rows(force, coverage, versionChanges, Map.of());
    }

    private static TextRows rows(
            Force force,
            Coverage coverage,
            Map<String, VersionChange> versionChanges,
            Map<String, Map<String, PresentationChange>> presentationChanges) {
        TextRows rows = new TextRows();
        new Dimensions(
                        force,
                        coverage,
                        new ReleaseKey(force.code(), ReleaseId.of("2016-01-12.1"), (int)
                                coverage.businessDate().toEpochDay()),
                        rows)
                .write(versionChanges, presentationChanges, LocalDate.of(2015, 11, 9));
        return rows;
    }

    private static TextRows rows(String folder) {
        Force force = force(folder);
        return rows(force, Coverage.whole(force, BUSINESS_DATE), Map.of());
    }

    @Test
    void everyRowNamesItsReleaseAndEveryTableOfDefinitionsHasRows() {
        Force force = force("../../../../../examples/fenmarch");
        TextRows rows = rows(force, Coverage.whole(force, BUSINESS_DATE), Map.of());

        assertThat(Dimensions.TABLES)
                .allSatisfy(table ->
                        assertThat(rows.of(table, "release_id")).isNotEmpty().containsOnly("2016-01-12.1"));
        assertThat(rows.of("mart.dim_queue", "force")).containsOnly("fenmarch");
    }

    @Test
    void queuesSayWhatTheyAre() {
        assertThat(rows("standards")
                        .of(
                                "mart.dim_queue",
                                "queue, queue_version, title, description, item_kind, item_unit, parent_queue, "
                                        + "queue_role, entered_by, re_entered_by, left_by, observed_from",
                                Map.of("queue", "first_look")))
                .containsExactly("first_look|2|Cases awaiting a first look|From receipt until the case is seen or "
                        + "withdrawn.|case|cases|unresolved|stage|received|-|seen as seen*, "
                        + "withdrawn as withdrawn|null");
    }

    @Test
    void standardsAreListedInTheirOrder() {
        assertThat(rows("standards")
                        .of(
                                "mart.dim_standard",
                                "queue, queue_version, standard_order, standard, title, within_hours, "
                                        + "within_days, applies_to"))
                .containsExactly(
                        "first_look|2|1|urgent_within_24_hours|Urgent cases within 24 hours|24|null|priority high "
                                + "or urgent",
                        "first_look|2|2|within_28_days|Within 28 days|null|28|every item",
                        "whole_of_one_stage|1|1|urgent_within_2_days|Urgent cases within 2 days|null|2|priority high");
    }

    @Test
    void schemesAreListedWithTheGradesOfEveryVersion() {
        assertThat(rows("gradings")
                        .of(
                                "mart.dim_scheme",
                                "scheme, title, description, scheme_version, grade_rank, grade, "
                                        + "grade_count, valid_from, data_as_at"))
                .containsExactly(
                        "case_audit|Case audits|How a case was handled.|1|1|good|4|2013-01-01|2015-11-10",
                        "case_audit|Case audits|How a case was handled.|1|2|adequate|4|2013-01-01|2015-11-10",
                        "case_audit|Case audits|How a case was handled.|1|3|requires "
                                + "improvement|4|2013-01-01|2015-11-10",
                        "case_audit|Case audits|How a case was handled.|1|4|inadequate|4|2013-01-01|2015-11-10",
                        "case_audit|Case audits|How a case was handled.|2|1|good|3|2015-04-01|2015-11-10",
                        "case_audit|Case audits|How a case was handled.|2|2|requires "
                                + "improvement|3|2015-04-01|2015-11-10",
                        "case_audit|Case audits|How a case was handled.|2|3|inadequate|3|2015-04-01|2015-11-10");
    }

    @Test
    void queuesAndSchemesNameTheirPack() {
        Force force = force("../../../../../warehouse/src/test/resources/pack-force");
        TextRows rows = rows(force, Coverage.whole(force, BUSINESS_DATE), Map.of());
        assertThat(rows.of("mart.dim_queue", "pack")).hasSize(4).containsOnly("digital_forensics 1");
        assertThat(rows.of("mart.dim_scheme", "pack")).hasSize(7).containsOnly("case_grading 1");
        assertThat(rows("gradings").of("mart.dim_scheme", "pack")).containsOnly("null");
    }

    @Test
    void queuesAndTheirStandardsAreKnownAsFarAsTheFeedsBehindThem() {
        Map<String, LocalDate> completeTo = new HashMap<>();
        completeTo.put("arrivals", BUSINESS_DATE);
        completeTo.put("departures", LocalDate.of(2015, 11, 8));
        completeTo.put("calls", BUSINESS_DATE);
        TextRows rows = rows(force("coverage"), new Coverage(BUSINESS_DATE, completeTo), Map.of());

        assertThat(rows.of("mart.dim_queue", "queue, data_as_at, observed_from"))
                .containsExactly("awaiting_examination|2015-11-08|2025-02-01", "open_calls|2015-11-10|2025-02-01");
        assertThat(rows.of("mart.dim_standard", "standard, data_as_at")).containsExactly("within_3_days|2015-11-08");
    }

    @Test
    void queueSaysSinceWhenItsVersionCounts() {
        Force force = force("standards");
        assertThat(rows(
                                force,
                                Coverage.whole(force, BUSINESS_DATE),
                                Map.of("first_look", new VersionChange(LocalDate.of(2015, 11, 9), 1)))
                        .of("mart.dim_queue", "queue, version_since_on, previous_version"))
                .contains("first_look|2015-11-09|1", "in_work|null|null");
    }

    @Test
    void queueSaysSinceWhenItIsChartedAsItIs() {
        Force force = force("standards");
        Map<String, PresentationChange> changes =
                Map.of("service", new PresentationChange(LocalDate.of(2015, 11, 9), "every_day"));
        assertThat(rows(force, Coverage.whole(force, BUSINESS_DATE), Map.of(), Map.of("first_look", changes))
                        .of("mart.dim_queue", "queue, service, service_since_on, previous_service"))
                .contains("first_look|working_days|2015-11-09|every_day", "in_work|working_days|null|null");
    }

    @Test
    void calendarBeginsWithTheFirstDayThatIsKnownAndEndsWithTheFinancialYear() {
        List<String> days = rows("standards").of("mart.dim_date", "day");

        assertThat(days).hasSize(144).startsWith("2015-11-09", "2015-11-10").endsWith("2016-03-31");
    }
}
