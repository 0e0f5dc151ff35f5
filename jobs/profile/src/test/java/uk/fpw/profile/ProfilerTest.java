package uk.fpw.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;

/** Profiles of files. Every person in them is invented. */
@Tag("time-zone")
class ProfilerTest extends ProfilerTesting {

    private static final String DEVICES = """
            Exhibit,Case,Device type,Received,Examined,Officer
            DFU/1,C-101,computer,03/11/2026,17/11/2026,PC Ann Archer
            DFU/2,C-101,phone,03/11/2026,,PC Ben Baker
            DFU/3,C-102,computer,09/11/2026,,PC Ben Baker
            DFU/4,C-103,tablet,10/11/2026,,PC Ann Archer
            DFU/5,C-104,phone,19/11/2026,,PC Ann Archer
            """;

    @Test
    void draftSaysWhatWasSeenAndHoldsNoValue() {
        FeedDraft draft = draft("devices.csv", DEVICES);
        assertThat(draft.yaml()).isEqualTo("""
                # A draft that fpw profile wrote from devices.csv: 5 rows, 6 columns.
                # It contains no value of the source. Comments show what was found; lines with \
                DECIDE need your decision.
                feed: devices
                source: devices    # DECIDE: the operational system; feeds of one system have the same
                description: "Rows of devices.csv."    # DECIDE: what one row is
                connection: drop
                file: "devices.csv"
                extract: full    # DECIDE: or changes, if a file contains only new or changed rows
                freshness: {dated_by: modification_time, max_age_days: 7}    # DECIDE: older data stops a run; none \
                if it is not renewed
                key: [exhibit]    # all values are distinct, and none is blank
                item: exhibit    # DECIDE: what waits: the column that identifies the device, case or request
                # limits.min_rows: 2 would stop a run with a truncated extract
                # DECIDE: the events that dates tell of, or the column of their codes:
                # dates: {received: event, examined: event}
                columns:
                  - {name: exhibit, from: "Exhibit", type: text, privacy: pseudonymise}    # a number that may \
                identify a person (DECIDE: or leave it out); never blank; 5 different; 5 characters; such as [3 \
                letters]/d
                  - {name: case, from: "Case", type: text, privacy: pseudonymise}    # a number that may \
                identify a person (DECIDE: or leave it out); never blank; 4 different; 5 characters; such as [1 \
                letter]-ddd
                  - {name: device_type, from: "Device type", type: text, privacy: not_personal}    # never blank; 3 \
                different; 5 to 8 characters; such as 5 letters
                  - {name: received, from: "Received", type: date, pattern: "dd/MM/yyyy", privacy: not_personal}    # \
                day first, as 1 of 5 show; year 2026; never blank; 4 different; 10 characters; such as dd/dd/dddd
                  - {name: examined, from: "Examined", type: date, pattern: "dd/MM/yyyy", privacy: not_personal}    # \
                day first, as 1 of 1 show; year 2026; 4 blank (80.0 %); 1 different; 10 characters; such as dd/dd/dddd
                  - {name: officer, from: "Officer", type: text, privacy: pseudonymise}    # looks personal: name of a \
                person (DECIDE: or leave it out); never blank; 2 different; 12 to 13 characters; such as [2 letters] \
                [3 letters] [6 letters]
                """);
    }

    @Test
    void reportShowsShapesAndNoValue() {
        SourceProfile profile = profile("devices.csv", DEVICES);
        String report = String.join("\n", ProfileReport.lines(profile, new FeedDraft(profile, null, "drop")));
        assertThat(report)
                .startsWith("devices.csv: 5 rows, 6 columns; UTF-8, fields separated by ',', quoted by '\"'\nNo row "
                        + "repeats another.\n")
                .contains("PSEUDONYM, looks personal: name of a person; [2 letters] [3 letters] [6 letters]")
                .endsWith("Key: Exhibit: all values are distinct, and none is blank.");
        assertThat(report).doesNotContain("Archer", "Baker", "DFU", "C-10", "computer", "17/11");
    }

    @Test
    void datesThatCouldBeReadBothWaysAreAmbiguous() {
        assertThat(columns("id,on\n1,03/11/2026\n2,05/06/2026\n3,01/02/2026\n")
                        .get(1)
                        .type())
                .isEqualTo(new InferredType(
                        Feed.Type.DATE,
                        List.of("dd/MM/yyyy"),
                        true,
                        0,
                        List.of(
                                "AMBIGUOUS: every day and month is 12 or less, so "
                                        + "the order is unknown; day first is a guess",
                                "year 2026")));
    }

