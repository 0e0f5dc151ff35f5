package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.force.change.Changes;

/** Dated changes: reading, and errors. */
@Tag("time-zone")
class ForceFolderChangeTest extends ConfigErrorTesting {

    private static final String CHANGE = "changes/outsourcing.yml";
    private static final String LATER = "changes/new_system.yml";

    @TempDir
    private Path temp;

    private static TinyFolder withChange(TinyFolder folder) {
        return folder.edit(QUEUE, "age_bands: [30, 90]\n", "age_bands: [30, 90]\nobserved_from: 2013-01-01\n")
                .write(CHANGE, """
                        change: outsourcing
                        date: 2015-04-13
                        kind: outsourcing
                        what: Devices are sent to a provider.
                        why: The queue had not become shorter.
                        decided_by: Head of forensics
                        queues: [awaiting_examination]
                        rebase: true
                        comparison: {outcome: wait, direction: lower, declared_on: 2015-04-01, weeks: 26}
                        """)
                .write(LATER, """
                        change: new_system
                        date: 2016-04-13
                        kind: system
                        what: Another system records the devices.
                        why: The old one was out of support.
                        decided_by: not recorded
                        queues: all
                        """);
    }

    private DynamicTest changed(String name, String file, String text, String by, String... messages) {
        return changed(name, folder -> folder.edit(file, text, by), messages);
    }

    private DynamicTest changed(String name, Consumer<TinyFolder> edit, String... messages) {
        return test(name, folder -> edit.accept(withChange(folder)), messages);
    }

    @Test
    void changesAreReadWithTheirQueuesInOrderOfTheirDates() {
        Changes changes =
                withChange(new TinyFolder(temp.resolve("read"))).read().changes();

        assertThat(changes.all())
                .containsExactly(
                        new Change(
                                "outsourcing",
                                LocalDate.of(2015, 4, 13),
                                Change.Kind.OUTSOURCING,
                                "Devices are sent to a provider.",
                                "The queue had not become shorter.",
                                "Head of forensics",
                                List.of("awaiting_examination"),
                                true,
                                new Change.Comparison(
                                        Change.Outcome.WAIT, Change.Direction.LOWER, LocalDate.of(2015, 4, 1), 26)),
                        new Change(
                                "new_system",
                                LocalDate.of(2016, 4, 13),
                                Change.Kind.SYSTEM,
                                "Another system records the devices.",
                                "The old one was out of support.",
                                "not recorded",
                                List.of("awaiting_examination"),
                                false,
                                null));
        assertThat(changes.of("awaiting_examination")).hasSize(2);
        assertThat(changes.of("another")).isEmpty();
        assertThat(changes.rebasesOf("awaiting_examination"))
                .containsExactly(new Changes.Rebase(
                        "outsourcing",
                        LocalDate.of(2015, 4, 13),
                        "Head of forensics",
                        "Devices are sent to a provider."));
    }

    @Test
    void twoRebasesTwelveMonthsApartAreAllowed() {
        Changes changes = withChange(new TinyFolder(temp.resolve("apart")))
                .edit(LATER, "decided_by: not recorded", "decided_by: The board\nrebase: true")
                .read()
                .changes();

        assertThat(changes.rebasesOf("awaiting_examination"))
                .extracting(Changes.Rebase::from)
                .containsExactly(LocalDate.of(2015, 4, 13), LocalDate.of(2016, 4, 13));
    }

    @Test
    void aMarkAloneMayLieBeforeTheFigures() {
        withChange(new TinyFolder(temp.resolve("early")))
                .edit(LATER, "date: 2016-04-13", "date: 2010-01-01")
                .edit(LATER, "queues: all", "queues: [awaiting_examination]")
                .read();
    }

