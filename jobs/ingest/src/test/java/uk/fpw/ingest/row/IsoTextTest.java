package uk.fpw.ingest.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Results must equal those of Java's formatters. */
class IsoTextTest {

    @Test
    void everyCombinationOfPartsIsReadAsByTheFormatter() {
        List<String> years = List.of("0001", "1600", "1900", "2000", "2015", "2016", "9999");
        List<String> parts = List.of("00", "01", "02", "12", "13", "23", "24", "28", "29", "30", "31", "59", "60");
        for (String year : years) {
            for (String one : parts) {
                for (String other : parts) {
                    String day = year + "-" + one + "-" + other;
                    assertThat(IsoText.date(day)).as(day).isEqualTo(date(day));
                    String time = year + "-02-29T" + one + ":" + other + ":" + one;
                    assertThat(IsoText.time(time)).as(time).isEqualTo(time(time));
                    assertThat(IsoText.time(time.replace('T', ' '))).isEqualTo(time(time));
                    assertThat(IsoText.timeInUtc(time + "Z")).isEqualTo(time(time));
                }
            }
        }
    }

    @Test
    void otherTextsAreLeftToTheFormatter() {
        for (String text :
                List.of("", "2015-12-3", "2015-12-311", "20151231xx", "2015/12/31", "+015-12-31", "٢٠١٥-12-31")) {
            assertThat(IsoText.date(text)).as(text).isNull();
        }
        assertThat(IsoText.date("0000-12-31")).isNull();
        for (String text : List.of(
                "2015-12-31T23:59",
                "2015-12-31t23:59:59",
                "2015-12-31T23:59:59.5",
                "2015-12-31T23:59:59Z",
                "2015-12-31 T3:59:59",
                "2015-12-31")) {
            assertThat(IsoText.time(text)).as(text).isNull();
        }
        for (String text : List.of("2015-12-31T23:59:59z", "2015-12-31T23:59:59+00", "2015-12-31T23:59:59")) {
            assertThat(IsoText.timeInUtc(text)).as(text).isNull();
        }
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE);
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    private static @Nullable LocalDateTime time(String text) {
        try {
            return LocalDateTime.parse(text, DateTimeFormatter.ISO_LOCAL_DATE_TIME);
        } catch (DateTimeException noTime) {
            return null;
        }
    }
}
