package uk.fpw.publish.export;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows by some of their columns, nulls last, in bounded memory: every {@code rowsInMemory} rows are sorted and
 * written to a file, and the files are merged.
 */
final class SortedRows implements Closeable {

    interface Sink {
        void accept(List<@Nullable Object> row) throws IOException;
    }

    private final Path folder;
    private final int rowsInMemory;
    private final Comparator<List<@Nullable Object>> order;
    private final List<Path> parts = new ArrayList<>();
    private List<List<@Nullable Object>> rows = new ArrayList<>();

    /**
     * @param folder existing folder for the files
     * @param keys positions of the columns to sort by
     */
    SortedRows(Path folder, List<Integer> keys, int rowsInMemory) {
        this.folder = folder;
        this.rowsInMemory = rowsInMemory;
        this.order = (left, right) -> compare(keys, left, right);
    }

    /** Adds a row of texts, numbers, booleans, dates and times, as {@link CellValues} makes them. */
    void add(List<@Nullable Object> row) throws IOException {
        rows.add(row);
        if (rows.size() == rowsInMemory) {
            rows.sort(order);
            Path part = folder.resolve("part-" + parts.size());
            parts.add(part);
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
                out.writeInt(rows.size());
                for (List<@Nullable Object> one : rows) {
                    CellValues.write(one, out);
                }
            }
            rows = new ArrayList<>();
        }
    }

    /** Passes on all rows in order; rows with equal keys stay in the order in which they were added. */
    void forEach(Sink sink) throws IOException {
        rows.sort(order);
        List<Part> open = new ArrayList<>();
        try {
            for (Path part : parts) {
                open.add(new Part(open.size(), part));
            }
            open.add(new Part(open.size(), rows));
            PriorityQueue<Part> next = new PriorityQueue<>(
                    Comparator.comparing((Part part) -> part.row, order).thenComparing(part -> part.number));
            for (Part part : open) {
                if (part.advance()) {
                    next.add(part);
                }
            }
            while (true) {
                Part first = next.poll();
                if (first == null) {
                    return;
                }
                sink.accept(first.row);
                if (first.advance()) {
                    next.add(first);
                }
            }
        } finally {
            for (Part part : open) {
                part.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Path part : parts) {
            Files.deleteIfExists(part);
        }
    }

    @SuppressWarnings("unchecked") // values of one column are of one type, which is comparable
    private static int compare(List<Integer> keys, List<@Nullable Object> left, List<@Nullable Object> right) {
        for (int key : keys) {
            Object one = left.get(key);
            Object other = right.get(key);
            int compared;
            if (one == null || other == null) {
                compared = Boolean.compare(one == null, other == null);
            } else {
                compared = ((Comparable<Object>) one).compareTo(other);
            }
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    /** A file of sorted rows, or the rows in memory, with a cursor. */
    private static final class Part implements Closeable {

        private final int number;
        private final @Nullable DataInputStream in;
        private final List<List<@Nullable Object>> inMemory;
        private final int count;
        private int at;
        private List<@Nullable Object> row = List.of();

        Part(int number, Path file) throws IOException {
            this.number = number;
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
            this.inMemory = List.of();
            this.count = in.readInt();
        }

        Part(int number, List<List<@Nullable Object>> rows) {
            this.number = number;
            this.in = null;
            this.inMemory = rows;
            this.count = rows.size();
        }

        boolean advance() throws IOException {
            if (at == count) {
                return false;
            }
            row = in == null ? inMemory.get(at) : CellValues.read(in);
            at++;
            return true;
        }

        @Override
        public void close() throws IOException {
            if (in != null) {
                in.close();
            }
        }
    }
}
