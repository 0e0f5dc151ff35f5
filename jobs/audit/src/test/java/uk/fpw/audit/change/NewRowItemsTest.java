package uk.fpw.audit.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.audit.ParquetFiles;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.Carried;
import uk.fpw.warehouse.message.FigureChangeRequest.Differences;
import uk.fpw.warehouse.message.FigureChangeRequest.NewRows;
import uk.fpw.warehouse.message.FigureChangeRequest.ReplacedRelease;
import uk.fpw.warehouse.message.FigureChangeRequest.StoredRows;

/** Versions of rows of two loads: the replaced release knew that of 10 January, and not that of 11 January. */
class NewRowItemsTest {

    @TempDir
    private Path folder;

    private final List<String> files = new ArrayList<>();
    private List<String> withdrawnSince = List.of();
    private boolean needsEarlier = true;
    private List<String> compared = List.of();
    private String lastColumn = "colour";

    @Test
    void rowThatMovesIsOneOfBothItems() {
        load(1, "K1 | A | upsert | phone", "K2 | C | upsert | phone");
        load(2, "K1 | B | upsert | phone");

        assertThat(items()).containsExactly("K1 town:A", "K1 town:B");
    }

    /** An item that is part of the key never changes: then the versions before are not read. */
    @Test
    void withoutTheVersionsBeforeOnlyTheNewItemIsFound() {
        needsEarlier = false;
        load(1, "K1 | A | upsert | phone");
        load(2, "K1 | B | upsert | phone", "K2 | C | delete |");

        assertThat(items()).containsExactly("K1 town:B", "K2 town:C deleted");
    }

    @Test
    void withdrawalMovesTheRowBack() {
        load(1, "K1 | A | upsert | phone");
        load(2, "K1 | B | upsert | phone");
        withdrawnSince = List.of("l2");

        assertThat(items()).containsExactly("K1 town:A withdrawn", "K1 town:B withdrawn");
    }

    @Test
    void rowThatWasDeletedAfterItMovedIsDeletedForBoth() {
        load(1, "K1 | A | upsert | phone");
        load(2, "K1 | B | upsert | phone");
        load(3, "K1 | B | delete |");

        assertThat(items()).containsExactly("K1 town:A deleted", "K1 town:B deleted");
    }

    /** The column came with the second load: what was stored before has not got it. */
    @Test
    void versionThatDiffersOnlyInAColumnThatTheFeedHasGainedIsNoChange() {
        compared = List.of("kind", "colour");
        load(1, "K1 | A | upsert | phone", "K2 | B | upsert | phone");
        loadWithColours(2, "K1 | A | upsert | phone | red", "K2 | B | upsert | tablet | red", "K3 | C | upsert | x |");

        assertThat(items()).as("another kind, and a new row").containsExactly("K2 town:B", "K3 town:C");
    }

    @Test
    void versionThatDiffersOnlyInAColumnThatTheFeedHasLostIsNoChange() {
        compared = List.of("kind");
        loadWithColours(1, "K1 | A | upsert | phone | red", "K2 | B | upsert | phone | red");
        loadWithColours(2, "K1 | A | upsert | phone |", "K2 | B | delete | |");

        assertThat(items()).containsExactly("K2 town:B deleted");
    }

    /** A value that was empty and is not any more is a change, if the column was there. */
    @Test
    void valueThatIsFilledIsAChange() {
        compared = List.of("kind", "colour");
        loadWithColours(1, "K1 | A | upsert | phone |");
        loadWithColours(2, "K1 | A | upsert | phone | red");

        assertThat(items()).containsExactly("K1 town:A");
    }

    /** The name that DuckDB has for the column with the path of the file. */
    @Test
    void columnOfTheFeedMayBeCalledFilename() {
        compared = List.of("kind", "filename");
        lastColumn = "filename";
        load(1, "K1 | A | upsert | phone", "K2 | B | upsert | phone");
        loadWithColours(2, "K1 | A | upsert | phone | a.zip", "K2 | B | upsert | tablet | b.zip");
        loadWithColours(3, "K3 | C | upsert | phone | c.zip");

        assertThat(items()).as("another kind, and a new row").containsExactly("K2 town:B", "K3 town:C");
    }

    @Test
    void changedFilenameIsAChange() {
        compared = List.of("kind", "filename");
        lastColumn = "filename";
        loadWithColours(1, "K1 | A | upsert | phone | a.zip", "K2 | B | upsert | phone | b.zip");
        loadWithColours(2, "K1 | A | upsert | phone | a.zip", "K2 | B | upsert | phone | c.zip");

        assertThat(items()).containsExactly("K2 town:B");
    }

    private List<String> items() {
        List<String> since = files.subList(1, files.size());
        try (AuditSession session = AuditSession.open("Europe/London")) {
            NewRowItems.find(
                    session,
                    request(new NewRows(
                            "devices",
                            "town",
                            "2016-01-10",
                            List.of(),
                            withdrawnSince,
                            withdrawnSince,
                            false,
                            new StoredRows(since, files.subList(0, 1), needsEarlier, compared))));
            return session
                    .rows("select row_key || ' ' || item_key || if(is_withdrawn, ' withdrawn', '') "
                            + "|| if(is_deleted, ' deleted', '') from new_row order by 1")
                    .stream()
                    .map(row -> new QueryRow(row).text(0))
                    .toList();
        }
    }

    static FigureChangeRequest request(NewRows... feeds) {
        return new FigureChangeRequest(
                new ReplacedRelease(ReleaseId.of("2016-01-10.1"), "2016-01-10", Map.of(), List.of()),
                null,
                new Differences(false, false, false, List.of(), List.of(), Map.of(), Map.of()),
                List.of(feeds),
                Carried.none("2013-11-10"),
                "unused");
    }

    private void load(int number, String... rows) {
        write(number, false, rows);
    }

    private void loadWithColours(int number, String... rows) {
        write(number, true, rows);
    }

    private void write(int number, boolean hasColour, String... rows) {
        files.add(new ParquetFiles(folder)
                .write(
                        "load " + number,
                        Arrays.stream(rows)
                                .map(row -> row(number, hasColour, row.split("\\|", -1)))
                                .collect(Collectors.joining(" union all "))));
    }

    private String row(int number, boolean hasColour, String[] fields) {
        return "select '" + fields[0].strip() + "' as _key, '" + fields[1].strip() + "' as _item, '"
                + fields[2].strip() + "' as _op, cast(" + number + " as bigint) as _seq, 'l" + number
                + "' as _load_id, date '2016-01-" + (9 + number) + "' as _known_on, nullif('" + fields[3].strip()
                + "', '') as kind"
                + (hasColour ? ", nullif('" + fields[4].strip() + "', '') as " + lastColumn : "");
    }
}
