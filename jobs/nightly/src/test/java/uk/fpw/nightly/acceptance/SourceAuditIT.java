package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights of the folder of {@code fpw init} with codes, dates and a closed list. */
@Tag("thorough")
class SourceAuditIT {

    private static final String HEADER = "Exhibit,Case,Device type,Received,Closed,Reason,Officer\n";
    private static final String ROWS = """
            DFU/1,C-101,computer,03/11/2026,17/11/2026,EX,PC 1
            DFU/2,C-101,phone,03/11/2026,,,PC 1
            DFU/3,C-102,CANTYPE John Smith 1 Acacia,09/11/2026,,,PC 2
            DFU/4,C-103,tablet,10/11/2026,16/11/2026,Z3,PC 2
            dfu/4,C-103,tablet,10/11/2026,,,PC 2
            """;
    private static final String UNLISTED = "UNLISTED_CODE: 1 rows: codes that are not listed: reason 'Z3' (1 row of 1 "
            + "item). Add them to 'codes' in feeds/devices.yml with their event, or 'ignored', and to the staging "
            + "query";

    @TempDir
    private Path folder;

    @Test
    void whatIsNotListedIsToldOnceAndAgainWhenItChanges() throws IOException {
        Installation fpw = Installation.here(folder);
        Path kent = folder.toRealPath().resolve("kent");
        fpw.succeed("init", kent.toString());
        closeByCodes(kent);

        Files.writeString(kent.resolve("drop/devices_2026-11-23.csv"), HEADER + ROWS);
        assertThat(night(fpw, kent, "2026-11-23"))
                .contains(UNLISTED)
                .contains("devices TABLET: 2 rows: it is a tablet")
                .contains("devices ITEMS_DIFFER: 1 rows: items that differ from another one of the feed only in blanks "
                        + "and capitals")
                .contains("UNLISTED_VALUE: 1 rows: values that are not in the list of their column count as (not "
                        + "listed): device_type: 1 value in 1 row, such as [7 letters] [4 letters] [5 letters] d [6 "
                        + "letters]. Correct them")
                .doesNotContain("Acacia", "CODES_AND_EVENTS");
        assertThat(fpw.query(kent, "select distinct slice_value from mart.queue_daily where slice = 'device_type'")
                        .toString())
                .contains("(not listed)")
                .doesNotContain("Acacia");

        // the same again with another device: nothing about it has changed
        Files.writeString(
                kent.resolve("drop/devices_2026-11-24.csv"), HEADER + ROWS + "DFU/5,C-104,phone,24/11/2026,,,PC 1\n");
        assertThat(night(fpw, kent, "2026-11-24"))
                .doesNotContain("UNLISTED", "CODES_AND_EVENTS", "ITEMS_DIFFER", "TABLET");

        // staging drops withdrawn devices
        Path staging = kent.resolve("staging/device_events.sql");
        Files.writeString(staging, Files.readString(staging).replace(" or reason = 'WD'", ""));
        Files.writeString(
                kent.resolve("drop/devices_2026-11-25.csv"),
                HEADER + ROWS.replace("phone,03/11/2026,,", "phone,03/11/2026,25/11/2026,WD")
                        + "DFU/5,C-104,phone,24/11/2026,25/11/2026,Z3,PC 1\n");
        assertThat(night(fpw, kent, "2026-11-25"))
                .contains(
                        UNLISTED.replace("1 row of 1 item", "2 rows of 2 items").replace(": 1 rows", ": 2 rows"))
                .contains(
                        "CODES_AND_EVENTS: 1 rows: items whose codes and dates differ from their events: withdrawn: 1 "
                                + "item without the event of a row. Correct the staging query")
                .doesNotContain("UNLISTED_VALUE", "Acacia");
    }

    private static String night(Installation fpw, Path kent, String date) {
        return fpw.succeed("nightly", "--force", kent.toString(), "--date", date)
                .out();
    }

    /** Instead of a date for each way to leave, the register has one date and a reason. */
    private static void closeByCodes(Path kent) throws IOException {
        Path feed = kent.resolve("feeds/devices.yml");
        Files.writeString(
                feed,
                Files.readString(feed)
                        .replaceAll("(?m)^dates: .*", """
                                codes: {reason: {EX: examined, WD: withdrawn}}
                                dates: {received_on: received, closed_on: reason}""")
                        .replaceAll("(?m)^  - [{]name: withdrawn_on.*\n", "")
                        .replaceAll("(?m)^  - [{]name: examined_on.*", """
                                  - {name: closed_on, from: Closed, type: date, pattern: dd/MM/yyyy, privacy: \
                                not_personal}
                                  - {name: reason, from: Reason, type: text, privacy: not_personal}""")
                        .replace("\nignored:", "\nlimits: {max_refused_share: 0.5, max_changed_share: 1}\nignored:"));
        Files.writeString(kent.resolve("staging/device_events.sql"), """
                select
                    exhibit as item_key,
                    case_number as contributor_key,
                    'received' as event,
                    received_on as occurred_on,
                    1 as event_order,
                    device_type
                from devices
                union all
                select
                    exhibit,
                    case_number,
                    case reason when 'EX' then 'examined' when 'WD' then 'withdrawn' end,
                    closed_on,
                    2,
                    device_type
                from devices
                where closed_on is not null and (reason = 'EX' or reason = 'WD')
                """);
        Files.writeString(kent.resolve("rules/devices.yml"), """
                feed: devices
                rules:
                  - {code: TABLET, severity: warning, expression: device_type <> 'tablet', message: it is a tablet}
                """);
        Files.delete(kent.resolve("examples/how_they_leave.yml"));
    }
}
