package uk.fpw.warehouse.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import uk.fpw.layout.DurableFiles;
import uk.fpw.layout.JsonMappers;
import uk.fpw.warehouse.force.example.ExampleResult;

/**
 * Reads and writes the run file and the result file. A file is complete or not there: it is written beside and moved
 * into place.
 */
public final class RunFiles {

    /**
     * With the path of the run file behind it: the line by which a Spark process that takes several run files says that
     * this one is done.
     */
    public static final String ANSWERED = "answered ";

    private RunFiles() {}

    /** Writes the run file with mode 0600. */
    public static void write(MetricsRequest request, Path file) {
        writeAtomically(file, request);
    }

    /** Reads a run file; throws {@link UncheckedIOException} naming the file if it is not one. */
    public static MetricsRequest readRun(Path file) {
        return read(file, MetricsRequest.class);
    }

    /** Writes the result file that the run names. */
    public static void write(MetricsResult result, Path file) {
        writeAtomically(file, result);
    }

    /** Reads a result file. */
    public static MetricsResult readResult(Path file) {
        return read(file, MetricsResult.class);
    }

    /** Writes the input of the audit process. */
    public static void write(AuditRequest request, Path file) {
        writeAtomically(file, request);
    }

    /** Reads the input of the audit process. */
    public static AuditRequest readAuditRun(Path file) {
        return read(file, AuditRequest.class);
    }

    /** Writes what the audit process found. */
    public static void write(AuditResult result, Path file) {
        writeAtomically(file, result);
    }

    /** Reads what the audit process found. */
    public static AuditResult readAuditResult(Path file) {
        return read(file, AuditResult.class);
    }

    /** Writes the input of the audit process for closures. */
    public static void write(ClosureRequest request, Path file) {
        writeAtomically(file, request);
    }

    /** Reads the input of the audit process for closures. */
    public static ClosureRequest readClosureRun(Path file) {
        return read(file, ClosureRequest.class);
    }

    /** Writes what the audit process found of closures. */
    public static void write(ClosureResult result, Path file) {
        writeAtomically(file, result);
    }

    /** Reads what the audit process found of closures. */
    public static ClosureResult readClosureResult(Path file) {
        return read(file, ClosureResult.class);
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return JsonMappers.camelCase().readValue(file.toFile(), type);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file + ": " + JsonMappers.reason(unreadable), unreadable);
        }
    }

    /** Writes the results of examples. */
    public static void write(List<ExampleResult> results, Path file) {
        writeAtomically(file, results);
    }

    /** Reads the results of examples. */
    public static List<ExampleResult> readExamples(Path file) {
        return List.of(read(file, ExampleResult[].class));
    }

    private static void writeAtomically(Path file, Object content) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            JsonMappers.camelCase().writeValue(temporary.toFile(), content);
            DurableFiles.move(temporary, file);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }
}
