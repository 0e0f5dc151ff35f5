package uk.fpw.nightly.rejection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.feed.RefusalLedger;

@Tag("time-zone")
class RejectionReportTest {

    private static final LocalDate DAY = LocalDate.of(2016, 1, 12);

    private static final String HEADER = "\uFEFFfeed,status,file,line_number,business_date,field,code,message,remedy,"
            + "value_shape,row_count,first_rejected_on,date_count\r\n";

    private static final String PARSE_REMEDY = "\"Correct the value in the source. If its form is right, tell the"
            + " warehouse team, which can allow it.\"";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temp;

    @Test
    void eachOwnerGetsTheRowsOfItsFeeds() throws IOException {
        List<Rejection> rejections = List.of(
                refused("devices", 7, "K1", "dd/dd/dddd"),
                refused("devices", 9, null, null),
                new Rejection("excluded", "devices", DAY, "TOO_EARLY", null, 3L, null, null, "it starts too early"),
                new Rejection("failed", "cases", DAY, "LOAD_FAILED", null, null, null, null, "no header"));
        Map<RefusalLedger.Reason, RefusalLedger.Dates> dates = Map.of(
                new RefusalLedger.Reason("devices", "UNPARSABLE", "seized_on", "K1"),
                new RefusalLedger.Dates(LocalDate.of(2016, 1, 3), 5),
                new RefusalLedger.Reason("devices", "TOO_EARLY", null, null),
                new RefusalLedger.Dates(LocalDate.of(2016, 1, 11), 2));

        List<String> files = new RejectionReport(Map.of("devices", "Digital Forensics"), dates, "The Town", 10)
                .write(rejections, temp.resolve("report"));

        assertThat(files).containsExactly("no_owner.csv", "digital_forensics.csv");
        assertThat(read("digital_forensics.csv"))
                .isEqualTo(HEADER
                        + "devices,refused,export.csv,7,2016-01-12,seized_on,UNPARSABLE,not a date,"
                        + PARSE_REMEDY
                        + ",dd/dd/dddd,1,2016-01-03,5\r\n"
                        + "devices,refused,export.csv,9,2016-01-12,seized_on,UNPARSABLE,not a date,"
                        + PARSE_REMEDY
                        + ",,1,,\r\n"
                        + "devices,excluded,,,2016-01-12,,TOO_EARLY,it starts too early,\"Correct the rows "
                        + "in the source. If they are right, tell the warehouse team, which can change the "
                        + "rule.\",,3,2016-01-11,2\r\n");
        assertThat(read("no_owner.csv"))
                .isEqualTo(HEADER
                        + "cases,failed,,,2016-01-12,,LOAD_FAILED,no header,\"Correct the extract as the message"
                        + " says, and deliver it again.\",,,,\r\n");
        assertThat(read("README.txt"))
                .startsWith("The Town\n\nOFFICIAL-SENSITIVE.")
                .endsWith("""
                        no_owner.csv: feeds without an owner
                          cases, failed, LOAD_FAILED: 1 line

                        digital_forensics.csv: Digital Forensics
                          devices, refused, UNPARSABLE seized_on: 2 lines
                          devices, excluded, TOO_EARLY: 1 line

                        """);
    }

    @Test
    void rowsOfOneKindAreCappedAndTheReadmeSaysHowManyThereAre() throws IOException {
        List<Rejection> rejections = List.of(
                refused("devices", 7, "K1", null),
                refused("devices", 8, "K2", null),
                refused("devices", 9, "K3", null));

        new RejectionReport(Map.of(), Map.of(), "The Town", 2).write(rejections, temp.resolve("report"));

        assertThat(read("no_owner.csv").lines()).hasSize(3);
        assertThat(read("README.txt"))
                .contains("  devices, refused, UNPARSABLE seized_on: 3 lines, of which the file has the first 2\n");
    }

    @Test
    void hostileNamesNeitherLeaveTheFolderNorBecomeFormulas() throws IOException {
        Rejection hostile = new Rejection(
                "refused",
                "devices",
                DAY,
                "UNPARSABLE",
                "=field",
                1L,
                new RefusalLedger.Place("@file", 1, "-shape"),
                null,
                "+message");

        List<String> files = new RejectionReport(Map.of("devices", "../../etc/=x\nadmin.csv: none"), Map.of(), "T", 1)
                .write(List.of(hostile), temp.resolve("report"));

        assertThat(files).containsExactly("etc_x_admin_csv_none.csv");
        assertThat(read("etc_x_admin_csv_none.csv"))
                .isEqualTo(HEADER + "devices,refused,'@file,1,2016-01-12,'=field,UNPARSABLE,'+message," + PARSE_REMEDY
                        + ",'-shape,1,,\r\n");
        assertThat(read("README.txt")).contains("etc_x_admin_csv_none.csv: ../../etc/=x admin.csv: none\n");
    }

    @Test
    void ownersOfAlikeNamesHaveTheirOwnFiles() {
        ReportFiles files = new ReportFiles();

        assertThat(List.of(files.of("A b"), files.of("a-b"), files.of(""), files.of("no owner"), files.of("\u00e9")))
                .containsExactly("a_b.csv", "a_b_2.csv", "no_owner.csv", "no_owner_2.csv", "owner.csv");
    }

    @Test
    void onlyTheGroupMayReadIt() throws IOException {
        new RejectionReport(Map.of(), Map.of(), "T", 1)
                .write(List.of(refused("devices", 7, "K1", null)), temp.resolve("report"));

        assertThat(rights("")).isEqualTo("rwxr-x---");
        assertThat(rights("README.txt")).isEqualTo("rw-r-----");
        assertThat(rights("no_owner.csv")).isEqualTo("rw-r-----");
    }

    @Test
    void folderWithFilesIsLeftAsItIs() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("report"));
        RejectionReport report = new RejectionReport(Map.of(), Map.of(), "T", 1);

        assertThat(report.write(List.of(), folder)).isEmpty();
        assertThat(read("README.txt")).endsWith("Nothing was rejected.\n");
        assertThatThrownBy(() -> report.write(List.of(), folder))
                .isInstanceOf(FpwException.class)
                .hasMessage("--report: " + folder + " exists and is not an empty folder; choose a new one, such as "
                        + folder + "/2016-01-12");
    }

    private static Rejection refused(String feed, long line, @Nullable String key, @Nullable String shape) {
        return new Rejection(
                "refused",
                feed,
                DAY,
                "UNPARSABLE",
                "seized_on",
                1L,
                new RefusalLedger.Place("export.csv", line, shape),
                key,
                "not a date");
    }

    private String read(String file) throws IOException {
        return Files.readString(temp.resolve("report").resolve(file));
    }

    private String rights(String file) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(temp.resolve("report").resolve(file)));
    }
}
