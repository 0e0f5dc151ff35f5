package uk.fpw.warehouse.store.absence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.compress.CompressDeflate;
import org.h2.compress.CompressLZF;
import org.h2.compress.Compressor;
import org.h2.mvstore.DataUtils;
import org.jspecify.annotations.Nullable;

/**
 * Searches the pages of a database file of H2, decompressed: a file of blocks, in which each transaction is a chunk of
 * pages. Rows that were deleted, and whole chunks that are no longer used, remain in the file until it is compacted. A
 * chunk that was partly overwritten cannot be decompressed completely; after compaction there is none.
 */
final class H2Contents {

    private static final int BLOCK = 4096;

    /** The first two blocks are the header of the file and its copy. */
    private static final int HEADER_BLOCKS = 2;

    private static final Pattern CHUNK = Pattern.compile(
            "chunk:(?<id>[0-9a-f]{1,8}),len:(?<blocks>[0-9a-f]{1,8}),pages:(?<pages>[0-9a-f]{1,8}),[a-zA-Z:,0-9]* *\n");

    /** The header of a chunk is shorter. */
    private static final int LONGEST_HEADER = 256;

    private static final int PAGE_PREFIX = Integer.BYTES + Short.BYTES;

    private final InputStream in;
    private final ByteSearch search;
    private boolean isComplete = true;

    private byte[] block = new byte[0];
    private int position;
    private long blocksLeft;

    private H2Contents(InputStream in, ByteSearch search) {
        this.in = in;
        this.search = search;
    }

    static void search(InputStream in, ByteSearch search) throws IOException, Unsearched {
        H2Contents contents = new H2Contents(in, search);
        contents.search();
        if (!contents.isComplete) {
            throw new Unsearched("is a database file of H2 with free space that cannot be decompressed; it must be "
                    + "compacted first");
        }
    }

    private void search() throws IOException {
        for (int i = 0; i < HEADER_BLOCKS; i++) {
            in.readNBytes(BLOCK);
        }
        block = in.readNBytes(BLOCK);
        while (block.length > 0) {
            Matcher header = header();
            if (header == null) {
                isComplete &= isEmpty();
                block = in.readNBytes(BLOCK);
            } else {
                blocksLeft = Long.parseLong(header.group("blocks"), 16);
                position = header.end();
                isComplete &= pages(
                        Integer.parseUnsignedInt(header.group("id"), 16), Long.parseLong(header.group("pages"), 16));
                if (position > 0 || header() == null) {
                    finishChunk();
                }
            }
        }
    }

    /** The header of a chunk at the beginning of the block; null if there is none. */
    private @Nullable Matcher header() {
        Matcher header = CHUNK.matcher(
                new String(block, 0, Math.min(block.length, LONGEST_HEADER), StandardCharsets.ISO_8859_1));
        return header.lookingAt() ? header : null;
    }

    private boolean isEmpty() {
        for (byte one : block) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads the rest of a chunk after its pages; the end of a file, or the begin of another chunk, may come first. */
    private void finishChunk() throws IOException {
        do {
            block = in.readNBytes(BLOCK);
            blocksLeft--;
        } while (blocksLeft > 0 && block.length > 0 && header() == null);
    }

    /**
     * Reads within a chunk.
     *
     * @return whether the chunk has so many bytes; not if it was partly overwritten with another one, which then begins
     *     at position 0 of the block
     */
    private boolean read(byte[] bytes, int from) throws IOException {
        int at = from;
        while (at < bytes.length) {
            if (position == block.length) {
                if (blocksLeft <= 1) {
                    return false;
                }
                block = in.readNBytes(BLOCK);
                position = 0;
                blocksLeft--;
                if (block.length == 0 || header() != null) {
                    return false;
                }
            }
            int length = Math.min(bytes.length - at, block.length - position);
            System.arraycopy(block, position, bytes, at, length);
            position += length;
            at += length;
        }
        return true;
    }

    /** Whether all pages of a chunk could be searched. */
    private boolean pages(int chunk, long count) throws IOException {
        int at = position;
        for (long page = 0; page < count; page++) {
            byte[] prefix = new byte[PAGE_PREFIX];
            if (!read(prefix, 0)) {
                return false;
            }
            int length = ByteBuffer.wrap(prefix).getInt();
            short check = ByteBuffer.wrap(prefix).getShort(Integer.BYTES);
            if (length < PAGE_PREFIX
                    || length > blocksLeft * BLOCK
                    || check
                            != (short) (DataUtils.getCheckValue(chunk)
                                    ^ DataUtils.getCheckValue(at)
                                    ^ DataUtils.getCheckValue(length))) {
                return false;
            }
            byte[] bytes = Arrays.copyOf(prefix, length);
            if (!read(bytes, PAGE_PREFIX)) {
                return false;
            }
            try {
                page(ByteBuffer.wrap(bytes, PAGE_PREFIX, length - PAGE_PREFIX));
            } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException overwritten) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private void page(ByteBuffer page) {
        DataUtils.readVarInt(page); // number of the page
        DataUtils.readVarInt(page); // map
        int keyCount = DataUtils.readVarInt(page);
        int type = page.get();
        if ((type & 1) == DataUtils.PAGE_TYPE_NODE) {
            page.position(page.position() + (keyCount + 1) * Long.BYTES);
            for (int i = 0; i <= keyCount; i++) {
                DataUtils.readVarLong(page);
            }
        }
        if ((type & DataUtils.PAGE_COMPRESSED) != 0) {
            Compressor compressor = (type & DataUtils.PAGE_COMPRESSED_HIGH) == DataUtils.PAGE_COMPRESSED_HIGH
                    ? new CompressDeflate()
                    : new CompressLZF();
            int added = DataUtils.readVarInt(page);
            byte[] compressed = new byte[page.remaining()];
            page.get(compressed);
            byte[] expanded = new byte[compressed.length + added];
            compressor.expand(compressed, 0, compressed.length, expanded, 0, expanded.length);
            search.add(expanded, 0, expanded.length);
            search.end();
        }
    }
}
