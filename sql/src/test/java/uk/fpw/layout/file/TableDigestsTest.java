package uk.fpw.layout.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.file.WrittenFile.State;

class TableDigestsTest {

    @TempDir
    Path folder;

    private Path table;
    private Path first;
    private Path second;

    @BeforeEach
    void twoFiles() throws IOException {
        table = folder.resolve("raw/requests");
        first = write("data/month=2025-01/00000-0-a b.parquet", "first");
        second = write("metadata/00000-a.metadata.json", "second");
    }

    private Path write(String path, String content) throws IOException {
        Path file = table.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, content);
    }

    private static void list(Path... files) throws IOException {
        for (Path file : files) {
            NewDigests.writeAll(Map.of(file, FileDigest.ofContent(file)));
        }
    }

    private List<Path> lists() throws IOException {
        try (Stream<Path> files = Files.list(table.resolve("metadata"))) {
            return files.filter(TableDigests::isList).toList();
        }
    }

    @Test
    void oneListHasTheFilesOfEveryCommit() throws Exception {
        list(first, second);

        assertThat(lists()).singleElement().satisfies(list -> assertThat(list).hasContent("""
                        9271ee57 5 data/month=2025-01/00000-0-a b.parquet
                        b61f1169 6 metadata/00000-a.metadata.json
                        566c9776
                        """));
        TableDigests digests = new TableDigests();
        assertThat(digests.of(first)).isEqualTo(FileDigest.ofContent(first));
        assertThat(digests.of(second)).isEqualTo(FileDigest.ofContent(second));
        assertThat(digests.of(table.resolve("data/other.parquet"))).isNull();
        assertThat(digests.of(folder.resolve("other.parquet"))).isNull();
        assertThat(digests.ofWritten(first)).isEqualTo(FileDigest.ofContent(first));
    }

    @Test
    void fileIsFoundThatWasWrittenAfterTheListsWereRead() throws Exception {
        list(first);
        TableDigests digests = new TableDigests();
        assertThat(digests.of(second)).isNull();

        list(second);

        assertThat(digests.of(second)).isNotNull();
    }

    @Test
    void deletedFilesAreInTheNextListNoMore() throws Exception {
        list(first);
        Files.delete(first);
        list(second);

        assertThat(new TableDigests().of(first)).isNull();
    }

    /**
     * Two processes that commit to a table at the same time have both read the lists before the other wrote its own.
     */
    @Test
    void listsThatWereWrittenAtOnceBothCount() throws Exception {
        NewDigests one = Objects.requireNonNull(NewDigests.write(table, Map.of(first, FileDigest.ofContent(first))));
        NewDigests other =
                Objects.requireNonNull(NewDigests.write(table, Map.of(second, FileDigest.ofContent(second))));
        assertThat(lists()).isEmpty();
        one.publish();
        other.publish();
        one.deleteEarlier();
        other.deleteEarlier();

        assertThat(lists()).hasSize(2);
        TableDigests digests = new TableDigests();
        assertThat(Stream.of(digests.of(first), digests.of(second))).doesNotContainNull();
        list(first);
        assertThat(lists()).hasSize(1);
    }

    @Test
    void filesAreComparedWithTheList() throws Exception {
        assertThat(new WrittenFile(first).compare().state()).isEqualTo(State.UNCHECKED);
        list(first);
        assertThat(new WrittenFile(first).compare().state()).isEqualTo(State.WHOLE);

        Files.writeString(first, "thirst");
        assertThat(new WrittenFile(first).compare().describe())
                .isEqualTo(first + " is damaged: it has 6 bytes instead of 5");
        Files.writeString(first, "fires");
        assertThat(new WrittenFile(first).compare().describe())
                .isEqualTo(first + " is damaged: its content is not what was written");
    }

    /** Files listed only there are not verified, and the list is kept until somebody deletes it. */
    @Test
    void everySingleBitThatIsFlippedInAListIsFound() throws Exception {
        list(first);
        Path list = lists().get(0);
        byte[] content = Files.readAllBytes(list);
        for (int bit = 0; bit < content.length * Byte.SIZE; bit++) {
            byte[] flipped = content.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Files.write(list, flipped);

            assertThat(TableDigests.damaged(table))
                    .extracting(WrittenFile.Comparison::describe)
                    .containsExactly(list + " is damaged: it is not what was written");
            assertThat(new TableDigests().of(first)).isNull();
        }
        list(second);
        assertThat(lists()).hasSize(2).contains(list);
        assertThat(new TableDigests().of(second)).isNotNull();
    }
}
