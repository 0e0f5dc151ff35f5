package uk.fpw.metrics.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.metrics.TestSpark;

/** The message of a failed conversion of a text. */
class QuietCastsIT {

    private static final SparkSession SPARK = TestSpark.session();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cast(name as date)                      | CAST_INVALID_INPUT           | true
                    int(name)                               | CAST_INVALID_INPUT           | true
                    cast(substr(name, 9) as decimal(9, 2))  | CAST_INVALID_INPUT           | true
                    to_timestamp(name)                      | CAST_INVALID_INPUT           | true
                    to_date(name, 'dd/MM/yyyy')             | CANNOT_PARSE_TIMESTAMP       | false
                    unix_timestamp(name, 'yyyy')            | CANNOT_PARSE_TIMESTAMP       | false
                    to_unix_timestamp(name, 'yyyy')         | CANNOT_PARSE_TIMESTAMP       | false
                    to_number(name, '999')                  | INVALID_FORMAT.MISMATCH_INPUT | false
                    """)
    void textThatIsNoDateOrNumberIsNotQuoted(String expression, String condition, boolean isPlaceNamed) {
        Throwable failed =
                catchThrowable(() -> SPARK.sql("""
                select %s as read
                from (select concat('Quentin Canaryson', id) as name from range(1))
                """.formatted(expression)).collectAsList());

        StringWriter all = new StringWriter();
        failed.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain("Canaryson");
        assertThat(failed).isInstanceOfSatisfying(SparkThrowable.class, spark -> {
            assertThat(spark.getCondition()).isEqualTo(condition);
            assertThat(Arrays.stream(spark.getQueryContext())
                            .map(QueryContext::fragment)
                            .toList())
                    .isEqualTo(isPlaceNamed ? List.of(expression) : List.of());
        });
    }

    @Test
    void conditionOfAJoinAndOfAFilterQuotesNothingEither() {
        for (String sql : List.of(
                "select * from names where cast(name as date) > date '2015-01-01'",
                "select name from names where id in (select cast(name as bigint) from names)",
                "select * from names inner join range(2) as other on cast(name as bigint) = other.id",
                "select cast(name as date) as day, count(*) from names group by cast(name as date)")) {
            Throwable failed = catchThrowable(() -> SPARK.sql(
                            "with names as (select id, concat('Quentin Canaryson', id) as name from range(1)) " + sql)
                    .collectAsList());

            StringWriter all = new StringWriter();
            failed.printStackTrace(new PrintWriter(all));
            assertThat(all.toString()).as(sql).contains("CAST_INVALID_INPUT").doesNotContain("Canaryson");
        }
    }

    @Test
    void textThatIsOneIsReadAsBefore() {
        assertThat(SPARK.sql("""
                        select
                            cast(concat('2015-01-0', id) as date),
                            to_date(concat('0', id, '/01/2015'), 'dd/MM/yyyy'),
                            cast(if(id = 1, null, concat('0', id)) as int),
                            to_date(concat('0', id, '/01/2015'), if(id = 1, null, 'dd/MM/yyyy')),
                            cast(cast(concat('12', id) as int) as string),
                            try_cast(concat('x', id) as int)
                        from range(1, 3)
                        order by id
                        """).collectAsList().stream().map(Row::mkString))
                .containsExactly(
                        "2015-01-01 2015-01-01 null null 121 null".replace(" ", ""),
                        "2015-01-02 2015-01-02 2 2015-01-02 122 null".replace(" ", ""));
    }
}
