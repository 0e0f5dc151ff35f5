package uk.fpw.ingest.file;

import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises by its first bytes a file that is not the text that the feed declares. */
final class ContentCheck {

    /** Number of bytes to examine. */
    static final int LENGTH = 64;

    /** A kind of content, recognised by its first bytes in hex. */
    private record Kind(String start, String what, String remedy) {}

    private static final String AS_CSV = "ask the source to write it as CSV (a workbook: save as CSV UTF-8)";

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "504b0304", "a zip archive or a workbook (xlsx)", AS_CSV + ", or unpack it before the nightly run"),
            new Kind("504b0506", "an empty zip archive", "check what the source delivered, and replace it"),
            new Kind("d0cf11e0a1b11ae1", "a workbook or document in an old Office format (xls)", AS_CSV),
            new Kind("25504446", "a PDF document", AS_CSV),
            new Kind("50415231", "a Parquet file", AS_CSV));

    private ContentCheck() {}

    /** Rejects content that is not text in the encoding of the feed. */
    static void refuse(FeedFile file, Charset encoding, byte[] start) {
        String hex = HexFormat.of().formatHex(start);
        for (Kind kind : KINDS) {
            if (hex.startsWith(kind.start())) {
                throw file.badData(0, "the content is " + kind.what() + ", not text", kind.remedy());
            }
        }
        String marked = hex.startsWith("efbbbf")
                ? "UTF-8"
                : hex.startsWith("fffe") ? "UTF-16LE" : hex.startsWith("feff") ? "UTF-16BE" : "";
        if (!marked.isEmpty() && !marked.startsWith(encoding.name())) {
            throw file.badData(
                    1,
                    "the file starts with the byte-order mark of " + marked + ", but " + file.definition()
                            + " declares the encoding " + encoding.name(),
                    "set format.encoding: " + marked);
        }
        String likely = marked.isEmpty() && !encoding.name().startsWith("UTF-16") ? unmarked(start) : null;
        if (likely != null) {
            throw file.badData(
                    1,
                    "every second byte at the start of the file is zero, as in " + likely + ", but " + file.definition()
                            + " declares the encoding " + encoding.name(),
                    "set format.encoding: " + likely + ", or ask the source to write " + encoding.name());
        }
    }

    /**
     * The UTF-16 variant of a file without a byte-order mark that starts with ASCII characters; null if it is neither.
     */
    private static @Nullable String unmarked(byte[] start) {
        if (start.length < 4) {
            return null;
        }
        boolean isLittle = true;
        boolean isBig = true;
        for (int i = 0; i + 1 < start.length; i += 2) {
            isLittle &= start[i] != 0 && start[i + 1] == 0;
            isBig &= start[i] == 0 && start[i + 1] != 0;
        }
        return isLittle ? "UTF-16LE" : isBig ? "UTF-16BE" : null;
    }
}
