package uk.fpw.generator;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CSV file that appears under its name only when it is whole. Lines end with {@code \n} everywhere. */
final class CsvFile implements AutoCloseable {

    private final Path path;
    private final Path partial;
    private final BufferedWriter writer;

    CsvFile(Path path, String header) {
        this.path = path;
        this.partial = path.resolveSibling("." + path.getFileName() + ".partial");
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            this.writer = Files.newBufferedWriter(partial, StandardCharsets.UTF_8);
            writer.write(header + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(path + " cannot be written", failure);
        }
    }

    void line(List<? extends @Nullable Object> values) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            line.append(i == 0 ? "" : ",").append(value == null ? "" : quoted(value.toString()));
        }
        try {
            writer.write(line.append('\n').toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(path + " cannot be written", failure);
        }
    }

    private static String quoted(String text) {
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    @Override
    public void close() {
        try {
            writer.close();
            Files.move(partial, path, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(path + " cannot be written", failure);
        }
    }
}
