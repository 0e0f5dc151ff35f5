package uk.fpw.nightly.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.ProgramStarter;

/** H2 with the options of its processes: it loads no class that a database names, but still serves other processes. */
@Tag("thorough")
class H2OptionsIT {

    /** H2's error code for "access denied to class". */
    private static final String REFUSED = "90134";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void withoutOptionsADatabaseCallsWhatItLikes() throws Exception {
        assertThat(attempt(List.of())).isEqualTo("called, served");
    }

    @Test
    void sparkProcessLoadsNoClassThatADatabaseNames() throws Exception {
        Files.createDirectories(folder.resolve("lib/spark"));
        Files.createDirectories(folder.resolve("lib/shared"));
        List<String> words = new SparkCommand(
                        new ProcessSupervisor(folder.resolve("lib"), Map.of(), ProgramStarter.PROCESSES))
                .commandLine("/run.json", folder.resolve("spark.log"));
        assertThat(attempt(h2Options(words.stream()))).isEqualTo(REFUSED + ", served");
    }

    @Test
    void applicationLoadsNoClassThatADatabaseNames() throws Exception {
        String launcher = Files.readString(Path.of(System.getProperty("fpw.root"), "fpw"));
        assertThat(attempt(h2Options(Arrays.stream(launcher.split("\\s+"))))).isEqualTo(REFUSED + ", served");
    }

    private static List<String> h2Options(Stream<String> words) {
        return words.filter(word -> word.startsWith("-Dh2.")).toList();
    }

    private String attempt(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Caller.class.getName(),
                folder.resolve("database").toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        return said;
    }

    /** Calls Java through an alias, and serves the database; prints the outcome. */
    static final class Caller {

        private Caller() {}

        public static void main(String[] arguments) throws SQLException {
            String called;
            try (Connection connection = DriverManager.getConnection(
                            "jdbc:h2:file:" + arguments[0] + ";AUTO_SERVER=TRUE", "fpw", "");
                    Statement statement = connection.createStatement()) {
                try {
                    statement.execute("create alias if not exists home for 'java.lang.System.getProperty'");
                    statement.execute("call home('user.home')");
                    called = "called";
                } catch (SQLException refused) {
                    called = Integer.toString(refused.getErrorCode());
                }
                boolean isServed = Files.exists(Path.of(arguments[0] + ".lock.db"));
                System.out.println(called + (isServed ? ", served" : ", not served"));
            }
        }
    }
}
