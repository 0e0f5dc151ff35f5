package uk.fpw.warehouse.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.ExampleResult;
import uk.fpw.warehouse.identity.WarehouseIdentity;

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

    private static final ObjectMapper JSON = new ObjectMapper();

    private RunFiles() {}

    /** Writes the run file with mode 0600. */
    public static void write(MetricsRun run, Path file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("task", run.task().name());
        fields.put("forceFolder", run.forceFolder().toString());
        fields.put("businessDate", run.businessDate().toString());
        fields.put("releaseId", run.releaseId());
        fields.put("runId", run.runId());
        fields.put("lockToken", run.lockToken());
        fields.put("jdbcUrl", run.jdbcUrl());
        fields.put("jdbcUser", run.jdbcUser());
        fields.put("jdbcPassword", run.jdbcPassword());
        fields.put("warehouse", run.warehouse().toString());
        WarehouseIdentity identity = run.identity();
        if (identity != null) {
            fields.put(
                    "identity",
                    Map.of(
                            "id", identity.id().toString(),
                            "force", identity.forceCode(),
                            "path", identity.path().toString(),
                            "data", identity.dataPrefix(),
                            "createdAt", identity.createdAt().toString()));
        }
        fields.put("resultFile", run.resultFile().toString());
        Map<String, String> completeTo = new TreeMap<>();
        run.completeTo().forEach((feed, date) -> completeTo.put(feed, date.toString()));
        fields.put("completeTo", completeTo);
        Map<String, Object> versionChanges = new TreeMap<>();
        run.versionChanges()
                .forEach((queue, change) -> versionChanges.put(
                        queue,
                        Map.of("since", change.since().toString(), "previousVersion", change.previousVersion())));
        fields.put("versionChanges", versionChanges);
        fields.put("sparkSettings", run.sparkSettings());
        writeAtomically(file, fields);
    }

    /** Reads a run file; throws {@link UncheckedIOException} naming the file if it is not one. */
    public static MetricsRun readRun(Path file) {
        try {
            var tree = JSON.readTree(file.toFile());
            Map<String, String> settings = texts(tree.get("sparkSettings"));
            Map<String, LocalDate> completeTo = new TreeMap<>();
            texts(tree.get("completeTo")).forEach((feed, date) -> completeTo.put(feed, LocalDate.parse(date)));
            return new MetricsRun(
                    MetricsRun.Task.valueOf(tree.get("task").asText()),
                    Path.of(tree.get("forceFolder").asText()),
                    LocalDate.parse(tree.get("businessDate").asText()),
                    tree.get("releaseId").asText(),
                    tree.get("runId").asText(),
                    tree.get("lockToken").asLong(),
                    tree.get("jdbcUrl").asText(),
                    tree.get("jdbcUser").asText(),
                    tree.get("jdbcPassword").asText(),
                    Path.of(tree.get("warehouse").asText()),
                    identity(tree.get("identity")),
                    Path.of(tree.get("resultFile").asText()),
                    completeTo,
                    versionChanges(tree.get("versionChanges")),
                    settings);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read run file " + file, unreadable);
        }
    }

    private static Map<String, VersionChange> versionChanges(JsonNode tree) {
        Map<String, VersionChange> changes = new TreeMap<>();
        tree.properties()
                .forEach(entry -> changes.put(
                        entry.getKey(),
                        new VersionChange(
                                LocalDate.parse(entry.getValue().get("since").asText()),
                                entry.getValue().get("previousVersion").asInt())));
        return changes;
    }

    private static @Nullable WarehouseIdentity identity(@Nullable JsonNode identity) {
        return identity == null
                ? null
                : new WarehouseIdentity(
                        UUID.fromString(identity.get("id").asText()),
                        identity.get("force").asText(),
                        Path.of(identity.get("path").asText()),
                        identity.get("data").asText(),
                        Instant.parse(identity.get("createdAt").asText()));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    /** Writes the result file that the run names. */
    public static void write(MetricsResult result, Path file) {
        writeAtomically(file, result);
    }

    /** Reads a result file. */
    public static MetricsResult readResult(Path file) {
        return read(file, MetricsResult.class);
    }

    /** Writes what the audit process is asked to do. */
    public static void write(AuditRun run, Path file) {
        writeAtomically(file, run);
    }

    /** Reads what the audit process is asked to do. */
    public static AuditRun readAuditRun(Path file) {
        return read(file, AuditRun.class);
    }

    /** Writes what the audit process found. */
    public static void write(AuditResult result, Path file) {
        writeAtomically(file, result);
    }

    /** Reads what the audit process found. */
    public static AuditResult readAuditResult(Path file) {
        return read(file, AuditResult.class);
    }

    /** Writes what the audit process is asked about closures. */
    public static void write(ClosureRun run, Path file) {
        writeAtomically(file, run);
    }

    /** Reads what the audit process is asked about closures. */
    public static ClosureRun readClosureRun(Path file) {
        return read(file, ClosureRun.class);
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
            return JSON.readValue(file.toFile(), type);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
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
        Path beside = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(beside);
            Files.createFile(
                    beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            JSON.writerWithDefaultPrettyPrinter().writeValue(beside.toFile(), content);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }
}
