package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.warehouse.force.ColumnsInUse;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.force.staging.StagingQuery;

@Tag("time-zone")
class ColumnsInUseTest {

    private static final Feed CASES = TestFeeds.feed(
            "cases",
            List.of("id"),
            "id",
            TestFeeds.column("id", "ID", Feed.Type.TEXT),
            TestFeeds.column("opened", "OPENED", Feed.Type.TEXT),
            TestFeeds.column("closed", "CLOSED", Feed.Type.TEXT),
            TestFeeds.column("officer", "OFFICER", Feed.Type.TEXT));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from cases",
                "select distinct * from cases",
                "select d.* from cases as d",
                "select d.id, d.* from cases as d",
                "select `d`.* from cases as `d`",
                "select d . * from cases as d",
                "select 'x' as k, * from cases",
                "select '--' as k, * from cases",
                "select 'it\\'s' as k, * from cases",
                "select /* c */ * from cases",
                "select -- everything\n* from cases",
                "select struct(*) as r from cases"
            })
    void queryThatReadsEveryColumnUsesThemAll(String sql) {
        assertThat(columns(sql)).containsExactly("id", "opened", "closed", "officer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id, opened from cases",
                "select id, count(*) as n, count ( * ) as m, 2 * length(opened) as l, (1 + 1) * 2 as k from cases",
                "select id, `opened` from cases -- officer, *",
                "select id, /* closed, * */ opened from cases"
            })
    void queryThatNamesItsColumnsUsesThose(String sql) {
        assertThat(columns(sql)).containsExactly("id", "opened");
    }

    @Test
    void columnThatOnlyARuleNamesIsInUse() {
        assertThat(columns("select id, opened from cases", rule("cases", "closed is null or closed >= opened")))
                .containsExactly("id", "opened", "closed");
        assertThat(columns("select id, opened from cases", rule("others", "officer is not null")))
                .containsExactly("id", "opened");
    }

    @Test
    void feedThatNoQueryReadsUsesThemAll() {
        assertThat(ColumnsInUse.of(force(List.of(), List.of()), CASES)).containsExactly(0, 1, 2, 3);
    }

    private static Rule rule(String feed, String expression) {
        return new Rule("RULE", feed, Rule.Severity.EXCLUDE, expression, "wrong");
    }

    private static Stream<String> columns(String sql, Rule... rules) {
        StagingQuery staging = new StagingQuery(
                "cases",
                "property",
                "case",
                List.of("cases"),
                List.of(),
                List.of(),
                List.of("opened"),
                sql,
                Path.of("/force/staging/cases.sql"));
        return ColumnsInUse.of(force(List.of(staging), List.of(rules)), CASES).stream()
                .map(position -> CASES.columns().get(position).name());
    }

    private static Force force(List<StagingQuery> stagings, List<Rule> rules) {
        return new Force(
                Path.of("/force"),
                new Force.Identity(
                        "test",
                        "Test",
                        ZoneId.of("Europe/London"),
                        new Force.Storage(Path.of("/warehouse"), "jdbc:h2:mem:test", "fpw", ""),
                        7),
                new Force.Sources(List.of(), List.of(CASES), List.of()),
                new Force.Meaning(
                        stagings, List.of(), List.of(), rules, List.of(), List.of(), List.of(), Force.Background.NONE),
                "");
    }
}
