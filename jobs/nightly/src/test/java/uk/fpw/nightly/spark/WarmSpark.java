package uk.fpw.nightly.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One Spark process for all nights of this JVM's tests. It computes what a process of each night's own would, but is
 * started and warmed up once. Tests of the process itself, of its death or of its start do not use it.
 */
public final class WarmSpark {

    private final Path home;

    /** Held open, so that the process ends when this JVM does and not when one night does. */
    @SuppressWarnings({"UnusedVariable", "FieldCanBeLocal"})
    private final List<RandomAccessFile> ends;

    private static final class Once {
        static final WarmSpark INSTANCE = start();
    }

    private WarmSpark(Path home, List<RandomAccessFile> ends) {
        this.home = home;
        this.ends = ends;
    }

    /**
     * What a night's {@code SPARK_HOME} is to be; the first call starts the process, from the programs of the
     * installation.
     */
    public static Path home() {
        return Once.INSTANCE.home;
    }

    private static WarmSpark start() {
        try {
            Path lib = Path.of(Objects.requireNonNull(System.getProperty("fpw.dist")), "lib");
            Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "warm-spark-");
            Files.createDirectories(home.resolve("jars"));
            Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
            try (InputStream script =
                    Objects.requireNonNull(WarmSpark.class.getResourceAsStream("/warm-spark/spark-submit"))) {
                Files.copy(script, submit);
            }
            Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path asked = home.resolve("asked");
            Path said = home.resolve("said");
            int made = new ProcessBuilder("mkfifo", asked.toString(), said.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (made != 0) {
                throw new IllegalStateException("mkfifo ended with code " + made);
            }
            List<RandomAccessFile> ends =
                    List.of(new RandomAccessFile(asked.toFile(), "rw"), new RandomAccessFile(said.toFile(), "rw"));
            List<String> words = new SparkCommand(lib, Map.of(SparkCommand.HEAP_VARIABLE, "1g"))
                    .commandLine("-", home.resolve("spark.log"));
            Files.writeString(home.resolve("command"), String.join("\0", words.subList(0, words.size() - 1)) + "\0");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectInput(asked.toFile())
                    .redirectOutput(said.toFile())
                    .redirectError(home.resolve("spark.err").toFile());
            // the first night's folder, where it would keep its files otherwise, goes with the test
            builder.environment().put("SPARK_LOCAL_DIRS", home.resolve("local").toString());
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            Files.writeString(home.resolve("pid"), builder.start().pid() + "\n");
            return new WarmSpark(home, ends);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
