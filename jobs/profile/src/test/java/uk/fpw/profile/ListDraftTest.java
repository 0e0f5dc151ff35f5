package uk.fpw.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListDraftTest extends ProfilerTesting {

    /** What one person typed once, as of a device that has no type, is in no list. */
    @Test
    void shortListsOfWhatRecursAreDrafted() {
        StringBuilder rows = new StringBuilder("id,kind,reason,officer,closed\n");
        for (int row = 0; row < 99; row++) {
            rows.append(row + ",")
                    .append(row % 2 == 0 ? "phone" : "computer, old")
                    .append(row % 3 == 0 ? ",EX" : ",W-2");
            rows.append(row % 2 == 0 ? ",PC Ann Archer" : ",PC Ben Baker").append(",17/11/2026\n");
        }
        rows.append("99,CANTYPE John Smith 1 Acacia,,PC Ben Baker,\n");

        assertThat(draft("devices.csv", rows.toString().replace("computer, old", "\"computer, old\""))
                        .yaml())
                .contains("# Of the values of the source it contains those of its codes and lists: check that none is "
                        + "personal. Comments show")
                .contains("\ncodes:    # DECIDE: the event that the staging query makes of each, ignored if it makes "
                        + "none\n  reason: {\"EX\": ignored, \"W-2\": ignored}\n")
                .contains("\n# dates: {closed: event}\ncolumns:\n")
                .contains("{name: kind, type: text, privacy: not_personal, values: [\"computer, old\", \"phone\"]}")
                .doesNotContain("CANTYPE", "Archer");
    }

    @Test
    void howRowsChangeIsProposed() {
        StringBuilder rows = new StringBuilder("id,unit,is_deleted,modified_at,modified,change_seq\n");
        for (int row = 0; row < 99; row++) {
            rows.append(row)
                    .append(row % 2 == 0 ? ",DFU" : ",HTCU")
                    .append(",no,17/11/2026 10:00,17/11/2026,")
                    .append(row)
                    .append('\n');
        }
        String scope = "# deleted: is_deleted    # DECIDE: with extract: changes, if true means that the source has "
                + "deleted the row\n"
                + "# scope: {where: unit in ('...'), fixed: [unit]}    # DECIDE: if rows with other values are "
                + "not this "
                + "force's work\n";
        assertThat(draft("devices_2026-11-17.csv", rows.toString()).yaml())
                .contains("\nfreshness: {dated_by: file_name, max_age_days: 7}    # DECIDE: older data stops a run; "
                        + "none if it is not renewed\n" + scope + "key: ");
        assertThat(draft("devices.csv", rows.toString().replace("modified_at", "extracted_at"))
                        .yaml())
                .contains("\nfreshness: {dated_by: {column: extracted_at}, max_age_days: 7}    # DECIDE: ");

        String fresh = "\n# freshness: {dated_by: {column: modified_at}, max_age_days: 7}    # DECIDE: stops a run if "
                + "nothing has changed in the table for so many days\n";
        String why = "    # DECIDE: with extract: changes and reconcile, if every change of a row raises it; look back "
                + "further than the longest transaction\n";
        assertThat(table(rows.toString()).yaml())
                .contains(fresh + "# cursor: {column: change_seq, look_back: 1000}" + why + scope);
        assertThat(table(rows.toString().replace("change_seq", "count")).yaml())
                .contains(fresh + "# cursor: {column: modified_at, look_back: 1440}" + why + scope);
        assertThat(table(rows.toString().replace("change_seq", "count").replace("modified_at", "seen"))
                        .yaml())
                .contains("# cursor: {column: modified, look_back: 2}" + why);
    }

    private FeedDraft table(String rows) {
        SourceProfile file = profile("devices.csv", rows);
        return new FeedDraft(
                new SourceProfile(
                        "dfu.device",
                        ProfiledSource.Kind.TABLE,
                        null,
                        null,
                        file.rowCount(),
                        false,
                        0,
                        0,
                        0,
                        file.columns(),
                        file.keys(),
                        List.of(),
                        Map.of()),
                null,
                "dfu");
    }
}
