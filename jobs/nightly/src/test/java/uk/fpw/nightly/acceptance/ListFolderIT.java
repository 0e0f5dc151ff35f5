package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a list to a first figure: the folder that {@code fpw init --from} drafts, and figures counted from the list. */
@Tag("thorough")
class ListFolderIT {

    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final LocalDate AS_AT = LocalDate.of(2026, 11, 23);

    @TempDir
    private static Path folder;

    /** One row of the list; a device leaves on the first of its dates. */
    private record Device(
            int number,
            String type,
            LocalDate received,
            @Nullable LocalDate examined,
            @Nullable LocalDate withdrawn) {

        static Device of(int number) {
            LocalDate received = LocalDate.of(2026, 7, 6).plusDays(number);
            LocalDate examined = received.plusDays(9 + number * 37L % 60);
            LocalDate withdrawn = received.plusDays(20);
            return new Device(
                    number,
                    List.of("computer", "phone", "tablet").get(number % 3),
                    received,
                    number % 4 == 0 || examined.isAfter(AS_AT) ? null : examined,
                    number % 10 != 0 || withdrawn.isAfter(AS_AT) ? null : withdrawn);
        }

        String row() {
            return "DFU/%d,%s,PC %d Example,%s,%s,%s\n"
                    .formatted(number, type, number, text(received), text(examined), text(withdrawn));
        }

        private static String text(@Nullable LocalDate date) {
            return date == null ? "" : WRITTEN.format(date);
        }

        boolean hasLeftBefore(LocalDate day) {
            return Stream.of(examined, withdrawn).anyMatch(date -> date != null && date.isBefore(day));
        }
    }

    @Test
    void figuresOfADraftedFolderAreThoseOfItsList() throws IOException {
        Installation fpw = Installation.here(Files.createDirectories(folder.resolve("begin")));
        List<Device> devices = Stream.iterate(0, number -> number + 1)
                .limit(135)
                .map(Device::of)
                .toList();
        StringBuilder list = new StringBuilder("Exhibit,Device type,Officer,Received,Examined,Withdrawn\n");
        devices.forEach(device -> list.append(device.row()));
        Path csv = Files.writeString(folder.resolve("devices 2026-11-23.csv"), list);
        String kent = folder.toRealPath().resolve("kent").toString();

        assertThat(fpw.run("init", kent, "--from", csv.toString()).err())
                .as("a device with both dates: is one of them a step?")
                .contains("have both Examined and Withdrawn", "--left");
        assertThat(fpw.succeed("init", kent, "--from", csv.toString(), "--left", "Examined", "--left", "Withdrawn")
                        .out())
                .contains("it waits from Received to the first of Examined, Withdrawn.\n")
                .doesNotContain("Example");
        assertThat(fpw.succeed("test", "--force", kent).out()).doesNotContain("DIFFERS");
        fpw.succeed("nightly", "--force", kent, "--date", AS_AT.toString());

        assertThat(Installation.rows(fpw.succeed("query", "--force", kent, "--format", "json", """
                        select month_start_on, received_count, left_count, waiting_count
                        from mart.queue_monthly where is_total order by month_start_on
                        """)))
                .extracting(month -> month.get("month_start_on").asText() + " "
                        + month.get("received_count").asText() + " "
                        + month.get("left_count").asText() + " "
                        + month.get("waiting_count").asText())
                .containsExactlyElementsOf(months(devices));
        assertThat(fpw.succeed("rejections", "--force", kent).out())
                .as("nothing refused, nothing excluded")
                .containsSubsequence("since\n  none\n", "uses\n  none\n");
    }

    /** Of each month: received, left, waiting at its end, or on the day of the list. */
    private static List<String> months(List<Device> devices) {
        List<String> months = new ArrayList<>();
        for (LocalDate first = LocalDate.of(2026, 7, 1); first.isBefore(AS_AT); first = first.plusMonths(1)) {
            LocalDate month = first;
            LocalDate next = first.plusMonths(1);
            long received = devices.stream()
                    .filter(device -> device.received.withDayOfMonth(1).equals(month))
                    .count();
            long leftBefore = devices.stream()
                    .filter(device -> device.hasLeftBefore(month))
                    .count();
            long leftByEnd = devices.stream()
                    .filter(device -> device.hasLeftBefore(next))
                    .count();
            long receivedByEnd = devices.stream()
                    .filter(device -> device.received.isBefore(next))
                    .count();
            months.add("%s %d %d %d".formatted(month, received, leftByEnd - leftBefore, receivedByEnd - leftByEnd));
        }
        return months;
    }
}
