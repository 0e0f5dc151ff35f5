package uk.fpw.ingest.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

class BucketsTest {

    @TempDir
    Path folder;

    @Test
    void recordsComeBackInTheirOrder() {
        try (Buckets buckets = new Buckets(folder)) {
            add(buckets, 7, "first");
            add(buckets, 200, "elsewhere");
            add(buckets, 7, "second");
            assertThat(texts(buckets, 7)).containsExactly("first", "second");
            assertThat(texts(buckets, 7)).as("again").containsExactly("first", "second");
            assertThat(texts(buckets, 200)).containsExactly("elsewhere");
            assertThat(texts(buckets, 0)).isEmpty();
            assertThat(List.of(buckets.count(7), buckets.count(200), buckets.count(0)))
                    .containsExactly(2L, 1L, 0L);
        }
    }

    @Test
    void fewRecordsNeedNoFile() throws IOException {
        try (Buckets buckets = new Buckets(folder.resolve("scratch"))) {
            add(buckets, 7, "x".repeat(60_000));
            assertThat(folder.resolve("scratch")).doesNotExist();
        }
    }

    @Test
    void manyAndLongRecordsGoThroughAFileWithoutAName() throws IOException {
        List<String> odd = new ArrayList<>();
        try (Buckets buckets = new Buckets(folder.resolve("scratch"))) {
            for (int row = 0; row < 20_000; row++) {
                String text = row % 5000 == 1 ? "long " + "x".repeat(200_000) + row : "row " + row;
                add(buckets, row % 2, text);
                if (row % 2 == 1) {
                    odd.add(text);
                }
            }
            assertThat(texts(buckets, 1)).isEqualTo(odd);
            assertThat(buckets.count(0)).isEqualTo(10_000);
            try (Stream<Path> files = Files.list(folder.resolve("scratch"))) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void folderThatCannotBeUsedIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("scratch"), "no folder");
        try (Buckets buckets = new Buckets(file)) {
            FpwException failure = catchThrowableOfType(FpwException.class, () -> add(buckets, 7, "x".repeat(100_000)));
            assertThat(failure).hasMessageStartingWith(file + ": temporary rows cannot be stored there: ");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        }
    }

    private static void add(Buckets buckets, int bucket, String text) {
        buckets.add(bucket, new RecordBuffer().begin().put(text).end());
    }

    private static List<String> texts(Buckets buckets, int bucket) {
        List<String> texts = new ArrayList<>();
        buckets.forEachBlock(bucket, (ByteBuffer block) -> {
            while (block.hasRemaining()) {
                texts.add(new String(RecordBuffer.bytes(block), StandardCharsets.UTF_8));
            }
        });
        return texts;
    }
}
