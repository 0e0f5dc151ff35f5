package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Feed;

/** Declarations of how old the data of feeds may be. */
@Tag("time-zone")
class ForceFolderFreshnessTest extends ConfigErrorTesting {

    @Test
    void freshnessIsReadAsWritten(@TempDir Path folder) {
        assertThat(described(folder.resolve("1"), "{dated_by: file_name, max_age_days: 3}"))
                .isEqualTo("at most 3 days old, by the date in its name");
        assertThat(described(folder.resolve("2"), "{dated_by: {column: received_on}, max_age_days: 1}"))
                .isEqualTo("at most 1 day old, by the newest received_on");
        assertThat(described(
                        folder.resolve("3"),
                        "{dated_by: {control_file: devices.ctl, pattern: dd/MM/yyyy}, max_age_days: 0}"))
                .isEqualTo("at most 0 days old, by its control file");
        assertThat(described(folder.resolve("4"), "none")).isEqualTo("not renewed");
    }

    private static String described(Path folder, String freshness) {
        Feed feed = new TinyFolder(folder)
                .edit(FEED, "extract: full", "extract: full\nfreshness: " + freshness)
                .read()
                .feed("devices");
        return String.valueOf(feed.freshness() == null ? null : feed.freshness().describe());
    }

    @TestFactory
    Stream<DynamicTest> errors() {
        return Stream.of(
                edit(
                        "freshness of a name without a date",
                        FEED,
                        "file: devices_{date}.csv",
                        "file: devices.csv\nfreshness: {dated_by: file_name, max_age_days: 3}",
                        "feeds/devices.yml:6: freshness.dated_by: is file_name, but the file name 'devices.csv' "
                                + "does not contain a date; add {date} to file, or use modification_time, {column: "
                                + "...} or {control_file: ...}"),
                edit(
                        "modification time of a file with a date",
                        FEED,
                        "extract: full",
                        "extract: full\nfreshness: {dated_by: modification_time, max_age_days: 3}",
                        "feeds/devices.yml:7: freshness.dated_by: is modification_time, but the file name "
                                + "'devices_{date}.csv' has a date; use file_name"),
                edit(
                        "freshness without a limit",
                        FEED,
                        "extract: full",
                        "extract: full\nfreshness: {dated_by: file_name}",
                        "feeds/devices.yml:7: freshness.max_age_days: is missing; add it: Days; how long before "
                                + "the business date the date of the data may be. 0: it is of the business date or "
                                + "later."),
                edit(
                        "freshness by something unknown",
                        FEED,
                        "extract: full",
                        "extract: full\nfreshness: {dated_by: filename, max_age_days: 3}",
                        "feeds/devices.yml:7: freshness.dated_by: 'filename' is not file_name, modification_time, "
                                + "{column: extracted_on} or {control_file: devices.ctl}; change it"),
                edit(
                        "freshness by a column that is no date",
                        FEED,
                        "extract: full",
                        "extract: full\nfreshness: {dated_by: {column: device_type}, max_age_days: 3}",
                        "feeds/devices.yml:7: freshness.dated_by.column: 'device_type' is of type text; choose a "
                                + "column of type date, instant or local_time"),
                edit(
                        "freshness by a column that is not there",
                        FEED,
                        "extract: full",
                        "extract: full\nfreshness: {dated_by: {column: recieved_on}, max_age_days: 3}",
                        "feeds/devices.yml:7: freshness.dated_by.column: 'recieved_on' is not among the columns; "
                                + "did you mean 'received_on'?"),
                edit(
                        "freshness by two things",
                        FEED,
                        "extract: full",
                        "extract: full\nfreshness: {dated_by: {column: received_on, control_file: devices.ctl}, "
                                + "max_age_days: 3}",
                        "feeds/devices.yml:7: freshness.dated_by: must contain either column or control_file; set "
                                + "one of them"),
                edit(
                        "freshness by a control file with a place for the date",
                        FEED,
                        "extract: full",
                        "extract: full\nfreshness: {dated_by: {control_file: \"devices_{date}.ctl\"}, max_age_days: 3}",
                        "feeds/devices.yml:7: freshness.dated_by.control_file: 'devices_{date}.ctl' is not a plain "
                                + "file name, without folders or {date}, that does not start with a dot; change it"),
                edit(
                        "pattern of a control file without a day",
                        FEED,
                        "extract: full",
                        "extract: full\nfreshness: {dated_by: {control_file: devices.ctl, pattern: MM/yyyy}, "
                                + "max_age_days: 3}",
                        "feeds/devices.yml:7: freshness.dated_by.pattern: 'MM/yyyy' does not contain year, month "
                                + "(MM) and day (dd); use the pattern in which the control file writes its date, "
                                + "such as dd/MM/yyyy"));
    }
}
