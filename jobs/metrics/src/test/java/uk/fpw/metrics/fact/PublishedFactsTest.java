package uk.fpw.metrics.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.fact.DatedFigures.Asked;
import uk.fpw.metrics.fact.DatedFigures.Found;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TextRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.fact.Fact;

/** The facts of a force as rows; what their queries return is given. */
@Tag("time-zone")
class PublishedFactsTest {

    private static final LocalDate BUSINESS_DATE = LocalDate.of(2015, 6, 30);
    private static final Force FORCE = ForceFolder.read(Path.of("src", "test", "resources", "gradings"));

    private static OurFigures figures(@Nullable String unit, @Nullable Double... values) {
        OurFigures figures = new OurFigures();
        for (Double value : values) {
            figures.add(value, unit);
        }
        return figures;
    }

    private static TextRows rows(Map<String, OurFigures> figures) {
        TextRows rows = new TextRows();
        PublishedFacts.write(
                FORCE,
                new ReleaseKey("gradingshire", ReleaseId.of("2016-01-12.1"), (int) BUSINESS_DATE.toEpochDay()),
                figures,
                Map.of(),
                values -> rows.accept(PublishedFacts.TABLE, values));
        return rows;
    }

    @Test
    void onlyFactsThatOurFiguresHaveASayOnAreAsked() {
        assertThat(PublishedFacts.asked(FORCE, BUSINESS_DATE))
                .extracting(Fact::name)
                .containsExactly("cases_graded_well", "no_value", "printed_total");
    }

    @Test
    void everyFactHasItsVerdict() {
        assertThat(rows(Map.of(
                                "cases_graded_well", figures("Cases", 9.0),
                                "no_value", figures(null, null, null),
                                "printed_total", figures(null, 34.0)))
                        .of(
                                PublishedFacts.TABLE,
                                "fact, verdict, our_value, our_lowest, our_highest, our_value_count, "
                                        + "difference, reason"))
                .containsExactly(
                        "cases_graded_well|by construction|9.0|9.0|9.0|1|0.0|ours is 9, which meets 'at least 9'; "
                                + "the data was made to match, so that this proves nothing",
                        "next_year|not comparable|null|null|null|0|null|the words speak of 2016-10-01 to "
                                + "2016-12-31, and our data ends on 2015-06-30",
                        "no_value|not comparable|null|null|null|0|null|our data has such a figure for 2014-10-01 "
                                + "to 2014-12-31, but its value is not known",
                        "other_definition|not comparable|null|null|null|0|null|it counts reports and not cases",
                        "printed_total|differs by|34.0|34.0|34.0|1|1.0|ours is 34, which does not meet '33'");
    }

    @Test
    void figureInAnotherUnitIsNotComparable() {
        assertThat(rows(Map.of(
                                "cases_graded_well", figures("devices", 9.0),
                                "printed_total", figures("cases", 33.0).add(1.0, "devices")))
                        .of(
                                PublishedFacts.TABLE,
                                "fact, unit, our_unit, verdict, our_value, our_value_count, reason",
                                Map.of("unit", "cases")))
                .contains(
                        "cases_graded_well|cases|devices|not comparable|null|0|the published figure is in cases, and "
                                + "ours in devices",
                        "printed_total|cases|cases and devices|not comparable|null|0|the published figure is in "
                                + "cases, and ours in cases and devices");
    }

    @Test
    void factsOfPacksHaveOursBesideThemAndNoVerdict() {
        Force packed = ForceFolder.read(Path.of("../../warehouse/src/test/resources/pack-force"));
        List<Asked> asked = PublishedFacts.askedNow(packed, BUSINESS_DATE);
        assertThat(asked).hasSize(6).extracting(Asked::asAt).containsOnly(BUSINESS_DATE);
        assertThat(PublishedFacts.askedNow(FORCE, BUSINESS_DATE)).isEmpty();
        TextRows rows = new TextRows();
        PublishedFacts.write(
                packed,
                new ReleaseKey("packed", ReleaseId.of("2016-01-12.1"), (int) BUSINESS_DATE.toEpochDay()),
                Map.of(),
                Map.of(
                        asked.get(0), List.of(new Found(412.0, null, null)),
                        asked.get(1), List.of(new Found(null, null, "submissions was not loaded")),
                        asked.get(4), List.of(new Found(0.5, null, "none was graded"))),
                values -> rows.accept(PublishedFacts.TABLE, values));
        assertThat(rows.of(
                        PublishedFacts.TABLE,
                        "fact, pack, verdict, our_value, our_latest, our_latest_unit, our_latest_reason"))
                .containsExactlyInAnyOrder(
                        "analysis_took_five_months|digital_forensics 1|not comparable|null|null|days|our data has no "
                                + "such figure for 2015-06-30",
                        "computers_awaiting_2015|digital_forensics 1|not comparable|null|null|computers|our data has "
                                + "no such figure for 2015-06-30",
                        "devices_awaiting_2020|digital_forensics 1|not comparable|null|null|devices|submissions was "
                                + "not loaded",
                        "devices_awaiting_2022|digital_forensics 1|not comparable|null|412.0|devices|null",
                        "inspectors_same_cases_2014|case_grading 1|not comparable|null|null|share of cases|our data "
                                + "has no such figure for 2015-06-30",
                        "own_assessors_2014|case_grading 1|not comparable|null|0.5|share of cases|null");
        assertThat(rows(Map.of()).of(PublishedFacts.TABLE, "pack, our_latest, our_latest_unit, our_latest_reason"))
                .containsOnly("null|null|null|null");
    }

    @Test
    void factsStandAsTheyWerePublished() {
        assertThat(rows(Map.of())
                        .of(
                                PublishedFacts.TABLE,
                                "force, quote, operator, stated_from, stated_to, about_share, unit, as_of_from_on, "
                                        + "as_of_to_on, clock_start, population, definition,"
                                        + " body_count, fact_source, is_by_construction, data_as_at, release_id",
                                Map.of("fact", "cases_graded_well")))
                .containsExactly("gradingshire|as printed|>=|9.0|9.0|null|cases|2014-10-01|2014-12-31|null|Cases|As "
                        + "graded|1|A report|true|2015-06-30|2016-01-12.1");
    }
}
