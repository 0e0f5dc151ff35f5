package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.metrics.staging.ForceSqlAnalysis;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Milestones;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.force.staging.StagingQuery;

/** The errors that are reported before a row is read, if a staging query or rule is wrong. */
class ForceSqlAnalysisIT {

    private static final String GOOD = """
            select
                item_id as item_key,
                event,
                happened_at as occurred_at,
                seq as event_order,
                'odd' as parity
            from device_events""";

    @Test
    void aValidQueryAndRuleHaveNoError() {
        assertThat(errors(GOOD, "happened_at is null or event <> 'received'")).isEmpty();
    }

    @Test
    void aColumnThatTheFeedDoesNotHaveIsNamedWithItsLine() {
        assertThat(errors(GOOD.replace("happened_at as", "hapened_at as"), "true"))
                .singleElement()
                .asString()
                .startsWith(
                        "staging/device_events.sql:4: A column, variable, or function parameter with name `hapened_at`"
                                + " cannot be resolved. Did you mean one of the following? [`happened_at`,")
                .endsWith("; correct the SQL; it can use the columns that the feed declares");
    }

    @Test
    void sqlThatCannotBeReadIsShownWithItsLine() {
        assertThat(errors(GOOD.replace("event,", "event event,,"), "true"))
                .singleElement()
                .asString()
                .startsWith("staging/device_events.sql:3: Syntax error at or near ','");
    }

    @Test
    void missingAndSurplusColumnsAndWrongTypesAreAllReported() {
        assertThat(errors("""
                select item_id as item_key, event, cast(happened_at as string) as occurred_at, seq as n, 1 as parity
                from device_events""", "true"))
                .containsExactly(
                        "staging/device_events.sql: event_order: the query does not return this column; it returns "
                                + "event, item_key, n, occurred_at, parity;"
                                + " return event_order (a whole number that breaks ties between equal timestamps)",
                        "staging/device_events.sql: occurred_at: the column is of type string and must be a "
                                + "timestamp; cast it, such as cast(... as timestamp)",
                        "staging/device_events.sql: n: the query returns "
                                + "this column, which staging/device_events.yml does not declare; remove it, or add it "
                                + "to "
                                + "'attributes'",
                        "staging/device_events.sql: parity: the column is of type int and must be text; cast it, "
                                + "such as cast(... as string)");
    }

    @Test
    void itemsThatBelongToACaseHaveToNameIt() {
        Milestones cases = new Milestones(
                "child_protection",
                1,
                "Cases",
                "Cases.",
                "case",
                List.of("became_aware"),
                List.of("case_closed"),
                List.of(),
                List.of("device"),
                new Milestones.Silence(List.of(), 20, 20));

        assertThat(errors(GOOD, "true", List.of(cases)))
                .containsExactly("staging/device_events.sql: contributor_key: the query does not return this column, "
                        + "but milestones/child_protection.yml names items of kind 'device' in linked_item_kinds; "
                        + "return contributor_key (the key of the case, as its own staging query returns it)");
        assertThat(errors(GOOD.replace("select\n", "select\n    'C1' as contributor_key,\n"), "true", List.of(cases)))
                .isEmpty();
    }

    @Test
    void aQueryThatReadsAnotherTableOrAFileIsRefused() {
        assertThat(errors("select * from csv.`/etc/passwd`", "true"))
                .containsExactly(
                        "staging/device_events.sql:1: the query reads 'csv./etc/passwd', which is not among its "
                                + "feeds; read only [device_events], or add it to 'feeds'");
    }

