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
import uk.fpw.warehouse.force.recommendation.Recommendation;

/** Recommendations: reading, and errors. */
@Tag("time-zone")
class ForceFolderRecommendationTest extends ConfigErrorTesting {

    private static final String DEVICES = "recommendations/devices.yml";
    private static final String AT_LINE = "recommendations/devices.yml:";

    @TempDir
    private Path temp;

    private static TinyFolder withRecommendation(TinyFolder folder) {
        return folder.write(DEVICES, """
                recommendation: devices
                report: {by: An inspectorate, title: A report, made_on: 2015-08-31}
                words: Examine devices sooner.
                quoted: true
                kind: urgent
                owner: Head of forensics
                due: {within: within 3 months, on: 2015-11-30}
                status: {state: open, on: 2015-08-31, decided_by: The board}
                figures:
                  - figure: waiting
                    title: Devices waiting
                    unit: devices
                    better: lower
                    queue: awaiting_examination
                    measure: waiting_count
                    slice: device_type
                    value: "it's a 'phone'"
                  - figure: longest
                    title: Longest wait
                    unit: days
                    better: lower
                    query: select oldest_wait_days as value from queue_daily where is_total and day = :as_at
                """);
    }

    private DynamicTest changed(String name, String text, String by, String... messages) {
        return changed(name, folder -> folder.edit(DEVICES, text, by), messages);
    }

    private DynamicTest changed(String name, Consumer<TinyFolder> edit, String... messages) {
        return test(name, folder -> edit.accept(withRecommendation(folder)), messages);
    }

    @Test
    void recommendationsAreReadWithTheirFigures() {
        assertThat(withRecommendation(new TinyFolder(temp.resolve("read")))
                        .read()
                        .recommendations())
                .containsExactly(new Recommendation(
                        "devices",
                        new Recommendation.Report(
                                "An inspectorate", "A report", "not stated", LocalDate.of(2015, 8, 31)),
                        "Examine devices sooner.",
                        true,
                        Recommendation.Kind.URGENT,
                        "Head of forensics",
                        new Recommendation.Due("within 3 months", "2015-11-30"),
                        new Recommendation.Status(
                                Recommendation.State.OPEN, LocalDate.of(2015, 8, 31), "The board", null),
                        List.of(
                                new Recommendation.Figure(
                                        "waiting",
                                        "Devices waiting",
                                        "devices",
                                        Recommendation.Direction.LOWER,
                                        "awaiting_examination",
                                        "waiting_count",
                                        "device_type",
                                        "it's a 'phone'",
                                        null),
                                new Recommendation.Figure(
                                        "longest",
                                        "Longest wait",
                                        "days",
                                        Recommendation.Direction.LOWER,
                                        null,
                                        null,
                                        null,
                                        null,
                                        "select oldest_wait_days as value from queue_daily where is_total and day = "
                                                + ":as_at"))));
    }

    @Test
    void overdueIsWhatIsNeitherDoneNorRejectedAfterItsLastDay() {
        Recommendation open = read("open", "state: open");
        Recommendation rejected = read("rejected", "state: rejected");

        assertThat(open.isOverdue(LocalDate.of(2015, 11, 30))).isFalse();
        assertThat(open.isOverdue(LocalDate.of(2015, 12, 1))).isTrue();
        assertThat(rejected.isOverdue(LocalDate.of(2015, 12, 1))).isFalse();
        assertThat(withRecommendation(new TinyFolder(temp.resolve("undated")))
                        .edit(DEVICES, "on: 2015-11-30", "on: not stated")
                        .read()
                        .recommendations()
                        .get(0)
                        .isOverdue(LocalDate.of(2015, 12, 1)))
                .isNull();
    }

    private Recommendation read(String name, String state) {
        return withRecommendation(new TinyFolder(temp.resolve(name)))
                .edit(DEVICES, "state: open", state)
                .read()
                .recommendations()
                .get(0);
    }

