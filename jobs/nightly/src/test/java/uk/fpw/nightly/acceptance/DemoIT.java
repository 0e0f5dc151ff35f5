package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the demo tells, against the generator's own truth, which knows nothing of the warehouse. */
class DemoIT {

    private static final LocalDate LAST = LocalDate.of(2015, 12, 31);

    /** One stay in a queue, as the truth states it. */
    private record Stay(String queue, String deviceType, String enteredOn, String leftOn) {

        boolean waitsAtTheEndOf(String day) {
            return enteredOn.compareTo(day) <= 0 && (leftOn.isEmpty() || leftOn.compareTo(day) > 0);
        }
    }

    @Test
    void fiveMinutesTellWhatIsTrueOfTheSyntheticForce() throws IOException {
        Installation.Outcome demo = Demo.run().outcome();
        List<String> lines = demo.out().lines().map(String::strip).toList();
        List<Stay> stays = truth();

        assertThat(lines)
                .startsWith(
                        "Fenmarch Police (synthetic). Everything you will see is invented; some of it was made to match figures that were published of a force.")
                .contains("What an analyst finds (Fenmarch Police (synthetic): every figure is of invented data)");
        assertThat(demo.err()).isEmpty();

        // the last night's figures, from the truth
        for (String day : List.of("2015-04-30", "2015-08-31", "2015-12-31")) {
            long with = waiting(stays, "awaiting_examination", day);
            long without = waiting(stays, "awaiting_examination_in_house", day);
            assertThat(waiting(stays, "with_provider", day)).as(day).isEqualTo(with - without);
            assertThat(lines)
                    .contains(String.format(Locale.ROOT, "%-23s %,9d %,30d %,22d", day, with, with - without, without));
        }
        long left = stays.stream()
                .filter(stay -> stay.queue().equals("awaiting_examination")
                        && stay.deviceType().equals("computer")
                        && stay.leftOn().compareTo("2014-11-20") > 0
                        && stay.leftOn().compareTo("2015-08-31") <= 0)
                .count();
        assertThat(waiting(stays, "awaiting_examination", "2014-11-20")).isEqualTo(142);
        assertThat(waiting(stays, "awaiting_examination", "2015-08-31")).isEqualTo(150);
        assertThat(lines)
                .contains(
                        "Computers awaiting examination: 142 on 2014-11-20, 150 on 2015-08-31. It looks as if little was done.",
                        "In those 284 days " + (left + 150 - 142) + " came in and " + left + " left.");

        // verdicts
        assertThat(lines)
                .anyMatch(line ->
                        line.matches("\"compared to 142 computers in November 2014\" +142 +142 +by construction"))
                .anyMatch(line -> line.matches("\"150 computers awaiting analysis\" +150 +150 +by construction"))
                .anyMatch(line -> line.matches("\"150 computers awaiting analysis\" +150 +132 +differs by"))
                .anyMatch(line -> line.matches(".* about 5 +- +not comparable"));

        // the case that no queue showed
        assertThat(lines)
                .contains(
                        "Open for eight months or more, devices seized, and neither interview nor analysis nor safeguarding recorded: one case.")
                .anyMatch(line -> line.matches(
                        "Case cases:[0-9a-f]{8}\\.\\.\\., known to the force since 2015-04-21, 254 days ago:"));

        // late rows, the broken file, the release that stands
        assertThat(lines)
                .contains(
                        "failed, as it should",
                        "fpw: no release was made, readers see what they saw before",
                        "Readers see release 2015-12-31.1, whole: "
                                + waiting(stays, "awaiting_examination", LAST.toString())
                                + " computers wait at the end of 2015-12-31.")
                .anyMatch(line -> line.startsWith("fpw: the night failed (exit code 3):"));
        assertThat(Demo.run()
                        .fpw()
                        .query(Demo.run().force(), "select distinct release_id from mart.queue_daily")
                        .toString())
                .isEqualTo("[{\"release_id\":\"2015-12-31.1\"}]");
        assertThat(demo.out() + demo.err()).doesNotContain("\tat ").doesNotContain("fenmarch-demo-key");
    }

    private static long waiting(List<Stay> stays, String queue, String day) {
        return stays.stream()
                .filter(stay ->
                        stay.queue().equals(queue) && stay.deviceType().equals("computer") && stay.waitsAtTheEndOf(day))
                .count();
    }

    private static List<Stay> truth() throws IOException {
        List<String> rows = Files.readAllLines(Demo.run().truth(LAST).resolve("stays.csv"));
        List<String> header = List.of(rows.get(0).split(",", -1));
        List<Stay> stays = new ArrayList<>();
        for (String row : rows.subList(1, rows.size())) {
            String[] fields = row.split(",", -1);
            stays.add(new Stay(
                    fields[header.indexOf("queue")],
                    fields[header.indexOf("device_type")],
                    fields[header.indexOf("entered_on")],
                    fields[header.indexOf("left_on")]));
        }
        return stays;
    }
}