    @TestFactory
    Stream<DynamicTest> errors() {
        return Stream.of(
                changed(
                        "no decider",
                        CHANGE,
                        "decided_by: Head of forensics\n",
                        "",
                        "changes/outsourcing.yml: decided_by: is missing; add it: Who decided: a role or a meeting, "
                                + "not the name of a person, since it is published; 'not recorded' if nobody knows."),
                changed(
                        "blank decider",
                        CHANGE,
                        "decided_by: Head of forensics",
                        "decided_by: ' '",
                        "changes/outsourcing.yml:6: decided_by: is blank; write the role or the meeting that decided, "
                                + "or 'not recorded'"),
                changed(
                        "rebase without a decider",
                        CHANGE,
                        "decided_by: Head of forensics",
                        "decided_by: not recorded",
                        "changes/outsourcing.yml:8: rebase: is true, but decided_by is 'not recorded'; write who "
                                + "decided in decided_by, or set rebase to false: new limits need somebody who "
                                + "decided"),
                changed(
                        "unknown queue",
                        CHANGE,
                        "queues: [awaiting_examination]",
                        "queues: [awaiting_examinaton]",
                        "changes/outsourcing.yml:7: queues[0]: there is no queue 'awaiting_examinaton'; did you mean "
                                + "'awaiting_examination'?"),
                changed(
                        "queues as another text",
                        LATER,
                        "queues: all",
                        "queues: every",
                        "changes/new_system.yml:7: queues: 'every' is not all or a list of queues such as "
                                + "[awaiting_examination]; change it"),
                changed(
                        "before the figures",
                        CHANGE,
                        "date: 2015-04-13",
                        "date: 2013-01-01",
                        "changes/outsourcing.yml:2: date: 2013-01-01 is not after 2013-01-01, when the figures of "
                                + "queue 'awaiting_examination' begin (observed_from), so that there is nothing before "
                                + "it; correct the date, or remove 'rebase'"),
                changed(
                        "rebase of all queues before the figures",
                        folder -> folder.edit(LATER, "date: 2016-04-13", "date: 2013-01-01")
                                .edit(LATER, "decided_by: not recorded", "decided_by: The board\nrebase: true"),
                        "changes/new_system.yml:2: date: 2013-01-01 is not after 2013-01-01, when the figures of "
                                + "queue 'awaiting_examination' begin (observed_from), so that there is nothing before "
                                + "it; correct the date, list the queues that had figures before it, or remove "
                                + "'rebase'"),
                changed(
                        "more words than the column holds",
                        LATER,
                        "why: The old one was out of support.",
                        "why: " + "w".repeat(4001),
                        "changes/new_system.yml:5: why: has 4,001 characters, more than 4,000; shorten it"),
                changed(
                        "a name longer than its column",
                        LATER,
                        "queues: all",
                        "queues: [" + "q".repeat(101) + "]",
                        "changes/new_system.yml:7: queues[0]: has 101 characters, more than 100; shorten it",
                        "changes/new_system.yml:7: queues[0]: there is no queue '" + "q".repeat(101)
                                + "'; the queues are awaiting_examination"),
                changed(
                        "a file without end",
                        LATER,
                        "why: The old one was out of support.",
                        "why: " + "w".repeat(1_000_000),
                        "changes/new_system.yml: has more than 1,000,000 bytes; a definition is short: split it, and "
                                + "keep data in the folder of a connection"),
                changed(
                        "a day that does not exist",
                        CHANGE,
                        "declared_on: 2015-04-01",
                        "declared_on: 2015-02-30",
                        "changes/outsourcing.yml:9: comparison.declared_on: there is no date '2015-02-30'; write an "
                                + "existing date, such as 2015-01-31"),
                changed(
                        "comparison of all queues",
                        CHANGE,
                        "queues: [awaiting_examination]",
                        "queues: all",
                        "changes/outsourcing.yml:9: comparison: cannot be combined with 'queues: all': of many "
                                + "comparisons some differ by chance; list the queues in which the outcome should "
                                + "differ"),
                changed(
                        "another outcome",
                        CHANGE,
                        "outcome: wait",
                        "outcome: waits",
                        "changes/outsourcing.yml:9: comparison.outcome: 'waits' is not one of received, left, net, "
                                + "wait; did you mean 'wait'?"),
                changed(
                        "undeclared",
                        CHANGE,
                        ", declared_on: 2015-04-01",
                        "",
                        "changes/outsourcing.yml:9: comparison.declared_on: is missing; add it: Day on which outcome "
                                + "and direction were written down. Published, so that a reader sees whether that was "
                                + "before the change."),
                changed(
                        "two rebases in a year",
                        folder -> folder.edit(LATER, "date: 2016-04-13", "date: 2016-04-12")
                                .edit(LATER, "decided_by: not recorded", "decided_by: The board\nrebase: true"),
                        "changes/new_system.yml:7: rebase: queue 'awaiting_examination' is rebased on 2015-04-13 in "
                                + "changes/outsourcing.yml, less than 12 months before 2016-04-12; set rebase to false "
                                + "in one of them: the change stays marked"),
                changed(
                        "another name",
                        CHANGE,
                        "change: outsourcing",
                        "change: outsourced",
                        "changes/outsourcing.yml:1: change: is 'outsourced', but the file is named 'outsourcing'; "
                                + "rename the file to outsourced.yml or change the name in it"));
    }
}
