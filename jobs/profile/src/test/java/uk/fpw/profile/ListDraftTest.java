package uk.fpw.profile;

import static org.assertj.core.api.Assertions.assertThat;

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
}
