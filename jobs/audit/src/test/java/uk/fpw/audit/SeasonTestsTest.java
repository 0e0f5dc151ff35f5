package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.statistics.MonthSeason;

/** The tests of {@code mart.queue_signal} in SQL find what {@link MonthSeason} would say otherwise. */
class SeasonTestsTest {

    private static final LocalDate LATEST = LocalDate.of(2015, 11, 1);

    private final AuditSession session = AuditSession.open("Europe/London");

    @BeforeEach
    void charts() {
        session.execute("create table queue_signal (queue text, slice text, slice_value text, measure text, "
                + "month_start_on date, flow_per_service_day double, same_month_last_year double, "
                + "season_month_count int, season_f double, season_f_beyond_trend double, season_size double)");
        SplittableRandom random = new SplittableRandom(1);
        for (int months : new int[] {24, 35, 36, 61}) {
            double[] values = new double[months];
            for (int month = 0; month < months; month++) {
                values[month] = 10 + random.nextGaussian() + Math.sin(month * Math.PI / 6) + 0.02 * month;
            }
            MonthSeason season = Objects.requireNonNull(MonthSeason.of(values));
            insert(months, values, months + ", " + season.f() + ", " + season.fBeyondTrend() + ", " + season.size());
        }
        insert(23, new double[23], "null, null, null, null");
    }

    private void insert(int months, double[] values, String season) {
        for (int month = 0; month < months; month++) {
            session.execute("insert into queue_signal values ('calls', 'all', 'all', 'of " + months + "', date '"
                    + LATEST.minusMonths(months - 1L - month) + "', " + values[month] + ", "
                    + (month < 12 ? "null" : String.valueOf(values[month - 12])) + ", " + season + ")");
        }
    }

    @AfterEach
    void close() {
        session.close();
    }

    private long failures(String code) {
        Model.Test test = Models.find("mart.queue_signal").orElseThrow().tests().stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow();
        return session.number(AuditQuery.named("model_test").with("test", test.query()));
    }

    private long seasons() {
        return failures("SEASON_FOLLOWS_FROM_THE_VALUES");
    }

    private long years() {
        return failures("LAST_YEAR_IS_THE_MONTH_BEFORE_ELEVEN_OTHERS");
    }

    @Test
    void whatFollowsFromTheValuesIsRight() {
        assertThat(seasons()).isZero();
        assertThat(years()).isZero();
    }

    @Test
    void eachNumberOfTheTestIsRecalculated() {
        for (String column : new String[] {"season_f", "season_f_beyond_trend", "season_size"}) {
            session.execute("update queue_signal set " + column + " = " + column + " * 1.001 + 0.001 where measure = "
                    + "'of 35'");
            assertThat(seasons()).as(column).isEqualTo(1);
            session.execute("update queue_signal set " + column + " = (" + column + " - 0.001) / 1.001 where measure = "
                    + "'of 35'");
            assertThat(seasons()).isZero();
        }
    }

    @Test
    void oneRowThatSaysOtherwiseIsFound() {
        session.execute("update queue_signal set season_f = season_f + 1 where measure = 'of 61' and month_start_on = "
                + "date '2013-05-01'");
        assertThat(seasons()).isEqualTo(1);
    }

    @Test
    void missingMonthIsFound() {
        session.execute("delete from queue_signal where measure = 'of 36' and month_start_on = date '2014-05-01'");
        assertThat(seasons()).isEqualTo(1);
        assertThat(years()).isEqualTo(1);
    }

    @Test
    void valueOfAnotherMonthIsFound() {
        session.execute(
                "update queue_signal set flow_per_service_day = 20 where measure = 'of 24' and month_start_on = "
                        + "date '2014-05-01'");
        assertThat(seasons()).isEqualTo(1);
        assertThat(years()).isEqualTo(1);
    }
}
