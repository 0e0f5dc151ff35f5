package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.queue.Service;
import uk.fpw.warehouse.force.queue.ServiceCalendar;
import uk.fpw.warehouse.store.ledger.QueueDefinitions;

/** Calendars of services: reading, what an edit changes, and errors. */
class ForceFolderCalendarTest extends ConfigErrorTesting {

    private static final String CALENDAR = "calendars/desk.yml";

    @TempDir
    private Path temp;

    private static TinyFolder withCalendar(TinyFolder folder) {
        return folder.write("bank_holidays.csv", "date,name\n2015-12-25,Christmas Day\n")
                .write(CALENDAR, """
                        calendar: desk
                        title: Front desk
                        days: [saturday, monday]
                        except_bank_holidays: true
                        closed: [2015-12-28, 2015-12-26]
                        open: [2015-12-20]
                        """)
                .edit(QUEUE, "enters: [received]", "service: desk\nenters: [received]");
    }

    private DynamicTest calendar(String name, String text, String by, String... messages) {
        return test(name, folder -> withCalendar(folder).edit(CALENDAR, text, by), messages);
    }

    @Test
    void calendarIsReadAndDefined() {
        Force force = withCalendar(new TinyFolder(temp.resolve("tiny"))).read();

        assertThat(force.queues().get(0).service())
                .isEqualTo(new Service(
                        "desk",
                        new ServiceCalendar(
                                "desk",
                                "Front desk",
                                List.of(DayOfWeek.MONDAY, DayOfWeek.SATURDAY),
                                true,
                                List.of(LocalDate.of(2015, 12, 26), LocalDate.of(2015, 12, 28)),
                                List.of(LocalDate.of(2015, 12, 20)))));
        assertThat(DefinedRows.of(force, new Coverage(LocalDate.of(2015, 12, 31), Map.of()))
                        .get("service_calendar"))
                .hasToString("[{\"service\":\"desk\",\"is_except_bank_holidays\":true,\"weekdays\":[1,6],"
                        + "\"closed_days\":[\"2015-12-26\",\"2015-12-28\"],\"open_days\":[\"2015-12-20\"]}]");
    }

    @Test
    void calendarThatNoQueueNamesIsNotDefined() {
        TinyFolder folder = withCalendar(new TinyFolder(temp.resolve("tiny")));
        folder.edit(QUEUE, "service: desk", "service: every_day");

        assertThat(DefinedRows.of(folder.read(), new Coverage(LocalDate.of(2015, 12, 31), Map.of()))
                        .has("service_calendar"))
                .isFalse();
    }

    /** Another title, or the same days in another order, are no edit; a moved date is one, though the numbers stay. */
    @Test
    void editedCalendarIsAnotherPresentationOfTheSameVersion() {
        TinyFolder folder = withCalendar(new TinyFolder(temp.resolve("tiny")));
        QueueFingerprint before = fingerprint(folder);
        assertThat(before.presentation().get("service"))
                .matches("desk \\(Mon Sat except bank holidays, 2 dates closed, 1 date opened, [0-9a-f]{8}\\)");
        folder.edit(CALENDAR, "title: Front desk", "title: Desk")
                .edit(CALENDAR, "[saturday, monday]", "[monday, saturday]")
                .edit(CALENDAR, "[2015-12-28, 2015-12-26]", "[2015-12-26, 2015-12-28]");
        assertThat(fingerprint(folder)).isEqualTo(before);

        folder.edit(CALENDAR, "open: [2015-12-20]", "open: [2015-12-13]");

        QueueFingerprint after = fingerprint(folder);
        assertThat(after.queueDigest()).isEqualTo(before.queueDigest());
        assertThat(after.presentation().get("service"))
                .isNotEqualTo(before.presentation().get("service"))
                .startsWith("desk (Mon Sat except bank holidays, 2 dates closed, 1 date opened, ");
    }

