package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.testing.LostAnswers;
import uk.fpw.warehouse.testing.LostAnswers.Fate;
import uk.fpw.warehouse.testing.TestDatabase;

/** The response to a commit by Spark is lost. */
class LostCommitAnswerIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final SparkSession shared = TestSpark.session();

    /** Never closed: that would stop the Spark of this JVM's other tests. */
    @SuppressWarnings("resource")
    private final SessionPool sessions = new SessionPool();

    @AfterEach
    void giveTheSessionBack() {
        LostAnswers.reset();
        SparkSession.setActiveSession(shared);
        SparkSession.setDefaultSession(shared);
    }

    @Test
    void rowsOfACommitThatHappenedAreThereOnce() throws Exception {
        TestDatabase database = TestDatabase.embedded(folder);
        database.baseline();
        SparkSession night =
                sessions.open(TestSpark.request(folder, LostAnswers.of(database)), ZoneId.of("Europe/London"));
        night.sql("create namespace fpw.core");
        LostAnswers.loseNext("insert into iceberg_tables", Fate.COMMITTED);
        night.sql("create table fpw.core.counted (n int) using iceberg");
        assertThat(LostAnswers.isLost()).isTrue();
        LostAnswers.loseNext("update iceberg_tables", Fate.COMMITTED);

        night.sql("insert into fpw.core.counted values (1), (2)");

        assertThat(LostAnswers.isLost()).isTrue();
        List<Integer> counted = night.sql("select n from fpw.core.counted order by n").collectAsList().stream()
                .map((Row row) -> row.getInt(0))
                .toList();
        assertThat(counted).containsExactly(1, 2);
        assertThat(night.sql("select * from fpw.core.counted.snapshots").count())
                .isEqualTo(1);
        sessions.release(night);
    }
}
