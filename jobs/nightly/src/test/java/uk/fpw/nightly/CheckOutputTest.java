package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What programs get from {@code fpw check}. */
class CheckOutputTest extends FpwTesting {

    private static final Map<String, String> KEY = Map.of("FPW_PSEUDONYM_KEY", "00112233".repeat(8));

    @BeforeEach
    void makeForce() {
        run(Map.of(), "init", "kent");
        out.reset();
    }

    private JsonNode check(int exitCode, String... options) {
        List<String> arguments = new ArrayList<>(List.of("check", "--force", "kent", "--format", "json"));
        arguments.addAll(List.of(options));
        assertThat(run(KEY, arguments.toArray(String[]::new))).as(text(err)).isEqualTo(exitCode);
        return CommandOutput.of("check", text(out));
    }

    @Test
    void validFolderHasCountsAndSaysWhetherARunCanStart() throws IOException {
        Path feed = folder.resolve("kent/feeds/devices.yml");
        Files.writeString(feed, Files.readString(feed).replaceAll("(?m)^freshness:.*\\R", ""));
        JsonNode check = check(0, "--quick", "--date", "2026-11-23");

        assertThat(check.get("force").asText()).isEqualTo("kent");
        assertThat(check.get("is_valid").asBoolean()).isTrue();
        assertThat(check.get("feed_count").asInt()).isEqualTo(1);
        assertThat(check.get("are_queries_valid").isNull()).isTrue();
        assertThat(check.get("business_date").asText()).isEqualTo("2026-11-23");
        assertThat(check.get("can_start").asBoolean()).isTrue();
        assertThat(check.get("errors")).isEmpty();
        assertThat(check.get("warnings").toString())
                .isEqualTo("[\"feeds/devices.yml: freshness is missing, so a file that was not renewed counts as that "
                        + "of the business date; add 'freshness: {dated_by: file_name, max_age_days: 7}', or "
                        + "'freshness: none' if it is not renewed\"]");
    }

    @Test
    void everyErrorHasItsFileLineAndFieldAndTheExitCodeStays() throws IOException {
        Path feed = folder.resolve("kent/feeds/devices.yml");
        Files.writeString(feed, Files.readString(feed).replace("extract: full", "extract: ful"));
        JsonNode check = check(2, "--quick");

        assertThat(check.get("is_valid").asBoolean()).isFalse();
        assertThat(check.get("unavailable_reason").asText())
                .isEqualTo("the force folder could not be read, see errors");
        JsonNode error = check.get("errors").get(0);
        assertThat(error.get("file").asText()).isEqualTo("feeds/devices.yml");
        assertThat(error.get("field").asText()).isEqualTo("extract");
        assertThat(text(err))
                .isEqualTo("fpw: the force folder has 1 error:\n  feeds/devices.yml:"
                        + error.get("line").asInt() + ": extract: "
                        + error.get("problem").asText() + "; "
                        + error.get("remedy").asText() + "\n");
    }

    @Test
    void runThatCannotStartIsAnErrorOfNoFile() {
        JsonNode check = check(2, "--quick", "--date", "2031-01-01");

        assertThat(check.get("can_start").asBoolean()).isFalse();
        assertThat(check.get("errors").get(0).get("file").isNull()).isTrue();
        assertThat(text(err))
                .isEqualTo("fpw: " + check.get("errors").get(0).get("problem").asText() + "\n");
    }
}
