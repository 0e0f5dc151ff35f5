package uk.fpw.nightly.cli.look;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.store.maintenance.FileVerification;

/**
 * What the verification of a release found, for programs: see {@code fpw/output/verify.schema.json}.
 *
 * @param looked the tables that were read, in the order of those of the audit
 * @param different what is wrong with their rows, by table
 * @param damaged files that are missing or differ from what was written, by table
 * @param tests the tests of tables that were repeated
 * @param recounts the comparisons of its numbers with a recount
 * @param wrong everything that differs, in words
 * @param notRecounted why its numbers were not recounted; null if they were
 * @param notes what else to know
 */
record VerifyFields(
        ReleaseFile file,
        List<ReleaseFile.Table> looked,
        AuditResult audit,
        Map<String, String> different,
        Map<String, List<WrittenFile.Comparison>> damaged,
        List<QualityResult> tests,
        List<QualityResult> recounts,
        List<String> wrong,
        @Nullable String notRecounted,
        List<String> notes) {

    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("release_id", file.releaseId());
        fields.put("business_date", file.businessDate());
        fields.put("is_sound", damaged.isEmpty() && wrong.isEmpty());
        fields.put("tables", file.tables().stream().map(this::table).toList());
        fields.put("test_count", tests.size());
        boolean isRecounted = notRecounted == null;
        fields.put("comparison_count", isRecounted ? recounts.size() : null);
        fields.put("equal_comparison_count", isRecounted ? equal(recounts) : null);
        fields.put("unavailable_reason", notRecounted);
        fields.put("differences", wrong);
        fields.put(
                "damaged_files",
                damaged(damaged.values().stream().flatMap(List::stream).toList()));
        fields.put("notes", notes);
        return fields;
    }

    /** How many recounts gave what was released. */
    static long equal(List<QualityResult> recounts) {
        return recounts.stream().filter(test -> test.failedCount() == 0).count();
    }

    private Map<String, @Nullable Object> table(ReleaseFile.Table table) {
        int index = looked.indexOf(table);
        boolean wasRead = index >= 0 && audit.tables().get(index).wasRead();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("table", table.name());
        fields.put("released_row_count", table.rowCount());
        fields.put("row_count", wasRead ? audit.tables().get(index).rowCount() : null);
        fields.put(
                "status",
                damaged.containsKey(table.name())
                        ? "damaged"
                        : different.containsKey(table.name()) ? "different" : wasRead ? "equal" : "not_checked");
        return fields;
    }

    /** The fields of the verified files of a whole warehouse. */
    static Map<String, @Nullable Object> ofFiles(FileVerification.Result result, List<WrittenFile.Comparison> damaged) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("is_sound", damaged.isEmpty());
        fields.put("file_count", result.fileCount());
        fields.put("bytes", result.bytes());
        fields.put("read_count", result.readCount());
        fields.put("read_bytes", result.readBytes());
        fields.put("unchecked_count", result.uncheckedCount());
        fields.put("damaged_files", damaged(damaged));
        return fields;
    }

    private static List<Map<String, @Nullable Object>> damaged(List<WrittenFile.Comparison> files) {
        return files.stream()
                .map(found -> {
                    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                    fields.put("file", found.file().path());
                    fields.put("problem", found.problem());
                    return fields;
                })
                .toList();
    }
}
