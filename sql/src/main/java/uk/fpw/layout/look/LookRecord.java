package uk.fpw.layout.look;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.JsonMappers;
import uk.fpw.text.Sha256;

/**
 * One record of a session: a line of its file. Each contains the hash of the record before it, so that a record that is
 * changed, removed or added later no longer fits.
 *
 * @param session number of the session, which is also the name of its file
 * @param number number of the record in the session, from 1
 * @param at when it was written, in milliseconds
 * @param by account of the operating system that ran the process, with the login if that is another account
 * @param command such as {@code fpw query}
 * @param release id of the release that is read; null unless the record is a {@link Kind#READ}, or if what is read is
 *     in no release
 * @param tables names of the tables that are read, such as {@code core.spell}; empty unless it is a {@link Kind#READ}
 * @param reason why, in the words of the person; null unless it is a {@link Kind#READ}
 * @param rows number of rows shown; null unless it is a {@link Kind#SHOWN}
 * @param previous hash of the record before; {@link #NONE} for the first one
 * @param hash SHA-256 of all other fields, in hexadecimal digits
 */
public record LookRecord(
        long session,
        int number,
        Kind kind,
        Instant at,
        String by,
        String command,
        @Nullable String release,
        List<String> tables,
        @Nullable String reason,
        @Nullable Long rows,
        String previous,
        String hash) {

    /** Stands for the hash of the record before the first one. */
    public static final String NONE = "none";

    /** What a record says. */
    public enum Kind {
        /** Rows of single cases or people are about to be shown. */
        @JsonProperty("read")
        READ,
        /** They were shown, and how many. */
        @JsonProperty("shown")
        SHOWN,
        /** The session has ended: no record follows. */
        @JsonProperty("closed")
        CLOSED;

        /** The word in files and tables. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of that word. */
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public LookRecord {
        requireNonNull(kind, "kind: missing");
        requireNonNull(at, "at: missing");
        requireNonNull(by, "by: missing");
        requireNonNull(command, "command: missing");
        tables = List.copyOf(requireNonNull(tables, "tables: missing"));
        requireNonNull(previous, "previous: missing");
        requireNonNull(hash, "hash: missing");
    }

    /** A new record, with its hash. */
    static LookRecord of(
            long session,
            int number,
            Kind kind,
            Instant at,
            String by,
            String command,
            @Nullable String release,
            List<String> tables,
            @Nullable String reason,
            @Nullable Long rows,
            String previous) {
        LookRecord unhashed =
                new LookRecord(session, number, kind, at, by, command, release, tables, reason, rows, previous, NONE);
        return new LookRecord(
                session,
                number,
                kind,
                at,
                by,
                command,
                release,
                tables,
                reason,
                rows,
                previous,
                unhashed.contentHash());
    }

    /** Whether the fields are those of which the hash was computed. */
    public boolean fitsItsHash() {
        return hash.equals(contentHash());
    }

    /** SHA-256 of all fields but the hash, each with its length, so that no two records have the same text. */
    public String contentHash() {
        StringBuilder text = new StringBuilder();
        for (Object field : new @Nullable Object[] {
            session, number, kind.word(), at, by, command, release, String.join(",", tables), reason, rows, previous
        }) {
            String value = String.valueOf(field);
            text.append(field == null ? "-" : value.length() + ":" + value).append(';');
        }
        return Sha256.hex(text.toString());
    }

    /** The line of the file, without its end. */
    String toLine() throws IOException {
        return JsonMappers.snakeCase()
                .writer()
                .without(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(this);
    }

    /**
     * Reads a line.
     *
     * @throws IOException if it is not a record
     */
    static LookRecord parse(String line) throws IOException {
        return JsonMappers.snakeCase().readValue(line, LookRecord.class);
    }
}