    /** Names and order do not matter; a service of every day knows no bank holidays. */
    @Test
    void editedBankHolidaysAreAnotherPresentationOfTheSameVersion() {
        TinyFolder folder = withCalendar(new TinyFolder(temp.resolve("tiny")));
        QueueFingerprint before = fingerprint(folder);
        assertThat(before.presentation().get("bank_holidays")).matches("1 date to 2015-12-25 \\([0-9a-f]{8}\\)");
        folder.write("bank_holidays.csv", "date,name\n2015-12-25,Christmas\n");
        assertThat(fingerprint(folder)).isEqualTo(before);

        folder.write("bank_holidays.csv", "date,name\n2015-12-28,Boxing Day\n2015-12-25,Christmas Day\n");

        QueueFingerprint after = fingerprint(folder);
        assertThat(after.queueDigest()).isEqualTo(before.queueDigest());
        assertThat(QueueDefinitions.differences(after.presentation(), before.presentation()))
                .containsExactly(entry("bank_holidays", before.presentation().get("bank_holidays")));
        assertThat(QueueDefinitions.differences(after.presentation(), Map.of("service", "desk")))
                .as("releases of an earlier version did not know them")
                .doesNotContainKey("bank_holidays");
        folder.edit(QUEUE, "service: desk", "service: every_day");
        assertThat(fingerprint(folder).presentation()).doesNotContainKey("bank_holidays");
    }

    private static QueueFingerprint fingerprint(TinyFolder folder) {
        return QueueFingerprint.of(folder.read()).get(0);
    }

    @TestFactory
    Stream<DynamicTest> errors() {
        return Stream.of(
                test(
                        "calendar of a queue with another name",
                        folder -> withCalendar(folder).edit(QUEUE, "service: desk", "service: dexk"),
                        "queues/awaiting_examination.yml:7: service: there is no calendar 'dexk'; did you mean "
                                + "'desk'?"),
                edit(
                        "service without calendars",
                        QUEUE,
                        "enters: [received]",
                        "service: workingdays\nenters: [received]",
                        "queues/awaiting_examination.yml:7: service: there is no calendar 'workingdays'; did you mean "
                                + "'working_days'?"),
                edit(
                        "service that is like none",
                        QUEUE,
                        "enters: [received]",
                        "service: desk\nenters: [received]",
                        "queues/awaiting_examination.yml:7: service: there is no calendar 'desk'; the days of service "
                                + "are every_day, working_days"),
                calendar(
                        "date in both lists",
                        "open: [2015-12-20]",
                        "open: [2015-12-20, 2015-12-26]",
                        "calendars/desk.yml:6: open[1]: 2015-12-26 is also in closed[1]; remove one of the two"),
                calendar(
                        "date that does not exist",
                        "open: [2015-12-20]",
                        "open: [2015-02-29]",
                        "calendars/desk.yml:6: open[0]: there is no date '2015-02-29'; write an existing date, such as "
                                + "2015-01-31"),
                calendar(
                        "no day of the week",
                        "days: [saturday, monday]",
                        "days: []",
                        "calendars/desk.yml:3: days: is an empty list; list at least one"),
                calendar(
                        "day that is misspelt",
                        "days: [saturday, monday]",
                        "days: [saturday, munday]",
                        "calendars/desk.yml:3: days[1]: 'munday' is not one of monday, tuesday, wednesday, thursday, "
                                + "friday, saturday, sunday; did you mean 'monday'?"),
                test(
                        "bank holidays that nobody listed",
                        folder -> withCalendar(folder).write("bank_holidays.csv", "date,name\n"),
                        "calendars/desk.yml:4: except_bank_holidays: is true, but bank_holidays.csv lists no bank "
                                + "holiday; list them there, or write false"),
                test(
                        "bank holidays without a file",
                        folder -> withCalendar(folder).delete("bank_holidays.csv"),
                        "calendars/desk.yml:4: except_bank_holidays: is true, but bank_holidays.csv lists no bank "
                                + "holiday; list them there, or write false"),
                test(
                        "name of days that need no calendar",
                        folder -> withCalendar(folder).write("calendars/every_day.yml", """
                                        calendar: every_day
                                        title: Every day
                                        days: [sunday]
                                        except_bank_holidays: false
                                        """),
                        "calendars/every_day.yml:1: calendar: 'every_day' needs no calendar: every queue may name it "
                                + "in service; rename the calendar and its file, or remove the file"));
    }
}
