package uk.fpw.generator.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** A CSV file that appears under its name only when it is complete. Lines end with {@code \n} on every platform. */
public final class CsvFile implements AutoCloseable {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();

    private final Path path;
    private final Path partial;
    private final CSVPrinter printer;

    /** Creates the file with its header. */
    public CsvFile(Path path, String header) {
        this.path = path;
        this.partial = path.resolveSibling("." + path.getFileName() + ".partial");
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            this.printer = new CSVPrinter(Files.newBufferedWriter(partial, StandardCharsets.UTF_8), FORMAT);
            printer.printRecord((Object[]) header.split(",", -1));
        } catch (IOException failure) {
            throw new UncheckedIOException(path + " cannot be written", failure);
        }
    }

    /** Writes a line; null is an empty field. */
    public void line(List<? extends @Nullable Object> values) {
        try {
            printer.printRecord(values);
        } catch (IOException failure) {
            throw new UncheckedIOException(path + " cannot be written", failure);
        }
    }

    @Override
    public void close() {
        try {
            printer.close();
            Files.move(partial, path, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(path + " cannot be written", failure);
        }
    }
}
