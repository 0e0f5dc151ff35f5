package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.warehouse.message.EntryVersions;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

class EntryValuesTest {

    @TempDir
    Path temp;

    @Test
    void oneAttributeOfTwoSourcesIsTestedInEach() {
        String versions = new ParquetFiles(temp)
                .write(
                        "versions",
                        "select 'D' || (i // 2) as _item, 'load' as _load_id, 'upsert' as _op, "
                                + "if(i < 40, 'kind ' || i, 'phone') as kind from range(100) as rows (i)");
        EntryVersions entries = new EntryVersions(
                List.of(column("devices", versions, 0.1), column("exhibits", versions, 0.5)), List.of(), List.of());

        try (AuditSession session = AuditSession.open("Europe/London")) {
            assertThat(EntryValues.fixed(session, entries))
                    .extracting(QualityResult::table, QualityResult::code, QualityResult::failedCount)
                    .containsExactly(
                            tuple("staging/devices.yml", "FIXED_AT_ENTRY_DEVICE_TYPE", 20L),
                            tuple("staging/exhibits.yml", "FIXED_AT_ENTRY_DEVICE_TYPE", 0L));
        }
    }

    private static EntryVersions.VersionedColumn column(String feed, String file, double maxChangedShare) {
        return new EntryVersions.VersionedColumn(
                feed,
                "dfu",
                "kind",
                null,
                List.of(),
                new EntryVersions.Fixed("device_type", "staging/" + feed + ".yml", maxChangedShare),
                List.of(),
                List.of(file));
    }
}
