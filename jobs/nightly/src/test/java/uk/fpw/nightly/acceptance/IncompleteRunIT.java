package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run without a feed is released if requested, reports what is missing, and the next run fills it in. */
@Tag("thorough")
class IncompleteRunIT {

    private static final LocalDate FIRST = KeptNights.FIRST;
    private static final LocalDate SECOND = FIRST.plusDays(1);
    private static final LocalDate THIRD = FIRST.plusDays(2);

    @TempDir
    private static Path folder;

    @Test
    void missingFeedMakesItsFiguresUnavailableAndIsCaughtUp() throws IOException {
        Installation fpw = Installation.here(folder);
        TrialForce whole = TrialForce.existing(KeptNights.inARow().resolve("force"));
        TrialForce late = KeptNights.first(fpw, folder);
        String force = late.folder().toString();
        late.writeDevices(SECOND, TrialForce.devices(SECOND));
        assertThat(fpw.run("nightly", "--force", force, "--date", SECOND.toString())
                        .exitCode())
                .isEqualTo(4);
        assertThat(late.currentRelease()).isEqualTo("2025-03-01.1");

        Installation.Outcome night = fpw.run("nightly", "--force", force, "--date", SECOND.toString(), "--incomplete");
        assertThat(night.exitCode()).as(night.toString()).isEqualTo(9);
        String missing = "exits, complete to 2025-03-01: " + late.exitsFile(SECOND) + ": the file does not exist";
        assertThat(night.out()).contains("\n  " + missing);
        assertThat(late.currentRelease()).isEqualTo("2025-03-02.2");
        assertThat(fpw.query(
                        late.folder(),
                        "select \"day\", waiting_count, is_available, unavailable_reason, data_as_at from "
                                + "mart.queue_daily"
                                + " where is_total and \"day\" >= date '2025-03-01' order by 1"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"day\":\"2025-03-01\",\"waiting_count\":" + waiting(fpw, whole, FIRST)
                                + ",\"is_available\":true,\"unavailable_reason\":null,\"data_as_at\":\"2025-03-01\"}",
                        "{\"day\":\"2025-03-02\",\"waiting_count\":null,\"is_available\":false,"
                                + "\"unavailable_reason\":\"feed exits (delivered daily) last loaded "
                                + "completely for 2025-03-01; last known: "
                                + waiting(fpw, whole, FIRST) + "\",\"data_as_at\":\"2025-03-01\"}");
        assertThat(fpw.succeed("status", "--force", force).out())
                .contains("; missing: exits (complete to 2025-03-01)\n")
                .contains("released without " + missing);
        assertThat(fpw.succeed("releases", "--force", force).out())
                .contains("\n      missing: exits (complete to 2025-03-01)\n");

        // asked again, it reports the same
        Installation.Outcome again = fpw.run("release", "--force", force, "--date", SECOND.toString(), "--incomplete");
        assertThat(again.exitCode()).as(again.toString()).isEqualTo(9);
        assertThat(again.out()).contains("was already released").contains("exits, complete to 2025-03-01");

        late.drop(THIRD);
        fpw.succeed("nightly", "--force", force, "--date", THIRD.toString());
        assertThat(release(late, "2025-03-03.1")).isEqualTo(release(whole, "2025-03-03.1"));

        // nothing at all to load is not a night
        assertThat(fpw.run("nightly", "--force", force, "--date", "2025-03-04", "--incomplete")
                        .exitCode())
                .isEqualTo(4);
        assertThat(late.currentRelease()).isEqualTo("2025-03-03.1");
    }

    private static String waiting(Installation fpw, TrialForce force, LocalDate day) {
        return fpw.query(
                        force.folder(),
                        "select waiting_count from mart.queue_daily where is_total and \"day\" = date '" + day + "'")
                .get(0)
                .get("waiting_count")
                .asText();
    }

    /** Digest and feeds. */
    private static String release(TrialForce force, String releaseId) throws IOException {
        JsonNode release = new ObjectMapper()
                .readTree(force.warehouse()
                        .resolve("releases/" + releaseId + "/release.json")
                        .toFile());
        return release.get("digest").asText() + " " + release.get("feeds");
    }
}