    @TestFactory
    Stream<DynamicTest> errors() {
        return Stream.of(
                changed(
                        "no owner",
                        "owner: Head of forensics\n",
                        "",
                        "recommendations/devices.yml: owner: is missing; add it: Who in the force answers for it: a "
                                + "role, not the name of a person, since it is published."),
                changed(
                        "blank owner",
                        "owner: Head of forensics",
                        "owner: ' '",
                        AT_LINE + "6: owner: is blank; write the role that answers for it"),
                changed(
                        "done without evidence",
                        "state: open",
                        "state: done",
                        AT_LINE + "8: status.state: is done, but there is no evidence; write in status.evidence what "
                                + "shows that it is done, or set in_progress"),
                changed(
                        "due before it was made",
                        "on: 2015-11-30",
                        "on: 2015-08-30",
                        AT_LINE + "7: due.on: 2015-08-30 is before 2015-08-31, when it was made (report.made_on); "
                                + "correct one of the dates, or write 'not stated'"),
                changed(
                        "status before it was made",
                        "state: open, on: 2015-08-31",
                        "state: open, on: 2015-08-30",
                        AT_LINE + "8: status.on: 2015-08-30 is before 2015-08-31, when it was made (report.made_on); "
                                + "write the day since which this is its status"),
                changed(
                        "a day that does not exist",
                        "on: 2015-11-30",
                        "on: 2015-11-31",
                        AT_LINE + "7: due.on: there is no date '2015-11-31'; write an existing date, such as "
                                + "2015-01-31"),
                changed(
                        "words too long",
                        "words: Examine devices sooner.",
                        "words: " + "w".repeat(1001),
                        AT_LINE + "3: words: has 1,001 characters, more than 1,000; shorten it"),
                changed(
                        "unknown queue",
                        "queue: awaiting_examination",
                        "queue: awaiting_examinaton",
                        AT_LINE + "14: figures[0].queue: there is no queue 'awaiting_examinaton'; did you mean "
                                + "'awaiting_examination'?"),
                changed(
                        "unknown measure",
                        "measure: waiting_count",
                        "measure: waiting_counts",
                        AT_LINE + "15: figures[0].measure: 'waiting_counts' is not one of waiting_count, "
                                + "past_standard_count, due_next_7_days_count, age_unknown_count, oldest_age_days, "
                                + "oldest_wait_days; did you mean 'waiting_count'?"),
                changed(
                        "no measure",
                        "    measure: waiting_count\n",
                        "",
                        AT_LINE + "14: figures[0].queue: has no measure; set measure, such as waiting_count"),
                changed(
                        "unknown slice",
                        "slice: device_type",
                        "slice: device_typ",
                        AT_LINE + "16: figures[0].slice: queue 'awaiting_examination' has no slice 'device_typ'; did "
                                + "you mean 'device_type'?"),
                changed(
                        "slice without a value",
                        "    value: \"it's a 'phone'\"\n",
                        "",
                        AT_LINE + "16: figures[0].slice: is alone; set both slice and value, or none of them for the "
                                + "total"),
                changed(
                        "queue and query",
                        "    unit: days\n",
                        "    unit: days\n    queue: awaiting_examination\n",
                        AT_LINE + "23: figures[1].query: cannot be combined with a queue; set either queue and "
                                + "measure, or query"),
                changed(
                        "restricted mart",
                        "from queue_daily where is_total and day = :as_at",
                        "from Case_Milestone_Open",
                        AT_LINE + "22: figures[1].query: reads case_milestone_open, whose rows are about single "
                                + "cases or people (access: restricted); use a mart that is not restricted, such as "
                                + "queue_daily: recommendations are for everybody who reads the marts"),
                changed(
                        "two statements",
                        "and day = :as_at",
                        "and day = :as_at; select 2",
                        AT_LINE + "22: figures[1].query: contains more than one statement; keep one query, without "
                                + "';'"),
                changed(
                        "one name for two figures",
                        "figure: longest",
                        "figure: waiting",
                        AT_LINE + "18: figures[1].figure: 'waiting' already exists as figures[0].figure in line 10; "
                                + "each may occur only once"),
                changed(
                        "one name for two recommendations",
                        folder -> folder.write("recommendations/again.yml", """
                                recommendation: devices
                                report: {by: An inspectorate, title: A report, made_on: 2015-08-31}
                                words: Examine devices sooner.
                                quoted: true
                                kind: urgent
                                owner: Head of forensics
                                due: {within: not stated, on: not stated}
                                status: {state: open, on: 2015-08-31, decided_by: The board}
                                """),
                        "recommendations/again.yml:1: recommendation: 'devices' is also used in "
                                + "recommendations/devices.yml; rename one of them and its file"));
    }
}
