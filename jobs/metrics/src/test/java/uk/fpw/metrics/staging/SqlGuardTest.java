package uk.fpw.metrics.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlGuardTest {

    private static final Set<String> FEEDS = Set.of("requests", "closures");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a, b from requests where a > 1",
                "with r as (select a from requests) select r.a, c.b from r left join closures as c on r.a = c.a",
                "select a from requests union all select b from closures where b in (select a from requests)",
                "select a, count(*) from requests group by a having count(*) > 1",
                "select a, event from requests lateral view explode(array('x', 'y')) e as event",
                "select a, row_number() over (partition by a order by b) as n from requests",
                "select r.a, v.event from requests as r cross join (values ('x'), ('y')) as v (event)",
                "select distinct A from REQUESTS order by a",
                "with r as (select a from requests), s as (select a from r) select (select max(a) from r) from s",
                "select 'today' as event, date '2016-01-12' as a from requests",
                "select timestamp'2016-01-12 10:00:00 Europe/London' as a, DATE \"2016-01-12\" as b from requests",
                "select from_json(a, 'b int').b, to_json(struct(a)), get_json_object(a, '$.b') from requests",
                "select a, e from requests lateral view explode(array('x')) v as e lateral view json_tuple(a, 'b') "
                        + "j as b",
                "select extract(year from a), trim(both ' ' from b), a || b, a::date, position('x' in b) from requests",
            })
    void aQueryOverItsFeedsMayBeAnalysed(String sql) {
        assertThat(SqlGuard.judgeQuery(new SparkSqlParser().parsePlan(sql), FEEDS))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            drop table requests                                            | is not one plain SELECT query
            create table t as select * from requests                       | is not one plain SELECT query
            insert into requests select * from requests                    | is not one plain SELECT query
            set spark.sql.ansi.enabled = false                             | is not one plain SELECT query
            select * from csv.`/etc/passwd`                                | reads 'csv./etc/passwd', which is not \
            among its feeds
            select * from fpw.raw.requests                                 | reads 'fpw.raw.requests', which is not \
            among its feeds
            select a from requests where a in (select b from officers)     | reads 'officers', which is not among its \
            feeds
            with r as (select * from officers) select * from r             | reads 'officers', which is not among its \
            feeds
            with officers as (select * from officers) select * from officers | reads 'officers', which is not among \
            its feeds
            select * from (with o as (select 1) select * from o) cross join o | reads 'o', which is not among its feeds
            with `csv./etc/passwd` as (select 1) select * from csv.`/etc/passwd` | reads 'csv./etc/passwd', which is \
            not among its feeds
            with `fpw.raw.r` as (select 1) select * from fpw.raw.r         | reads 'fpw.raw.r', which is not among its \
            feeds
            select date 'today' as a from requests                         | depends on the current time ('today')
            select timestamp ' NOW ' as a from requests                    | depends on the current time ('NOW')
            select java_method('java.lang.System', 'getenv', 'HOME')       | calls the function 'java_method', which \
            is not allowed
            select (select max(reflect('a.B', 'c')) from requests)         | calls the function 'reflect', which is \
            not allowed
            select * from sql_keywords()                                   | reads the table function 'sql_keywords', \
            which is not allowed
            select from_xml(a, 'b int', map('rowValidationXSDPath', '/x.xsd')) from requests | calls the function \
            'from_xml', which is not allowed
            select schema_of_xml('<a/>', map('rowValidationXSDPath', '/x.xsd')) | calls the function 'schema_of_xml', \
            which is not allowed
            select xpath_string(a, 'b') from requests                      | calls the function 'xpath_string', which \
            is not allowed
            select `from_avro`(a, '', map('avroSchemaUrl', 'http://x')) from requests | calls the function \
            'from_avro', which is not allowed
            select from_csv(a, 'b int', map()) from requests               | calls the function 'from_csv', which is \
            not allowed
            select from_json(a, 'b int', map('x', 'y')) from requests      | calls the function 'from_json', which is \
            not allowed with options
            select raise_error(a) from requests                            | calls the function 'raise_error', which \
            is not allowed
            select system.builtin.upper(a) from requests                   | calls the function \
            'system.builtin.upper', which is not allowed
            select identifier('reflect')('a.B', 'c') from requests         | calls a function by its name as text \
            (identifier)
            select * from identifier('csv.`/etc/passwd`')                  | is not one plain SELECT query
            select e from requests lateral view sql_keywords() v as e, f   | reads the table function 'sql_keywords', \
            which is not allowed
            select date /* c */ 'today' as a from requests                 | writes a date or time in an \
            obfuscated way
            select timestamp /* c */ 'now' as a from requests              | writes a date or time in an \
            obfuscated way
            select date r'today' as a from requests                        | writes a date or time in an \
            obfuscated way
            select date '\\u0074oday' as a from requests                    | writes a date or time \
            in an obfuscated way
            select date"\\164oday" as a from requests                       | writes a date or time \
            in an obfuscated way
            select timestamp_ltz'now' as a from requests                   | depends on the current time ('now')
            select cast('\\u0001now' as timestamp) as a from requests       | depends on the current time ('now')
            select '\\u007fnow'::timestamp as a from requests               | depends on the current time ('now')
            select a from requests limit 10                                | is not one plain SELECT query
            select a from requests tablesample (10 percent)                | is not one plain SELECT query
            """)
    void whateverReachesFurtherIsRefused(String sql, String problem) {
        assertThat(SqlGuard.judgeQuery(new SparkSqlParser().parsePlan(sql), FEEDS))
                .extracting(SqlGuard.Finding::problem)
                .asString()
                .startsWith(problem);
    }

    @Test
    void aFindingKnowsItsLine() {
        assertThat(SqlGuard.judgeQuery(new SparkSqlParser().parsePlan("select a\nfrom requests\njoin officers"), FEEDS))
                .isEqualTo(new SqlGuard.Finding(
                        3,
                        "reads 'officers', which is not among its feeds",
                        "read only [closures, requests], or add it to 'feeds'"));
    }

    @Test
    void aRuleLooksAtNothingButItsRow() {
        assertThat(SqlGuard.judgeExpression(new SparkSqlParser().parseExpression("a >= b or a is null")))
                .isNull();
        assertThat(SqlGuard.judgeExpression(new SparkSqlParser().parseExpression("a >= date '2016-01-12'")))
                .isNull();
        assertThat(SqlGuard.judgeExpression(new SparkSqlParser().parseExpression("a >= date /**/ 'today'")))
                .isEqualTo(new SqlGuard.Finding(
                        1,
                        "writes a date or time in an obfuscated way",
                        "write it plainly, such as date '2016-01-12', without escapes, prefixes and comments"));
        assertThat(SqlGuard.judgeExpression(new SparkSqlParser().parseExpression("xpath_boolean(a, 'b')")))
                .isEqualTo(new SqlGuard.Finding(
                        1,
                        "calls the function 'xpath_boolean', which is not allowed",
                        "use deterministic functions of the row; see docs/force-folder.md for the list"));
        assertThat(SqlGuard.judgeExpression(new SparkSqlParser().parseExpression("a in (select a from requests)")))
                .isEqualTo(new SqlGuard.Finding(1, "has a subquery", "use only columns of the row"));
    }
}
