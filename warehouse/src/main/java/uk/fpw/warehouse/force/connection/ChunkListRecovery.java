package uk.fpw.warehouse.force.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.zip.ZipOutputStream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.SFChunk;

/**
 * Recovers the file of an embedded database whose process was killed, before H2 opens it. The list of chunks in the
 * file may then name a chunk that has been dropped and overwritten since, or the former place of one that was being
 * moved while H2 closed the file. H2 finds what is valid, but corrects its list in memory only: it treats the listed
 * places as free, writes to them, and later reads other rows or cannot open the file ("Double mark"). Here H2's own
 * code finds what is valid, and a list that says otherwise is written again.
 */
final class ChunkListRecovery extends RandomAccessStore {

    /** Place of a chunk that was dropped, and is no longer in the file. */
    private static final long OVERWRITTEN = 0;

    /** H2 removes a dropped chunk from the list when no version needs it, at the latest with the third. */
    private static final int MAX_COMMITS = 5;

    /** Of a chunk that no version needs any more. An age would depend on the clock, which may have been set back. */
    private static final int ANY_AGE = -1;

    private final FileChannel file;

    private boolean isReadOnly = true;

    private ChunkListRecovery(FileChannel file) throws IOException {
        super(Map.of());
        this.file = file;
        setSize(file.size());
    }

    /**
     * Recovers a file that this process has locked; writes nothing if the list is correct.
     *
     * @return whether the list was not correct
     * @throws org.h2.mvstore.MVStoreException if the file is damaged
     */
    static boolean run(FileChannel file) throws IOException {
        if (file.size() == 0) {
            return false;
        }
        ChunkListRecovery chunks = new ChunkListRecovery(file);
        try (MVStore store = new MVStore.Builder()
                .adoptFileStore(chunks)
                .autoCommitDisabled()
                .open()) {
            store.setVersionsToKeep(0);
            store.setRetentionTime(ANY_AGE);
            for (int commits = 0; commits < MAX_COMMITS && !chunks.isListCorrect(); commits++) {
                chunks.isReadOnly = false;
                store.executeFilestoreOperation(chunks::list);
                store.commit();
            }
            if (!chunks.isListCorrect()) {
                store.closeImmediately(); // not marked as closed, so that H2 looks for what is valid itself
            }
        }
        return !chunks.isReadOnly;
    }

    private void list() {
        dropUnusedChunks();
        for (SFChunk chunk : getChunks().values()) {
            if (chunk.block != OVERWRITTEN) {
                saveChunkMetadataChanges(chunk);
            }
        }
    }

    private boolean isListCorrect() {
        Map<String, String> list = getLayoutMap();
        return getChunks().values().stream().allMatch(chunk -> {
            String listed = list.get(DataUtils.LAYOUT_CHUNK + Integer.toHexString(chunk.id));
            return listed == null || createChunk(listed).block == chunk.block;
        });
    }

    @Override
    public boolean isReadOnly() {
        return isReadOnly;
    }

    @Override
    public ByteBuffer readFully(SFChunk chunk, long position, int length) {
        return readFully(file, position, length);
    }

    @Override
    protected void writeFully(SFChunk chunk, long position, ByteBuffer source) {
        setSize(Math.max(size(), position + source.remaining()));
        DataUtils.writeFully(file, position, source);
    }

    @Override
    protected void truncate(long size) {
        try {
            file.truncate(size);
            setSize(size);
        } catch (IOException failed) {
            throw notWritten(failed);
        }
    }

    @Override
    public void sync() {
        try {
            file.force(true);
        } catch (IOException failed) {
            throw notWritten(failed);
        }
    }

    private RuntimeException notWritten(IOException failed) {
        return DataUtils.newMVStoreException(DataUtils.ERROR_WRITING_FAILED, "Could not write to {0}", this, failed);
    }

    @Override
    public void open(String name, boolean isReadOnly, char[] key) {
        throw new UnsupportedOperationException("the file is open");
    }

    @Override
    public FileStore<SFChunk> open(String name, boolean isReadOnly) {
        throw new UnsupportedOperationException("the file is open");
    }

    @Override
    public void backup(ZipOutputStream target) {
        throw new UnsupportedOperationException("H2 backs the file up when it has opened it");
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
