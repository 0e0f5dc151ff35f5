package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which sources contain SQL on schema {@code ops}. */
class OneOwnerOfOpsTest {

    private static final Pattern SQL = Pattern.compile(
            "\\b(from|join|into|update|table)\\s+ops\\.[a-z_]+|\"ops\\.[a-z_]+", Pattern.CASE_INSENSITIVE);

    /**
     * Lock and identity are used by every process, including Spark, and on databases of any version; schema creates
     * tables and views.
     */
    private static final List<String> OWNERS = List.of("ledger", "lock", "identity", "schema");

    @Test
    void onlyTheLedgerHasSqlOnOps() throws IOException {
        Path root = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
        List<Path> modules = new ArrayList<>(List.of(root.resolve("warehouse")));
        try (Stream<Path> jobs = Files.list(root.resolve("jobs"))) {
            modules.addAll(jobs.toList());
        }
        List<String> strangers = modules.stream()
                .map(module -> module.resolve("src/main/java"))
                .filter(Files::isDirectory)
                .flatMap(OneOwnerOfOpsTest::files)
                .filter(file ->
                        OWNERS.stream().noneMatch(owner -> file.toString().contains("/store/" + owner + "/")))
                .filter(OneOwnerOfOpsTest::hasSql)
                .map(file -> root.relativize(file).toString())
                .sorted()
                .toList();
        assertThat(strangers)
                .as("SQL on schema ops belongs into package ledger of the warehouse, which these classes call")
                .isEmpty();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean hasSql(Path file) {
        try {
            return SQL.matcher(Files.readString(file)).find();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