    @Test
    void anAnswerThatDependsOnTheClockOrOnChanceIsRefused() {
        assertThat(errors(GOOD.replace("happened_at as", "now() as"), "true"))
                .singleElement()
                .asString()
                .contains("the query depends on the current time (now)");
        assertThat(errors(GOOD.replace("happened_at as", "'now'::timestamp as"), "true"))
                .singleElement()
                .asString()
                .contains("the query depends on the current time ('now')");
        assertThat(errors(GOOD, "happened_at < 'tomorrow'"))
                .singleElement()
                .asString()
                .contains("the expression depends on the current time ('tomorrow')");
        assertThat(errors(GOOD, "to_date('yesterday') < happened_at"))
                .singleElement()
                .asString()
                .contains("the expression depends on the current time ('yesterday')");
        assertThat(errors(GOOD, "to_date('\\u0002yesterday') < happened_at"))
                .singleElement()
                .asString()
                .contains("the expression depends on the current time ('yesterday')");
        assertThat(errors(GOOD, "rand() > 0.5"))
                .singleElement()
                .asString()
                .startsWith("rules/device_events.yml: A_RULE.expression: the expression returns a different "
                        + "result each time (rand)");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
            cast(concat('n', 'ow') as timestamp)            -> builds a date or time from concatenated text
            to_timestamp(lower('NOW'))                      -> builds a date or time from concatenated text
            cast(date(trim(' today ')) as timestamp)        -> builds a date or time from concatenated text
            try_cast('no' || 'w' as timestamp)              -> builds a date or time from concatenated text
            cast(current_date as timestamp)                 -> depends on the current time (current_date)
            cast(curdate() as timestamp)                    -> depends on the current time (current_date)
            cast(localtimestamp() as timestamp)             -> depends on the current time (localtimestamp)
            case when current_user = 'x' then happened_at end -> depends on the user or environment (current_user)
            case when current_database() = 'x' then happened_at end -> depends on the user or environment (current_
            case when version() = 'x' then happened_at end  -> depends on the user or environment (version)
            case when uuid() = 'x' then happened_at end     -> returns a different result each time (uuid)
            case when monotonically_increasing_id() = 1 then happened_at end -> returns a different result \
            each time (monotonically_increasing_id)
            case when spark_partition_id() = 1 then happened_at end -> returns a different result \
            each time (SPARK_PARTITION_ID)
            """)
    void theClockAndTheRunAreFoundWhereverTheyHide(String expression, String problem) {
        assertThat(errors(GOOD.replace("happened_at as", expression + " as"), "true"))
                .singleElement()
                .asString()
                .contains("the query " + problem);
    }

    /** Only constants depend on the time of the run; 'now' in the text of a row does not. */
    @Test
    void wordsInTheDataAreNoClock() {
        assertThatThrownBy(() -> TestSpark.session()
                        .sql("select cast(word as timestamp) as at from values ('now') as said (word)")
                        .collectAsList())
                .hasMessageContaining("CAST_INVALID_INPUT");
        assertThat(TestSpark.session()
                        .sql("with said as (select 'now' as word) select try_cast(word as timestamp) as at, "
                                + "try_cast(word as date) as day from said")
                        .collectAsList()
                        .get(0)
                        .toString())
                .isEqualTo("[null,null]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first",
                "last",
                "any_value",
                "first_value",
                "listagg",
                "string_agg",
                "collect_list",
                "collect_set",
                "array_agg",
                "mode"
            })
    void answersThatDependOnTheOrderOfRowsAreRefused(String aggregate) {
        boolean isList = aggregate.matches("collect.*|array.*");
        assertThat(errors(
                        GOOD.replace(
                                        "'odd' as parity",
                                        (isList ? "array_join(" + aggregate + "(event), ' ')" : aggregate + "(event)")
                                                + " as parity")
                                + " group by all",
                        "true"))
                .singleElement()
                .asString()
                .contains("the query depends on the order of the rows (");
    }

    @Test
    void ordersThatTheQueryMakesItsOwnAreAllowed() {
        for (String parity : List.of(
                "array_join(array_sort(collect_list(event)), ' ')",
                "array_join(sort_array(collect_set(event)), ' ')",
                "cast(size(collect_set(event)) as string)",
                "listagg(event) within group (order by event)",
                "string_agg(event, ', ') within group (order by seq)",
                "mode(event, true)",
                "mode() within group (order by event)",
                "max_by(event, seq)")) {
            assertThat(errors(GOOD.replace("'odd' as parity", parity + " as parity") + " group by all", "true"))
                    .isEmpty();
        }
        assertThat(errors(
                        GOOD.replace(
                                "'odd' as parity",
                                "first_value(event) over (partition by item_id order by seq) as parity"),
                        "true"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cast(row_number() over (partition by item_id order by happened_at, seq) as string)",
                "cast(ntile(4) over (order by seq) as string)",
                "lag(event) over (partition by item_id order by seq)",
                "lead(event, 1, 'none') over (partition by item_id order by seq)",
                "nth_value(event, 2) over (partition by item_id order by seq)",
                "cast(rank() over (partition by item_id order by 1) as string)",
                "any_value(event) over (partition by item_id order by seq)",
                "array_join(collect_list(event) over (partition by item_id order by seq), ' ')",
                "cast(count(*) over (partition by item_id) as string)",
                "cast(sum(seq) over (order by seq rows between 1 preceding and 1 following) as string)",
                "cast(count(*) over (order by happened_at range between interval 7 days preceding and current row) "
                        + "as string)",
                "cast(datediff(happened_at, lag(happened_at) over (partition by item_id order by seq)) as string)",
            })
    void windowFunctionsThatFollowFromTheRowsAreAllowed(String parity) {
        assertThat(errors(GOOD.replace("'odd' as parity", parity + " as parity"), "true"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
            first(event) over (partition by item_id)                                        -> (first)
            first(event) over (partition by item_id order by item_id)                       -> (first)
            lag(event) over (partition by item_id order by 'x')                             -> (lag)
            cast(row_number() over (partition by item_id order by item_id, 1) as string)    -> (row_number)
            cast(sum(seq) over (partition by item_id rows 1 preceding) as string)           -> (sum)
            """)
    void windowFunctionsWithoutAnOrderAreRefused(String parity, String function) {
        assertThat(errors(GOOD.replace("'odd' as parity", parity + " as parity"), "true"))
                .singleElement()
                .asString()
                .contains("the query depends on the order of the rows " + function + "; ");
    }

    @Test
    void aRuleMayLookAtOtherRowsOfItsFeedByAWindow() {
        assertThat(errors(GOOD, "count(*) over (partition by item_id, event) = 1"))
                .isEmpty();
        assertThat(errors(GOOD, "first(event) over (partition by item_id) = 'received'"))
                .containsExactly("rules/device_events.yml: A_RULE.expression: the expression depends on the "
                        + "order of the rows (first); use min, max or max_by over values without ties, specify "
                        + "an order (within group), sort collected values with array_sort, or take "
                        + "the row whose row_number in a complete order is 1");
    }

    @Test
    void aRuleIsAConditionOnOneRow() {
        assertThat(errors(GOOD, "seq + 1"))
                .containsExactly("rules/device_events.yml: A_RULE.expression: the expression is of type bigint; write "
                        + "a condition that is true for valid rows");
        assertThat(errors(GOOD, "max(seq) > 1"))
                .containsExactly("rules/device_events.yml: A_RULE.expression: the expression uses more than one row; "
                        + "use only columns of the row, or a window function (over)");
        assertThat(errors(GOOD, "sequence_number > 1"))
                .singleElement()
                .asString()
                .startsWith("rules/device_events.yml: A_RULE.expression: A column, variable, or function parameter "
                        + "with name `sequence_number` cannot be resolved");
    }

    private static List<String> errors(String sql, String expression) {
        return errors(sql, expression, SparkTestWarehouse.force("backlog").milestones());
    }

    private static List<String> errors(String sql, String expression, List<Milestones> milestones) {
        Force force = SparkTestWarehouse.force("backlog");
        StagingQuery staging = force.stagings().get(0);
        StagingQuery changed = new StagingQuery(
                staging.name(),
                staging.source(),
                staging.itemKind(),
                staging.feeds(),
                staging.attributes(),
                staging.atEntry(),
                staging.events(),
                sql,
                staging.sqlFile());
        Rule rule = new Rule("A_RULE", "device_events", Rule.Severity.EXCLUDE, expression, "no");
        Force with = new Force(
                force.folder(),
                new Force.Identity(
                        force.code(), force.name(), force.zone(), force.storage(), force.confirmDateAfterDays()),
                new Force.Sources(force.connections(), force.feeds(), force.bankHolidays()),
                new Force.Meaning(
                        List.of(changed),
                        force.queues(),
                        milestones,
                        List.of(rule),
                        force.schemes(),
                        force.gradings(),
                        force.facts(),
                        Force.Background.NONE),
                force.digest());
        return new ForceSqlAnalysis(TestSpark.session(), with)
                .errors().stream().map(Object::toString).toList();
    }
}
