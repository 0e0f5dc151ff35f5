package uk.fpw.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.ForceFolder;

class ForceDraftTest extends ProfilerTesting {

    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);

    /** Every third is examined, every fourth of the others is withdrawn; one of them before it came. */
    private static String devices(int rows) {
        StringBuilder list = new StringBuilder("Exhibit ref,Type,Status,Date received,Examined on,Withdrawn on\n");
        for (int row = 0; row < rows; row++) {
            boolean isExamined = row % 3 == 0;
            list.append("EX/").append(row).append(row % 2 == 0 ? ",phone" : ",tablet");
            list.append(row % 5 == 0 ? ",open" : ",done")
                    .append(",")
                    .append(10 + row % 18)
                    .append("/11/2026");
            list.append(isExamined ? row == 0 ? ",09/11/2026" : ",28/11/2026" : ",");
            list.append(!isExamined && row % 4 == 0 ? ",27/11/2026\n" : ",\n");
        }
        return list.toString();
    }

    @Test
    void listWithAKeyBecomesAQueueWithRulesAndAnExample() {
        ForceDraft draft = draft("devices.csv", devices(63), ListOptions.NONE);

        assertThat(draft.businessDate()).isEqualTo(LocalDate.of(2026, 11, 28));
        assertThat(draft.findings())
                .containsExactly(
                        "An item is what Exhibit ref identifies; it waits from Date received to the first of Examined "
                                + "on, Withdrawn on.",
                        "Figures are sliced by Type.",
                        "In 1 row Examined on is before Date received: excluded, with the reason.",
                        "Of Examined on, 95.2 % are 2026-11-28: if that is when the list ends, those items still wait, "
                                + "and staging must leave it out.");
        assertThat(draft.files().keySet())
                .containsExactly(
                        "feeds/devices.yml",
                        "staging/devices_events.yml",
                        "staging/devices_events.sql",
                        "queues/devices_waiting.yml",
                        "rules/devices.yml",
                        "examples/how_they_leave.yml");
        assertThat(text(draft, "feeds/devices.yml"))
                .contains("\ndates: {date_received: received, examined_on: examined, withdrawn_on: withdrawn}    #");
        assertThat(text(draft, "staging/devices_events.sql")).isEqualTo("""
                -- What happened to each item: received, then examined or withdrawn.
                -- Grain: item_key, event. Reads: devices.
                with

                happened as (

                    select
                        `exhibit_ref` as item_key,
                        `type`,
                        stack(
                            3,
                            'received', `date_received`, 1,
                            'examined', `examined_on`, 2,
                            'withdrawn', `withdrawn_on`, 3
                        ) as (event, occurred_on, event_order)
                    from `devices`

                )

                select
                    item_key,
                    event,
                    occurred_on,
                    event_order,
                    `type`
                from happened
                where occurred_on is not null
                """);
        assertThat(text(draft, "queues/devices_waiting.yml"))
                .contains(
                        "\nenters: [received]\nleaves:\n  - {event: examined, as: examined, served: true}    # DECIDE")
                .contains("\n  - {event: withdrawn, as: withdrawn, served: false}    # DECIDE")
                .contains("; 95.2 % are 2026-11-28: if that is when the list ends, those items still wait")
                .contains("\nslices: [type]\nservice: every_day    # ")
                .doesNotContain("earliest_entry", "limits");
        assertThat(text(draft, "rules/devices.yml")).contains("""
                  - code: EXAMINED_EARLIER_THAN_RECEIVED
                    severity: exclude
                    expression: "`examined_on` is null or `examined_on` >= `date_received`"
                    message: "examined_on {examined_on} is earlier than date_received {date_received}"
                """);
        assertThat(text(draft, "examples/how_they_leave.yml")).contains("""
                  devices:
                    - {exhibit_ref: E1, date_received: 2026-11-08, examined_on: 2026-11-22}
                    - {exhibit_ref: E2, date_received: 2026-11-08, withdrawn_on: 2026-11-22}
                    - {exhibit_ref: E3, date_received: 2026-11-08}
                    - {exhibit_ref: E4, date_received: 2026-11-22, examined_on: 2026-11-08}
                expect:
                """);
        isValid(draft);
    }

    /** Times and dates together, without a key, of the last century, and half of the entries unknown. */
    @Test
    void listWithoutAKeyHasItsRowsAsItems() {
        StringBuilder list = new StringBuilder("opened at,closed on,order\n");
        for (int row = 0; row < 60; row++) {
            list.append(row % 2 == 0 ? "" : "1985-03-04 10:30")
                    .append(",1985-03-0")
                    .append(5 + row % 3);
            list.append(row % 4 < 2 ? ",alpha\n" : ",beta\n");
        }
        ForceDraft draft = draft("log 2026-11-30.csv", list.toString(), ListOptions.NONE);

        assertThat(draft.businessDate()).isEqualTo(LocalDate.of(2026, 11, 30));
        assertThat(draft.findings()).startsWith("An item is a row; it waits from opened at to closed on.");
        assertThat(draft.findings()).contains("30 rows have no opened at: excluded, with the reason.");
        assertThat(text(draft, "staging/log_events.sql")).contains("""
                        row_key as item_key,
                        `order`,
                        stack(
                            2,
                            'opened', cast(`opened_at` as date), `opened_at`, 1,
                            'closed', `closed_on`, cast(null as timestamp), 2
                        ) as (event, occurred_on, occurred_at, event_order)
                """);
        assertThat(text(draft, "queues/log_waiting.yml"))
                .contains("\nearliest_entry: 1985-03-04    # DECIDE")
                .contains("\nlimits: {max_left_out_share: 0.61}    # DECIDE: 50.0 % of the rows are excluded");
        assertThat(draft.files()).doesNotContainKey("examples/how_they_leave.yml");
        isValid(draft);
    }

    @Test
    void twoColumnsThatAreAKeyTogetherMakeRowsItems() {
        StringBuilder list = new StringBuilder("case,visit,opened,closed\n");
        for (int row = 0; row < 60; row++) {
            list.append(row / 6).append(',').append(row % 6).append(",01/11/2026,20/11/2026\n");
        }
        ForceDraft draft = draft("visits.csv", list.toString(), ListOptions.NONE);

        assertThat(text(draft, "feeds/visits.yml"))
                .contains(
                        "# no single column is unique, two together are, so that each row counts as an item\nkey: row");
        isValid(draft);
    }

    @Test
    void whatIsNamedIsTaken() {
        String list = devices(60)
                .replace("Date received", "started")
                .replace("Examined on", "dob")
                .replace("Withdrawn on", "seen")
                .replace("Status", "opened by");
        ForceDraft draft = draft(
                "devices.csv", list, new ListOptions("STARTED", List.of("seen", "Seen"), "exhibit_ref", List.of()));

        assertThat(draft.events.values()).containsExactly("started", "seen");
        assertThat(draft.slices).isEmpty();
        isValid(draft);
    }

    @Test
    void whatCannotBeToldNamesItsOption() {
        refuses(devices(60).replace("Date received", "first seen"), ListOptions.NONE)
                .hasMessage("devices.csv: no column of dates has a name that says when an item comes; name it with "
                        + "--entered: one of first seen, Examined on, Withdrawn on");
        refuses(devices(60).replace("Examined on", "a").replace("Withdrawn on", "b"), ListOptions.NONE)
                .hasMessageEndingWith("says when an item leaves; name what ends the wait with --left, several times if "
                        + "one of several dates ends it: a, b");
        refuses(devices(60).replace(",\n", ",29/11/2026\n"), ListOptions.NONE)
                .hasMessageContaining("rows have both Examined on and Withdrawn on, so that one of them may be a step");
        refuses(devices(60).replace("Withdrawn on", "Lost on"), ListOptions.NONE)
                .hasMessage("devices.csv: rows that have no Examined on have Lost on, which may end the wait as well; "
                        + "name what ends the wait with --left, several times if one of several dates ends it: "
                        + "Examined on, Lost on");
        refuses("id,received\n1,01/11/2026\n2,01/11/2026\n", ListOptions.NONE)
                .hasMessageContaining("a wait needs two dates")
                .hasMessageContaining("but only received holds dates");
        refuses("id,dob,received\n1,01/11/1980,02/11/2026\n2,01/11/1981,03/11/2026\n", ListOptions.NONE)
                .hasMessageContaining("but only received holds dates beside what may be dates of birth: dob; if some")
                .hasMessageEndingWith("name them with --entered and --left");
        refuses(devices(60), new ListOptions("Type", List.of(), null, null))
                .hasMessageContaining("--entered Type: the column holds no dates that can be read");
        refuses(devices(60), new ListOptions("nothing", List.of(), null, null))
                .hasMessageContaining("--entered nothing: there is no such column; the columns are Exhibit ref, Type");
        refuses(devices(60), new ListOptions(null, List.of("Date received"), null, null))
                .hasMessageContaining("no column of dates has a name that says when an item comes");
        refuses(devices(60), new ListOptions(null, List.of(), "Type", null))
                .hasMessageContaining("--item Type: the column is blank or the same in several rows");
        refuses(devices(60), new ListOptions(null, List.of(), null, List.of("Exhibit ref")))
                .hasMessageContaining("--slice Exhibit ref: the column is no text with a short list of values");
        refuses(
                        devices(60).replace("Date received", "Date of birth"),
                        new ListOptions("Date of birth", List.of(), null, null))
                .hasMessageContaining("--entered Date of birth: the column holds dates of birth");
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refuses(
            String list, ListOptions options) {
        return assertThatThrownBy(() -> draft("devices.csv", list, options)).isInstanceOf(FpwException.class);
    }

    private ForceDraft draft(String name, String content, ListOptions options) {
        try {
            Path file = Files.writeString(folder.resolve(name), content);
            return ForceDraft.of(ProfiledSource.of(file, false), options, TODAY, folder, rows -> {});
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String text(ForceDraft draft, String file) {
        return Objects.requireNonNull(draft.files().get(file));
    }

    /** As a force folder. */
    private void isValid(ForceDraft draft) {
        try {
            Path force = folder.resolve("force");
            for (String file : draft.files().keySet()) {
                Files.createDirectories(force.resolve(file).getParent());
                Files.writeString(force.resolve(file), text(draft, file));
            }
            Files.writeString(
                    force.resolve("force.yml"),
                    "force: test\nname: Test\nzone: Europe/London\nstorage:\n  warehouse: ../warehouse\n");
            Files.writeString(
                    force.resolve("connections.yml"), "connections:\n  - {name: drop, kind: files, path: drop}\n");
            assertThat(ForceFolder.read(force).queues()).hasSize(1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
