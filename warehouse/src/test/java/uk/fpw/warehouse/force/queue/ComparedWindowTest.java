package uk.fpw.warehouse.force.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.testing.TestQueues;

class ComparedWindowTest {

    private static List<String> ending(String monthEnd) {
        return ComparedWindow.endingOn(LocalDate.parse(monthEnd)).stream()
                .map(window -> window.kind().words() + " -" + window.yearsBefore() + ": " + window.from() + " to "
                        + window.to())
                .toList();
    }

    @Test
    void financialYearToDateLatestWholeQuarterAndMonthOfThreeYears() {
        assertThat(ending("2016-02-29"))
                .containsExactly(
                        "year to date -0: 2015-04-01 to 2016-02-29",
                        "year to date -1: 2014-04-01 to 2015-02-28",
                        "year to date -2: 2013-04-01 to 2014-02-28",
                        "quarter -0: 2015-10-01 to 2015-12-31",
                        "quarter -1: 2014-10-01 to 2014-12-31",
                        "quarter -2: 2013-10-01 to 2013-12-31",
                        "month -0: 2016-02-01 to 2016-02-29",
                        "month -1: 2015-02-01 to 2015-02-28",
                        "month -2: 2014-02-01 to 2014-02-28");
    }

    @Test
    void atTheEndOfAQuarterItIsTheLatest() {
        assertThat(ending("2015-03-31"))
                .contains("year to date -0: 2014-04-01 to 2015-03-31", "quarter -0: 2015-01-01 to 2015-03-31");
        assertThat(ending("2015-04-30"))
                .contains("year to date -0: 2015-04-01 to 2015-04-30", "quarter -0: 2015-01-01 to 2015-03-31");
    }

    @Test
    void theyEndWithTheLastMonthOfWhichNoDayIsProvisional() {
        assertThat(settledTo("2016-01-30", 0)).isEqualTo("2015-12-31");
        assertThat(settledTo("2016-01-31", 0)).isEqualTo("2016-01-31");
        assertThat(settledTo("2016-02-01", 1)).isEqualTo("2016-01-31");
        assertThat(settledTo("2016-02-01", 2)).isEqualTo("2015-12-31");
        assertThat(settledTo("2016-02-01", 45)).isEqualTo("2015-11-30");
        Coverage never = new Coverage(LocalDate.parse("2016-02-01"), Map.of());
        assertThat(never.comparedWindows(TestQueues.waiting(0), List.of("requests")))
                .isEmpty();
    }

    private static String settledTo(String knownTo, int provisionalDays) {
        Coverage coverage =
                new Coverage(LocalDate.parse("2016-03-01"), Map.of("requests", LocalDate.parse(knownTo)), Map.of());
        return coverage.comparedWindows(TestQueues.waiting(provisionalDays), List.of("requests")).stream()
                .filter(window -> window.kind() == ComparedWindow.Kind.MONTH && window.yearsBefore() == 0)
                .map(window -> window.to().toString())
                .collect(Collectors.joining());
    }
}
