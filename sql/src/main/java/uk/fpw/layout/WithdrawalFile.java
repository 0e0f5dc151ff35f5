package uk.fpw.layout;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The file {@link ReleaseFolder#withdrawalMark()}, which shows readers without a database that a release was withdrawn.
 *
 * @param withdrawnBy operating-system user
 * @param reason in the words of the person
 */
public record WithdrawalFile(ReleaseId releaseId, Instant withdrawnAt, String withdrawnBy, String reason) {

    public WithdrawalFile {
        requireNonNull(withdrawnAt, "withdrawn_at: missing");
    }

    /** The day of the withdrawal in UTC. */
    public LocalDate withdrawnOn() {
        return LocalDate.ofInstant(withdrawnAt, ZoneOffset.UTC);
    }

    /** When, by whom and why, such as {@code 2016-01-13 by ann: counted twice}. */
    public String describe() {
        return withdrawnOn() + " by " + withdrawnBy + ": " + reason;
    }

    /** The file as JSON. */
    public byte[] toJson() {
        try {
            return JsonMappers.snakeCase().writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("text can always be written as JSON", impossible);
        }
    }

    /**
     * Reads the file.
     *
     * @throws IOException if it is missing or invalid; the message says why
     */
    public static WithdrawalFile read(Path file) throws IOException {
        try {
            return JsonMappers.snakeCase().readValue(Files.readAllBytes(file), WithdrawalFile.class);
        } catch (JsonProcessingException wrong) {
            throw new IOException(JsonMappers.reason(wrong), wrong);
        }
    }
}
