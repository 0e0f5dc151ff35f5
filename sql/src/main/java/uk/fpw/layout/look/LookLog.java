package uk.fpw.layout.look;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.layout.look.LookRecord.Kind;

/**
 * Writes the records of one session to a file of its own, which it creates with the first record. When a method
 * returns, a power failure no longer loses the record. After a failure nothing more can be recorded.
 */
public final class LookLog implements AutoCloseable {

    private static final int MAX_BY = 200;
    private static final int MAX_REASON = 1000;

    private final WarehouseFolder warehouse;
    private final String command;
    private final String by;
    private final Clock clock;

    private @Nullable FileChannel file;
    private boolean hasFailed;
    private long session;
    private int number;
    private String previous = LookRecord.NONE;

    /**
     * A session without a record yet.
     *
     * @param command such as {@code fpw query}
     * @param by account that reads, with the login if that is another account
     */
    public LookLog(WarehouseFolder warehouse, String command, String by, Clock clock) {
        this.warehouse = warehouse;
        this.command = command;
        this.by = cut(by, MAX_BY);
        this.clock = clock;
    }

    /**
     * Records a read, before anything is shown.
     *
     * @param release release that is read; null for what is in none
     * @param tables the tables that are read
     * @throws IOException if it is not on the disk: then nothing may be shown
     */
    public synchronized void read(@Nullable String release, List<String> tables, String reason) throws IOException {
        append(Kind.READ, release, tables, cut(reason, MAX_REASON), null);
    }

    /** Records how many rows the latest read has shown. */
    public synchronized void shown(long rows) throws IOException {
        append(Kind.SHOWN, null, List.of(), null, rows);
    }

    private void append(
            Kind kind, @Nullable String release, List<String> tables, @Nullable String reason, @Nullable Long rows)
            throws IOException {
        if (hasFailed) {
            throw new IOException("an earlier record of this session could not be written; start again");
        }
        hasFailed = true; // until it is written
        FileChannel channel = file == null ? begin() : file;
        LookRecord record = LookRecord.of(
                session,
                number + 1,
                kind,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                by,
                command,
                release,
                tables,
                reason,
                rows,
                previous);
        ByteBuffer line = ByteBuffer.wrap((record.toLine() + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(true);
        if (number == 0) {
            DurableFiles.sync(List.of(warehouse.looks()));
        }
        number++;
        previous = record.hash();
        hasFailed = false;
    }

    /** Creates the file of the next number; the number belongs to whoever creates it. */
    private FileChannel begin() throws IOException {
        LookFolder folder = new LookFolder(warehouse);
        folder.create();
        long next = folder.latest() + 1;
        while (true) {
            Path path = folder.file(next);
            try {
                FileChannel created = FileChannel.open(
                        path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights(path));
                file = created;
                session = next;
                return created;
            } catch (FileAlreadyExistsException ofAnother) {
                next++; // another session has begun at the same time
            }
        }
    }

    private static FileAttribute<?>[] rights(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
                }
                : new FileAttribute<?>[0];
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    /** Records the end of the session, if it has recorded anything. */
    @Override
    public synchronized void close() throws IOException {
        FileChannel open = file;
        if (open == null) {
            return;
        }
        try (open) {
            if (!hasFailed) {
                append(Kind.CLOSED, null, List.of(), null, null);
            }
        } finally {
            hasFailed = true;
        }
    }
}
