package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.report.page.QueuePages;

/** What the page of a queue says if items of its earlier figures have been removed. */
class FrozenFiguresTest {

    private static final String SENTENCE = "Figures of periods that began before 1 May 2014 are frozen, not "
            + "recomputable: items that had left before 1 January 2014 have been removed";

    @TempDir
    private Path folder;

    @Test
    void pageOfAQueueSaysWhichFiguresAreCopied() throws IOException, SQLException {
        assertThat(page("\"2014-05-01\"", "\"2014-01-01\"")).contains(SENTENCE);
        assertThat(page("null", "\"2014-01-01\"")).doesNotContain("are frozen");
    }

    private String page(String frozenTo, String retainedFrom) throws IOException, SQLException {
        Path site = Files.createTempDirectory(folder, "site").resolve("site");
        Site.write(
                TestRelease.of(Files.createTempDirectory(folder, "warehouse"), "2016-01-12")
                        .with("mart.dim_queue", """
                                select
                                    'exams' as queue, 'Devices' as title, 'whole' as queue_role,
                                    'device' as item_unit, 1 as queue_version, 'Devices.' as description,
                                    'received' as entered_by, '-' as re_entered_by, 'examined' as left_by,
                                    date '2016-01-12' as data_as_at
                                """)
                        .defined("{\"queue_definition\": [{\"queue\": \"exams\", \"frozen_to\": " + frozenTo
                                + ", \"retained_from\": " + retainedFrom + "}]}")
                        .write(site),
                List.of(new QueuePages()));
        return Files.readString(site.resolve("queues/exams.html"));
    }
}
