package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes a declared comparison a different one, and what does not. */
@Tag("time-zone")
class ComparisonFingerprintTest {

    private static final String QUEUE = "queues/awaiting_examination.yml";
    private static final String CHANGE = "changes/outsourcing.yml";

    @TempDir
    Path temp;

    private TinyFolder folder;
    private List<ComparisonFingerprint> before;

    @BeforeEach
    void make() {
        folder = new TinyFolder(temp.resolve("force"));
        folder.edit(QUEUE, "age_bands: [30, 90]\n", """
                        age_bands: [30, 90]
                        observed_from: 2013-01-01
                        comparisons:
                          - {comparison: quarters, title: Slower?, by: cohort, of: [2015 Q1, 2015 Q2]}
                        """).write(CHANGE, """
                        change: outsourcing
                        date: 2015-04-14
                        kind: outsourcing
                        what: Devices are sent to a provider.
                        why: The queue had not become shorter.
                        decided_by: Head of forensics
                        queues: [awaiting_examination]
                        comparison: {outcome: wait, direction: lower, declared_on: 2015-04-01, weeks: 12}
                        """);
        before = ComparisonFingerprint.of(folder.read());
    }

    @Test
    void changesAndQueuesDeclareComparisons() {
        assertThat(before)
                .extracting(ComparisonFingerprint::declaration)
                .containsExactly("changes/outsourcing", "queues/awaiting_examination/quarters");
        assertThat(before.get(0).visibleFrom()).as("the week after a Tuesday").isEqualTo(LocalDate.of(2015, 4, 20));
        assertThat(before.get(1).visibleFrom()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            date: 2015-04-14 | date: 2015-04-15 | date
            'outcome: wait' | 'outcome: left' | outcome
            direction: lower | direction: higher | direction
            2015-04-01 | 2015-04-02 | declared_on
            weeks: 12 | weeks: 13 | weeks
            """)
    void whatDecidesTheComparisonIsInIt(String text, String by, String field) {
        folder.edit(CHANGE, text, by);
        ComparisonFingerprint changed = ComparisonFingerprint.of(folder.read()).get(0);

        assertThat(changed.digest()).isNotEqualTo(before.get(0).digest());
        assertThat(changed.differences(before.get(0).fields())).containsExactly(field);
    }

    @Test
    void groupsOfAQueueAreInIt() {
        folder.edit(QUEUE, "2015 Q2", "2015 Q3");

        assertThat(ComparisonFingerprint.of(folder.read())
                        .get(1)
                        .differences(before.get(1).fields()))
                .containsExactly("of");
    }

    @Test
    void textsForReadersDefaultsAndOrderAreNot() {
        folder.edit(CHANGE, "The queue had not become shorter.", "It had not.")
                .edit(CHANGE, ", weeks: 12", "")
                .edit(QUEUE, "Slower?", "Are we slower?")
                .edit(QUEUE, "[2015 Q1, 2015 Q2]", "[2015 Q2, 2015 Q1]");

        assertThat(ComparisonFingerprint.of(folder.read())).isEqualTo(before);
    }
}