    @Test
    void monthComesFirstWhereADateShowsIt() {
        InferredType type = columns("id,at\n1,1/31/2026 9:05 AM\n2,12/01/2026 10:00 PM\n3,1/02/2026 11:00 AM\n")
                .get(1)
                .type();
        assertThat(type.type() + " " + type.patterns()).isEqualTo("LOCAL_TIME [M/d/yyyy h:mm a]");
        assertThat(type.notes()).containsExactly("month first, as 1 of 3 show", "year 2026");
    }

    @Test
    void twoWaysOfWritingDatesAreReadInOrder() {
        String rows = IntStream.rangeClosed(1, 9)
                .mapToObj(row -> row + (row < 7 ? ",2" + row + "/11/2026" : ",2026-11-0" + row))
                .collect(Collectors.joining("\n"));
        assertThat(columns("id,on\n" + rows + "\n").get(1).type().patterns())
                .containsExactly("dd/MM/yyyy", "yyyy-MM-dd");
        assertThat(draft("dates.csv", "id,on\n" + rows + "\n").yaml())
                .contains("{name: on, type: date, pattern: [\"dd/MM/yyyy\", \"yyyy-MM-dd\"], privacy: not_personal}  "
                        + "  # DECIDE: written in 2 ways, dd/MM/yyyy and yyyy-MM-dd: the first "
                        + "that matches is used");
    }

    @Test
    void secondsThatAreThereOnlySometimesAreOptional() {
        assertThat(draft("times.csv", "id,at\n1,21/11/2026 10:00\n2,22/11/2026 10:00:30\n")
                        .yaml())
                .contains("type: local_time, pattern: \"dd/MM/yyyy HH:mm[:ss]\"");
    }

    @Test
    void typesAreInferredFromEveryValue() {
        assertThat(columns("""
                        id,count,share,done,code,at,started,remark
                        1,10,0.5,yes,007,2026-01-12T14:30:00Z,2026-01-12 14:30,x
                        2,-3,1,No,015,2026-01-12T14:31:00Z,2026-01-12 14:30:01,
                        3,N/A,.25,Y,123,2026-01-12T14:32:00Z,2026-01-12T14:30,z
                        """).stream()
                        .map(column -> column.header() + " " + column.type().type()
                                + column.type().patterns()))
                .containsExactly(
                        "id WHOLE[]",
                        "count WHOLE[]",
                        "share DECIMAL[]",
                        "done BOOLEAN[]",
                        "code TEXT[]",
                        "at INSTANT[]",
                        "started LOCAL_TIME[]",
                        "remark TEXT[]");
    }

    @Test
    void wordForNoValueAmongNumbersBecomesANullMarker() {
        assertThat(draft("counts.csv", "id,count\n1,10\n2,N/A\n3,7\n").yaml())
                .contains("format: {null_markers: [\"\", \"N/A\"]}\n")
                .contains("1 time \"N/A\" for no value");
    }

    @Test
    void fewValuesOfAnotherTypeAreSaidAndManyMakeATextOfIt() {
        String rows =
                IntStream.range(0, 1000).mapToObj(row -> "K" + row + "," + row).collect(Collectors.joining("\n"));
        assertThat(columns("id,n\n" + rows + "\nKx,many\n").get(1).type().type())
                .isEqualTo(Feed.Type.WHOLE);
        assertThat(draft("n.csv", "id,n\n" + rows + "\nKx,many\n").yaml())
                .contains("type: whole, privacy: not_personal}    # 1 value is not a valid whole number, so its "
                        + "row is refused");
        assertThat(columns("id,n\n1,2\n2,many\n").get(1).type().type()).isEqualTo(Feed.Type.TEXT);
    }

    @Test
    void valuesThatDifferInBlanksAndCapitalsAloneAreCountedAsOneToo() {
        // of 'use of force': as it is, in upper case, with two blanks, with a no-break blank inside and one at the end
        String rows = """
                id,Allegation,Outcome
                1,Use of force,Upheld
                2,USE OF FORCE,Upheld
                3,Use  of force,Withdrawn
                4,Use of\u00a0force,Withdrawn
                5,Use of force\u00a0,
                6,Incivility,
                """;
        SourceProfile profile = profile("complaints.csv", rows);
        FeedDraft draft = new FeedDraft(profile, null, "drop");
        assertThat(draft.yaml())
                .contains(
                        "{name: allegation, from: \"Allegation\", type: text, privacy: pseudonymise}    # many "
                                + "different texts, which may contain names (DECIDE: or leave it out);"
                                + " DECIDE: 2 values remain if blanks and case are normalised by transform: "
                                + "[collapse_spaces, lower]; never blank; 6 different;",
                        "{name: outcome, from: \"Outcome\", type: text, privacy: not_personal}    # 2 blank (33.3 "
                                + "%); 2 different;");
        assertThat(String.join("\n", ProfileReport.lines(profile, draft)))
                .containsOnlyOnce("; 2 if blanks and case are normalised; ");
    }

