package uk.fpw.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which columns the profile of a file takes as its key. */
@Tag("time-zone")
class ProfiledKeyTest extends ProfilerTesting {

    @Test
    void repeatsAreCountedAndDoNotHideTheKey() {
        SourceProfile profile = profile("r.csv", "ref,kind\nA,x\nB,x\nA,x\nC,y\nA,x\n");
        assertThat(profile.repeatedCount()).isEqualTo(2);
        assertThat(profile.keys()).containsExactly(List.of(0));
        assertThat(new FeedDraft(profile, null, "drop").yaml()).doesNotContain("limits: {");
    }

    @Test
    void twoColumnsAreTheKeyWhereNoSingleOneIs() {
        SourceProfile profile = profile("p.csv", "device,event,day\nA,in,1\nA,out,2\nB,in,2\nB,out,1\nC,in,1\n");
        assertThat(profile.keys()).containsExactly(List.of(0, 1), List.of(0, 2));
        assertThat(new FeedDraft(profile, null, "drop").yaml())
                .contains("key: [device, event]    # no single column is unique, these two together are\n")
                .contains("# or [device, day], which is also unique\n");
    }

    @Test
    void rowItselfIsTheKeyWhereOnlyAllColumnsTogetherAre() {
        SourceProfile profile = profile("n.csv", "a,b,c\nx,p,1\nx,p,2\nx,q,1\ny,p,1\ny,q,2\ny,p,2\nx,q,2\n");
        assertThat(profile.keys()).isEmpty();
        assertThat(profile.everyColumn()).containsExactly(0, 1, 2);
        assertThat(new FeedDraft(profile, null, "drop").yaml())
                .contains("# no column and no pair of columns is unique; most values are in a (2 different values), b "
                        + "(2 different values), c (2 different values). All columns without "
                        + "blanks together are unique\nkey: row    # equal rows are all loaded; a row that "
                        + "changes counts as one deleted and one loaded\nitem: row    # DECIDE: "
                        + "or the column that identifies the device, case or request\n");
    }

    @Test
    void fileWithoutAKeyIsLoadedByItsRows() {
        SourceProfile profile = profile("o.csv", "a,b\nx,\n,1\nx,1\nx,2\ny,1\ny,2\ny,\n,2\n");
        assertThat(profile.key()).isEmpty();
        assertThat(new FeedDraft(profile, null, "drop").pseudonymises()).isTrue();
        assertThat(new FeedDraft(profile, null, "drop").yaml())
                .contains("\nkey: row    # equal rows are all loaded; a row that changes counts as one deleted and "
                        + "one loaded\nitem: row    # DECIDE: or the column that identifies "
                        + "the device, case or request\n");
    }

    @Test
    void keyIsNotLevelled() {
        assertThat(draft("codes.csv", "Code,Kind\na,phone\nA,phone\nb,phone\n").yaml())
                .contains("key: [code]")
                .doesNotContain("normalised");
        assertThat(draft("kinds.csv", "Code,Kind\na,phone\nb,Phone\nc,phone\n").yaml())
                .contains("key: [code]")
                .contains("DECIDE: 1 values remain if blanks and case are normalised by transform: ");
    }

    @Test
    void columnCalledRowHasAnotherNameWhereRowsAreTheKey() {
        assertThat(draft("r.csv", "Row,b\nx,\n,1\nx,1\nx,2\ny,1\ny,2\ny,\n,2\n").yaml())
                .contains("\nkey: row ", "{name: column_row, from: \"Row\", type: text,");
        assertThat(draft("s.csv", "Row,kind\n1,x\n2,x\n3,y\n").yaml())
                .contains("\nkey: [row] ", "{name: row, from: \"Row\", type: text,");
    }

    @Test
    void codesInAKeyOfSeveralColumnsStayAsTheyAre() {
        String rows = IntStream.range(0, 400)
                .mapToObj(row -> (row % 2 == 0 ? "in" : "out") + ",DFU" + (char) ('A' + row / 2 % 20) + row / 40)
                .collect(Collectors.joining("\n"));
        assertThat(draft("k.csv", "status,device\n" + rows + "\n").yaml())
                .contains("key: [status, device] ", "item: device ")
                .contains("{name: status, type: text, privacy: not_personal}")
                .contains("{name: device, type: text, privacy: pseudonymise}");
    }

    @Test
    void keyMayBeBlankInAFewRows() {
        String rows = IntStream.range(0, 100).mapToObj(row -> "K" + row + ",x").collect(Collectors.joining("\n"));
        SourceProfile profile = profile("k.csv", "ref,kind\n" + rows + "\n,total\n");
        assertThat(profile.keys()).containsExactly(List.of(0));
        assertThat(new FeedDraft(profile, null, "drop").yaml())
                .contains("key: [ref]    # all values are distinct; 1 row has none and is refused, since "
                        + "it does not belong to the feed\n");
    }
}
