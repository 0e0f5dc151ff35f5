package uk.fpw.generator;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import uk.fpw.generator.SourceTable.Stamps;
import uk.fpw.generator.record.LifeStep;
import uk.fpw.generator.record.RecordVersion;
import uk.fpw.generator.record.SourceRecord;

/** The case system: files with an officer and notes, which must not be loaded, and actions with their codes. */
final class CaseTables {

    /** Range of action numbers for each case. */
    private static final int ACTIONS_A_CASE = 16;

    private static final int CASES_A_REPLICA = 1_000_000;
    private static final String NOTES = "Synthetic text. It stands for what must not be loaded.";

    /** One action with an unknown code per this many cases. */
    private static final int CASES_PER_UNKNOWN_CODE = 300;

    final SourceTable files = new SourceTable(
            "case_files",
            "cases.case_file",
            Stamps.UPDATED_AT,
            "case_ref varchar(40)",
            "opened_at timestamp",
            "case_type varchar(40)",
            "closed_at timestamp",
            "officer_name varchar(80)",
            "notes varchar(200)");

    final SourceTable actions = new SourceTable(
            "case_actions",
            "cases.case_action",
            Stamps.UPDATED_AT,
            "action_id bigint",
            "case_ref varchar(40)",
            "action_code varchar(4)",
            "action_at timestamp",
            "officer_name varchar(80)");

    CaseTables(int replica, List<CaseLife> cases) {
        for (int i = 0; i < cases.size(); i++) {
            CaseLife life = cases.get(i);
            String officer = "Synthetic officer " + (i % 40 + 1);
            SourceRecord file = new SourceRecord(life.ref);
            String type = life.isTypeMissing ? null : life.type;
            file.add(new RecordVersion(
                    life.registeredAt,
                    life.awareAt.toLocalDate(),
                    false,
                    Arrays.asList(life.ref, life.awareAt, type, null, officer, NOTES)));
            Instant closing = life.closingRecordedAt;
            if (closing != null && life.closedAt != null) {
                file.add(new RecordVersion(
                        closing,
                        life.closedAt.toLocalDate(),
                        false,
                        Arrays.asList(life.ref, life.awareAt, type, life.closedAt, officer, NOTES)));
            }
            files.rows.add(file);
            long firstId = ((long) replica * CASES_A_REPLICA + i) * ACTIONS_A_CASE + 1;
            for (int j = 0; j < life.actions.size(); j++) {
                LifeStep step = life.actions.get(j);
                action(firstId + j, life, step, j == 0 && life.isActionInFuture, officer);
            }
            if (i % CASES_PER_UNKNOWN_CODE == CASES_PER_UNKNOWN_CODE / 2) {
                LifeStep step =
                        new LifeStep("ZZZZ", "", life.awareAt.plusSeconds(30), life.registeredAt.plusSeconds(7), null);
                action(firstId + ACTIONS_A_CASE - 1, life, step, false, officer);
            }
        }
    }

    private void action(long id, CaseLife life, LifeStep step, boolean isInFuture, String officer) {
        Object at = isInFuture ? step.at().plusYears(100) : step.at();
        SourceRecord row = new SourceRecord(String.format("%019d", id));
        actions.rows.add(row.add(new RecordVersion(
                step.recordedAt(),
                step.at().toLocalDate(),
                false,
                Arrays.asList(id, life.ref, step.code(), at, officer))));
    }
}
