package uk.fpw.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.parquet.TestParquet;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/** Profiles of Parquet files, whose types their schema declares. */
class ParquetProfileTest extends ProfilerTesting {

    @Test
    void typesAreThoseOfTheSchemaAndWhatNoFeedReadsIsIgnored() throws IOException {
        Path file = TestParquet.list(folder.resolve("list_2026-02-01.parquet"));
        SourceProfile profile = Profiler.profile(ProfiledSource.of(file, false), folder, rows -> {});
        FeedDraft draft = new FeedDraft(profile, null, "drop");
        assertThat(draft.yaml())
                .contains(
                        "\nfeed: list\n",
                        "\nfile: \"list_{date}.parquet\"",
                        "\nformat: {kind: parquet}\n",
                        "\nkey: [ref]    # all values are distinct, and none is blank\n",
                        "{name: opened, type: date, privacy: not_personal}    # as the file declares it",
                        "{name: at_time, type: instant, privacy: not_personal}",
                        "{name: weight, type: decimal, privacy: not_personal}",
                        "{name: closed, type: boolean, privacy: not_personal}",
                        "{name: beds, type: text, privacy: not_personal",
                        "a text in the file that contains numbers; cast it in staging",
                        """
                        ignored:
                          - "born"    # looks personal, and only a text or number can become a pseudonym
                          - "old_time"    # INT96, which feeds cannot read
                          - "place"    # a nested type, which feeds cannot read
                        """);
        assertThat(String.join("\n", ProfileReport.lines(profile, draft)))
                .startsWith("list_2026-02-01.parquet: 40 rows, 8 columns\nNo row repeats another.\n")
                .contains("  old_time (INT96): a type that feeds cannot read\n");
        assertThat(ProfileFields.of(profile, draft))
                .containsEntry("unavailable_reason", "a Parquet file has no encoding, delimiter or quote")
                .containsEntry("is_sample", false);
    }

    @Test
    void textThatIsNamedLikeAnotherKindIsRefused() throws IOException {
        for (String name : java.util.List.of("list.parquet", "LIST.XLSX")) {
            Path text = Files.writeString(folder.resolve(name), "reference,opened\nA1,2026-01-31\n");
            assertThatThrownBy(() -> ProfiledSource.of(text, false))
                    .hasMessage(text
                            + (name.endsWith("t")
                                    ? ": ends in .parquet, but is not a Parquet file; "
                                    : ": ends in .xlsx, but is not an Excel workbook; ")
                            + "check what the source delivered; if it is a text file, rename it");
        }
    }

    @Test
    void damagedFileIsRefused() throws IOException {
        Path whole = TestParquet.list(folder.resolve("whole.parquet"));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.parquet"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> ProfiledSource.of(cut, false))
                .isInstanceOf(FpwException.class)
                .hasMessage(
                        cut + ": the content is not a readable Parquet file: it is another kind of file, encrypted, "
                                + "or truncated (for example because it is still being copied); check what the source "
                                + "delivered, and replace it with a complete file")
                .extracting(failed -> ((FpwException) failed).exitCode())
                .isEqualTo(ExitCode.CONFIGURATION);
    }

    @Test
    void onlyTheFirstRowsAreReadIfTheUserSaysSo() throws IOException {
        Path file = TestParquet.list(folder.resolve("list.parquet"));
        SourceProfile ten = Profiler.profile(ProfiledSource.of(file, false), 10, folder, rows -> {});
        String only =
                "Only the first 10 rows were read, so that counts, lists of values and whether a column is unique "
                        + "are of these; --rows reads more.";
        assertThat(ten.isSample()).isTrue();
        assertThat(ProfileReport.lines(ten, new FeedDraft(ten, null, "drop"))).contains(only);
        assertThat(new FeedDraft(ten, null, "drop").yaml()).contains("\n# " + only + "\nfeed: list\n");
        SourceProfile all = Profiler.profile(ProfiledSource.of(file, false), 40, folder, rows -> {});
        assertThat(all.isSample()).isFalse();
        assertThat(all.rowCount()).isEqualTo(40);
    }
}
