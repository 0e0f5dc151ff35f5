package uk.fpw.warehouse.store.rewrite;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.RowIds;

/**
 * Replaces the ids of {@code core.grading}, which are derived from the rows' values. Verifies that the derivation
 * yields the old id.
 */
final class GradingIds implements RowChange {

    private static final String NOT_RECORDED = "(not recorded)";
    private static final int MAX_COPIES = 100_000;
    private static final List<String> HASHED = List.of(
            "grading",
            "item_key",
            "case_key",
            "contributor_key",
            "scheme",
            "scheme_version",
            "grade",
            "theme",
            "assessor",
            "population",
            "selection",
            "judged_on",
            "judgement_count",
            "stated_case_count");

    private final KeyedTexts texts;
    private final KeyFormat before;
    private final Set<String> unexplained = new HashSet<>();
    private String file = "";

    GradingIds(KeyedTexts texts, KeyFormat before) {
        this.texts = texts;
        this.before = before;
    }

    @Override
    public void begin(String location) {
        file = location;
    }

    @Override
    public boolean change(Record judgement) {
        String id = String.valueOf(judgement.getField("grading_id"));
        List<String> values = values(judgement);
        Object recorded = judgement.getField("unit");
        String unit = recorded == null || recorded.equals(NOT_RECORDED) ? null : recorded.toString();
        for (int copy = 0; copy < MAX_COPIES; copy++) {
            if (RowIds.ofGrading(before, values, copy, unit).equals(id)) {
                texts.change(judgement);
                String now = RowIds.ofGrading(KeyFormat.BASE32, values(judgement), copy, unit(judgement, unit));
                judgement.setField("grading_id", now);
                return !now.equals(id);
            }
        }
        unexplained.add(file);
        return false;
    }

    /** Files with judgements whose ids cannot be derived from their values. */
    Set<String> unexplained() {
        return unexplained;
    }

    /** The unit after its keys were replaced. */
    private static @Nullable String unit(Record judgement, @Nullable String before) {
        return before == null ? null : String.valueOf(judgement.getField("unit"));
    }

    private static List<String> values(Record judgement) {
        return HASHED.stream()
                .map(judgement::getField)
                .map(value -> value == null ? "" : value.toString())
                .toList();
    }
}
