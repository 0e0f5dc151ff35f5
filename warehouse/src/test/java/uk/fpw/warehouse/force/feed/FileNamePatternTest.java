package uk.fpw.warehouse.force.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("time-zone")
class FileNamePatternTest {

    private static final LocalDate DAY = LocalDate.of(2016, 1, 12);

    @ParameterizedTest
    @CsvSource({
        "cases_{date}.csv, cases_2016-01-12.csv",
        "{date}.csv, 2016-01-12.csv",
        "cases_{date:yyyyMMdd}.csv.gz, cases_20160112.csv.gz",
        "cases.{date:dd-MMM-yyyy}.csv, cases.12-Jan-2016.csv",
        "cases_{date:yyyyDDD}.csv, cases_2016012.csv",
        "a+b(1)_{date}.csv, a+b(1)_2016-01-12.csv"
    })
    void nameOfADateIsReadBackwards(String pattern, String name) {
        assertThat(FileNamePattern.resolve(pattern, DAY)).isEqualTo(name);
        assertThat(FileNamePattern.date(pattern, name)).isEqualTo(DAY);
        assertThat(FileNamePattern.isDated(pattern)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "cases_{date}.csv, case_2016-01-12.csv", // different start
        "cases_{date}.csv, cases_2016-01-12.csv.part", // different end
        "cases_{date}.csv, cases_2016-02-30.csv", // date does not exist
        "cases_{date}.csv, cases_20160112.csv", // different format
        "cases_{date}.csv, cases_2016-1-12.csv",
        "cases_{date}.csv, cases_.csv",
        "cases_{date}.csv, cases_2016-01-12 (1).csv",
        "cases_{date:yyyyMMdd}.csv, cases_20160230.csv",
        "aa{date}aa, aaa", // start and end overlap
        "cases.csv, cases.csv"
    })
    void nameOfNoDateIsOfNone(String pattern, String name) {
        assertThat(FileNamePattern.date(pattern, name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cases.csv",
                "cases_{date:yyyy-MM}.csv", // one file per month
                "cases_{date:YYYY-'W'ww}.csv", // one file per week
                "cases_{date:MM-dd}.csv", // the same files every year
                "{date:yyyy}/{date:MMdd}.csv", // two placeholders
                "{date:yy}-{date}.csv"
            })
    void patternWithoutADayOfItsOwnIsNotDated(String pattern) {
        assertThat(FileNamePattern.isDated(pattern)).isFalse();
    }

    @Test
    void nameOfTwoPlacesIsResolvedButNotReadBackwards() {
        assertThat(FileNamePattern.resolve("{date:yyyy}_{date:MMdd}.csv", DAY)).isEqualTo("2016_0112.csv");
        assertThat(FileNamePattern.date("{date:yyyy}_{date:MMdd}.csv", "2016_0112.csv"))
                .isNull();
    }
}
