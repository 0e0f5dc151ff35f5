package uk.fpw.ingest.file;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.feed.ProcessedFiles;

/**
 * The digest of a file that is not read sequentially. It is computed after the last row, provided that the file has not
 * changed meanwhile.
 */
public final class DigestedFile {

    private final FeedFile file;
    private final ProcessedFiles.@Nullable State state;

    /** A file before reading. */
    public DigestedFile(FeedFile file) {
        this.file = file;
        this.state = ChangedFiles.state(file.path());
    }

    /**
     * SHA-256 (hex) of the file in the drop folder.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code UNAVAILABLE} if it changed while it was read
     */
    public String digest() {
        String digest = ChangedFiles.digest(file.path());
        if (digest == null || !Objects.equals(ChangedFiles.state(file.path()), state)) {
            throw file.changed();
        }
        return digest;
    }
}
