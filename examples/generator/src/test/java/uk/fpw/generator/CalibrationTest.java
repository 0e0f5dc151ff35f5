package uk.fpw.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration's force has the published figures: recomputed in plain SQL from the true data. */
class CalibrationTest {

    private static final String COMPUTERS = "queue = 'awaiting_examination' and device_type = 'computer'";

    private static Connection database;

    @BeforeAll
    static void readTruth(@TempDir Path folder) throws SQLException {
        new SyntheticForce(SyntheticForce.DEMO_SEED, 1, Systems.embedded(folder))
                .truth(LocalDate.of(2015, 12, 31), folder);
        database = DriverManager.getConnection("jdbc:h2:mem:truth", "sa", "");
        for (String table : List.of("spells", "milestones", "gradings", "exclusions", "dirt")) {
            run("create table " + table + " as select * from csvread('" + folder.resolve(table + ".csv") + "')");
        }
        for (String column : List.of("first_entered_on", "entered_on", "left_on")) {
            run("alter table spells alter column " + column + " date");
        }
        run("alter table spells alter column entered_at timestamp");
        run("alter table spells alter column left_at timestamp");
        run("create index spell_days on spells (queue, entered_on, left_on)");
        run("create table days as select dateadd(day, x, date '2012-12-31') as today from system_range(1, 1095)");
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    private static void run(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<Integer> numbers(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Integer> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
            return numbers;
        }
    }

    private static int number(String sql) throws SQLException {
        return numbers(sql).get(0);
    }

    /** One number per day: an aggregate of the items waiting at the end of the day. */
    private static List<Integer> daily(String aggregate, String condition, String from, String to) throws SQLException {
        return numbers("select " + aggregate + " from days left join spells on " + condition
                + " and entered_on <= today and (left_on is null or left_on > today)"
                + " where today between '" + from + "' and '" + to + "' group by today order by today");
    }

    /** One number per day: the items waiting at the end of the day, that is, arrivals minus exits so far. */
    private static List<Integer> waitingDaily(String condition, String from, String to) throws SQLException {
        return numbers("select waiting from (select today, sum(sum(change)) over (order by today) as waiting from ("
                + "select entered_on as today, 1 as change from spells where " + condition
                + " union all select left_on, -1 from spells where left_on is not null and " + condition
                + " union all select today, 0 from days) group by today)"
                + " where today between '" + from + "' and '" + to + "' order by today");
    }

    private static String waiting(String condition, String day) {
        return condition + " and entered_on <= '" + day + "' and (left_on is null or left_on > '" + day + "')";
    }

    @Test
    void on142And150ComputersWaitOnDaysOfTheTwoMonths() throws SQLException {
        assertThat(waitingDaily(COMPUTERS, "2014-11-01", "2014-11-30"))
                .contains(142)
                .allMatch(count -> count >= 137 && count <= 147);
        assertThat(waitingDaily(COMPUTERS, "2015-08-01", "2015-08-31"))
                .contains(150)
                .allMatch(count -> count >= 145 && count <= 155);
    }

    @Test
    void theOldestHasWaitedForFiveMonthsOnBothDates() throws SQLException {
        String oldest = "max(datediff(day, first_entered_on, today))";
        assertThat(daily(oldest, COMPUTERS, "2014-11-01", "2014-11-30")).allMatch(days -> days >= 137 && days <= 167);
        assertThat(daily(oldest, COMPUTERS, "2015-08-01", "2015-08-31")).allMatch(days -> days >= 137 && days <= 167);
    }

    @Test
    void noComputerThatWaitedInNovember2014StillWaitsInAugust2015() throws SQLException {
        String then = "select item from spells where " + waiting(COMPUTERS, "2014-11-20");
        String later = "select item from spells where " + waiting(COMPUTERS, "2015-08-13");
        assertThat(number("select count(*) from (" + then + ")")).isEqualTo(142);
        assertThat(number("select count(*) from (" + later + ")")).isEqualTo(150);
        assertThat(number("select count(*) from (" + then + " intersect " + later + ")"))
                .isZero();
    }

    @Test
    void stagesAddUpToTheParentEveryDay() throws SQLException {
        List<Integer> parent = waitingDaily("queue = 'seized_no_result'", "2013-01-01", "2015-12-31");
        List<Integer> stages = waitingDaily(
                "queue in ('awaiting_submission', 'awaiting_acceptance', 'awaiting_examination', 'in_examination', "
                        + "'awaiting_report')",
                "2013-01-01",
                "2015-12-31");
        assertThat(stages).hasSize(1095).isEqualTo(parent);
    }

    @Test
    void whatIsAtTheProviderIsTheDifferenceOfTheTwoCounts() throws SQLException {
        List<Integer> all = waitingDaily("queue = 'awaiting_examination'", "2013-01-01", "2015-12-31");
        List<Integer> parts =
                waitingDaily("queue in ('awaiting_examination_in_house', 'with_provider')", "2013-01-01", "2015-12-31");
        assertThat(parts).isEqualTo(all);
        assertThat(waitingDaily("queue = 'with_provider'", "2015-04-12", "2015-04-12"))
                .containsExactly(0);
        assertThat(waitingDaily("queue = 'with_provider'", "2015-08-01", "2015-08-31"))
                .allMatch(count -> count >= 15);
    }

    @Test
    void oneCaseIsEightMonthsOldWithoutAnythingRecordedButTheSeizure() throws SQLException {
        assertThat(number("select count(*) from milestones where status = 'not recorded' and step in "
                        + "('interview', 'safeguarding') and age_days > 120"))
                .isEqualTo(2);
        assertThat(number("select count(*) from milestones where case_ref = 'C15-S2' and age_days = 254 and status = "
                        + "'not recorded'"
                        + " and step in ('interview', 'safeguarding', 'analysis')"))
                .isEqualTo(3);
        assertThat(number("select count(*) from spells where contributor = 'C15-S2' and queue = "
                        + "'awaiting_submission' and left_on is null"))
                .isEqualTo(2);
        assertThat(number("select count(*) from spells where contributor = 'C15-S2' and queue = "
                        + "'awaiting_examination'"))
                .isZero();
        assertThat(daily(
                        "max(datediff(day, entered_on, today))",
                        "queue = 'cases_awaiting_interview'",
                        "2015-08-31",
                        "2015-08-31"))
                .containsExactly(266);
    }

    @Test
    void nearlyHalfOfSeventyInspectedCasesAreInadequate() throws SQLException {
        String inspected =
                "from gradings where population = 'child_protection_inspected' and assessor = 'inspectorate'";
        assertThat(number("select count(distinct case_ref) " + inspected)).isEqualTo(70);
        assertThat(number("select count(distinct case_ref) " + inspected + " and grade = 'inadequate'"))
                .isEqualTo(34);
    }

    @Test
    void threeOfSevenExploitationCasesAreGoodTwoRequireImprovementTwoAreInadequate() throws SQLException {
        assertThat(numbers("select count(*) from gradings where population = 'exploitation_high_risk' group by grade "
                        + "order by decode(grade, 'good', 1,"
                        + " 'requires_improvement', 2, 3)"))
                .containsExactly(3, 2, 2);
    }

    @Test
    void moreThan200DomesticAbuseCasesArePastTheStandardAndThenNone() throws SQLException {
        String past = "count(case when datediff(second, entered_at, dateadd(day, 1, today)) > 86400 then 1 end)";
        String queue = "queue = 'domestic_abuse_first_look'";
        assertThat(daily(past, queue, "2014-11-01", "2014-11-30")).allMatch(count -> count > 200);
        assertThat(daily(past, queue, "2015-08-01", "2015-08-31")).contains(0).allMatch(count -> count <= 3);
    }

    @Test
    void domesticAbuseCasesAreInTheMainLookedAtWithin24HoursAfterThat() throws SQLException {
        String received =
                "from spells where queue = 'domestic_abuse_first_look' and entered_on between '2015-07-01' and "
                        + "'2015-08-31'";
        int all = number("select count(*) " + received);
        int met = number("select count(*) " + received
                + " and left_as = 'looked at' and datediff(second, entered_at, left_at) <= 86400");
        assertThat((double) met / all).isBetween(0.85, 0.97);
    }

    @Test
    void everyKindOfDirtIsCounted() throws SQLException {
        assertThat(numbers("select count(*) from exclusions group by code order by code"))
                .containsExactly(5, 11, 3, 6, 9, 4, 5);
        assertThat(number("select count(*) from dirt where cast(\"COUNT\" as int) > 0"))
                .isEqualTo(14);
    }
}
