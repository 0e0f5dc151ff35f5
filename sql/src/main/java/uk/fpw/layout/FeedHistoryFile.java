package uk.fpw.layout;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file {@link WarehouseFolder#feedHistory()}: where all versions of the rows of each feed are, for readers without
 * the catalog. Each release replaces it. Erased rows cannot be read with an old one, since the files that had them are
 * deleted.
 *
 * @param releaseId release with which it was written
 * @param feeds all feeds of the force, by name
 */
public record FeedHistoryFile(ReleaseId releaseId, List<Feed> feeds) {

    public FeedHistoryFile {
        requireNonNull(releaseId, "release_id: missing");
        feeds = List.copyOf(requireNonNull(feeds, "feeds: missing"));
    }

    /**
     * The versions of one feed.
     *
     * @param columns the columns that the feed declared; type is {@code text, bigint, decimal, boolean, date} or
     *     {@code timestamp}
     * @param withdrawnLoads loads whose versions are in the files and do not count
     * @param files Parquet files relative to the warehouse folder; none before the first load
     */
    public record Feed(String name, List<ReleaseFile.Column> columns, List<String> withdrawnLoads, List<String> files) {
        public Feed {
            requireNonNull(name, "feeds: a name is missing");
            columns = List.copyOf(requireNonNull(columns, () -> "columns of " + name + ": missing"));
            withdrawnLoads =
                    List.copyOf(requireNonNull(withdrawnLoads, () -> "withdrawn_loads of " + name + ": missing"));
            files = List.copyOf(requireNonNull(files, () -> "files of " + name + ": missing"));
        }
    }

    /** See {@link JsonChecksum}. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    String checksum() {
        return JsonChecksum.NONE;
    }

    /** The file as JSON. */
    public byte[] toJson() {
        return JsonChecksum.write(this);
    }

    /**
     * Reads the file.
     *
     * @throws IOException if it is missing or is not what was written; the message says why
     */
    public static FeedHistoryFile read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        JsonChecksum.require(file, content, false);
        try {
            return JsonMappers.snakeCase().readValue(content, FeedHistoryFile.class);
        } catch (JsonProcessingException wrong) {
            throw new IOException(JsonMappers.reason(wrong), wrong);
        }
    }
}