    @Test
    void ofDatesOnlyThatOfBirthIsPersonal() {
        assertThat(columns("id,phone_received_on,suspect_arrested_on,dob\n1,2026-11-03,03/11/2026 "
                                + "10:00,2001-02-03\n")
                        .stream()
                        .map(column -> column.header() + " " + column.type().type() + " " + column.personal()))
                .containsExactly(
                        "id WHOLE null",
                        "phone_received_on DATE null",
                        "suspect_arrested_on LOCAL_TIME null",
                        "dob DATE date of birth");
    }

    @Test
    void personalColumnThatATableDeclaresAsADateIsIgnored() {
        SourceProfile file = profile("d.csv", "id,born,kind\n1,2001-02-03,x\n2,2001-02-04,x\n3,2001-02-05,x\n");
        SourceProfile table = new SourceProfile(
                "dfu.person",
                ProfiledSource.Kind.TABLE,
                null,
                null,
                3,
                false,
                0,
                0,
                0,
                file.columns(),
                List.of(List.of(0)),
                List.of(),
                Map.of());
        assertThat(new FeedDraft(table, null, "dfu").yaml())
                .contains("# not loaded: born, looks personal; cast it to text in a query\n")
                .doesNotContain("name: born");
        assertThat(ProfileReport.lines(table, new FeedDraft(table, null, "dfu")))
                .anySatisfy(line -> assertThat(line).contains("born", "ignored, looks personal"));
        assertThat(new FeedDraft(file, null, "drop").yaml())
                .contains("{name: born, type: text, privacy: pseudonymise}    # looks personal: date of birth");
    }

    @Test
    void rowsWithoutAnyValueAreCountedByThemselves() {
        SourceProfile profile = profile("e.csv", "ref,kind\nA,x\n,\nB,x\n , \n");
        assertThat(profile.emptyCount()).isEqualTo(2);
        assertThat(profile.repeatedCount()).isZero();
        assertThat(profile.columns().get(0).blanks()).isZero();
        assertThat(ProfileReport.lines(profile, new FeedDraft(profile, null, "drop")))
                .contains("2 rows have no value, and do not belong to the feed.");
    }

    @Test
    void delimiterEncodingAndPackingAreFound() throws IOException {
        Path file = folder.resolve("geraete_20260112.csv.gz");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("Nummer id;Größe\n1;\"a;b\"\n2;c\n".getBytes(Charset.forName("windows-1252")));
        }
        Files.write(file, packed.toByteArray());
        SourceProfile profile = Profiler.profile(ProfiledSource.of(file, false), folder, rows -> {});
        assertThat(new FeedDraft(profile, null, "drop").yaml())
                .contains("feed: geraete\n")
                .contains("file: \"geraete_{date:yyyyMMdd}.csv.gz\"    # DECIDE: on which dates there is a file")
                .contains("format: {encoding: windows-1252, delimiter: \";\"}\n")
                .contains("from: \"Größe\"");
    }

    @Test
    void freeTextIsIgnored() {
        String text = "The caller said that she had seen the man before, near the shop at the corner of the road.";
        assertThat(draft("t.csv", "ref,Notes\nA," + quoted(text) + "\nB," + quoted(text + " Twice.") + "\n")
                        .yaml())
                .endsWith("ignored:\n  - \"Notes\"    # free text, which a queue never needs\n");
    }

    @Test
    void whatIsNoTableIsRefusedWithWhatItIs() throws IOException {
        assertRefused("empty.csv", new byte[0], "is empty (0 bytes); check what the source delivered");
        assertRefused(
                "blank.csv",
                "\n \n".getBytes(StandardCharsets.UTF_8),
                "contains only blanks; check what the source delivered");
        assertRefused(
                "header.csv",
                "Exhibit,Case\n".getBytes(StandardCharsets.UTF_8),
                "has a header of 2 columns and no row; profile a file with rows: columns without "
                        + "values cannot be profiled");
        assertRefused(
                "binary.csv",
                new byte[] {1, 2, 0, 3, 'a', ',', 'b', '\n'},
                "is not text: it contains NUL bytes; check what the source delivered; a text file without a byte-order "
                        + "mark must not be UTF-16");
        assertRefused("list.csv", zip("list.txt"), "is a zip archive; unpack it, and profile the file in it");
        assertRefused(
                "doc.csv",
                "%PDF-1.7".getBytes(StandardCharsets.UTF_8),
                "is a PDF file; save its table as CSV UTF-8, and profile that");
        assertRefused(
                "plain.csv.gz",
                "id\n1\n".getBytes(StandardCharsets.UTF_8),
                "ends in .gz, but is not gzip; rename it without .gz, or deliver it again");
        Path inner = folder.resolve("inner");
        Files.createDirectory(inner);
        assertRefused(inner, "is a folder; specify a file in it");
        assertRefused(folder.resolve("nowhere.csv"), "does not exist; correct the path");
    }

    @Test
    void firstLineThatMayBeARowIsNotShown() throws IOException {
        assertRefused(
                "people.csv",
                "Ann Archer,0632 960123,17/11/2026\nBen Baker,0632 960124,18/11/2026\n"
                        .getBytes(StandardCharsets.UTF_8),
                "the first line looks like a row of data and not the header: it holds dddd dddddd, dd/dd/dddd; "
                        + "ask the source to write a header, which every file of a feed needs; "
                        + "if it is the header, use --header");
        assertRefused(
                "names.csv",
                "Archer,Ann\nBaker,Ben\n".getBytes(StandardCharsets.UTF_8),
                "the first line looks like a row of data and not the header; ask the source to write a header, "
                        + "which every file of a feed needs; if it is the header, use --header");
        assertRefused(
                "nameless.csv",
                "id,,kind,kind\n1,2,3,4\n".getBytes(StandardCharsets.UTF_8),
                "the header has duplicate or empty names: column 2 without a name, column 4 with the name of an "
                        + "earlier one; ask the source to name them; a feed finds its columns by their names");
        assertRefused(
                "r.csv",
                "\"\",id,kind\n1,7,x\n2,8,x\n".getBytes(StandardCharsets.UTF_8),
                "the header has duplicate or empty names: column 1 without a name; ask the source to name them; a "
                        + "feed finds its columns by their names. If the first column holds the numbers of the "
                        + "rows, as "
                        + "R writes them, ask for the file without them (row.names = FALSE)");
    }

    @Test
    void rowsWithWordsThatHeadersHaveAreNoHeader() throws IOException {
        String refused = "the first line looks like a row of data and not the header";
        String remedy = "; ask the source to write a header, which every file of a feed needs; if it is the "
                + "header, use --header";
        assertRefused(
                "seized.csv",
                "EX-1001,Smith,John,phone,closed\nEX-1002,Jones,Ann,tablet,open\n".getBytes(StandardCharsets.UTF_8),
                refused + ": it holds [2 letters]-dddd" + remedy);
        // codes come again below
        assertRefused(
                "again.csv",
                "Smith,phone,closed\nJones,phone,open\n".getBytes(StandardCharsets.UTF_8),
                refused + remedy);
        // of three fields one has such a word
        assertRefused(
                "third.csv", "Smith,John,phone\nJones,Ann,tablet\n".getBytes(StandardCharsets.UTF_8), refused + remedy);
    }

    @Test
    void usualHeadersAreTaken() {
        assertThat(columns("Address1,LSOA11CD,Q1\n1 High Street,E01000001,7\n2 High Street,E01000002,8\n"))
                .extracting(ColumnProfile::header)
                .containsExactly("Address1", "LSOA11CD", "Q1");
        assertThat(columns("Exhibit,Handler,Kind\nEX-1001,Smith,phone\nEX-1002,Jones,phone\n"))
                .extracting(ColumnProfile::header)
                .containsExactly("Exhibit", "Handler", "Kind");
        // files that were joined
        assertThat(columns("ref,kind,maker\nA1,phone,x\nref,kind,maker\nB2,tablet,y\n"))
                .extracting(ColumnProfile::header)
                .containsExactly("ref", "kind", "maker");
    }

    private void assertRefused(String name, byte[] content, String message) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, content);
        assertRefused(file, message);
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> ProfiledSource.of(file, false))
                .isInstanceOf(FpwException.class)
                .hasMessage(file + ": " + message)
                .extracting(failed -> ((FpwException) failed).exitCode())
                .isEqualTo(ExitCode.CONFIGURATION);
    }

    static byte[] zip(String entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(1);
        }
        return bytes.toByteArray();
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private List<ColumnProfile> columns(String content) {
        return profile("file.csv", content).columns();
    }
}
