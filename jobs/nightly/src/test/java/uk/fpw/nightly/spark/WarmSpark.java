package uk.fpw.nightly.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.ProgramStarter;

/**
 * One Spark process for all nights of a module's tests, in whichever JVM they run. It computes the same as separate
 * processes would, but is started and warmed up once. Tests of the process itself, its start or its death do not use
 * it.
 */
public final class WarmSpark {

    /** The FIFOs for its standard input and output. */
    private static final String ASKED = "asked";

    private static final String SAID = "said";

    /** The usual options, and room for what is loaded at once, so that the garbage collector has less to do. */
    private static final String JAVA_OPTIONS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 "
            + "-XX:ReservedCodeCacheSize=240m -XX:MetaspaceSize=512m -Xmn400m -Dh2.maxCompactTime=0";

    private final Path home;

    /** Held open, so that the process ends when all of these JVMs have ended, not after one night. */
    @SuppressWarnings({"UnusedVariable", "FieldCanBeLocal"})
    private final List<RandomAccessFile> ends;

    private static @Nullable WarmSpark latest;

    private WarmSpark(Path home, List<RandomAccessFile> ends) {
        this.home = home;
        this.ends = ends;
    }

    /**
     * The {@code SPARK_HOME} of a night. The first call of all JVMs starts the process from the programs of the
     * installation; the first call after it has ended, for example on a full disk, starts another.
     */
    public static synchronized Path home() {
        try {
            if (latest == null || !isAlive(latest.home)) {
                latest = joinOrStart();
            }
            return latest.home;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static WarmSpark joinOrStart() {
        try {
            Path target = Path.of("target").toAbsolutePath();
            try (FileChannel file = FileChannel.open(
                            target.resolve("warm-spark.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                Path shared = target.resolve("warm-spark.home");
                WarmSpark running =
                        lock.isValid() && Files.exists(shared) ? join(Path.of(Files.readString(shared))) : null;
                if (running != null) {
                    return running;
                }
                WarmSpark started = start(target);
                Files.writeString(shared, started.home.toString());
                return started;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The process of another JVM, if it still runs; it continues if that JVM ends before this one. */
    private static @Nullable WarmSpark join(Path home) throws IOException {
        if (!Files.exists(home.resolve("pid")) || !isAlive(home)) {
            return null;
        }
        List<RandomAccessFile> ends = openEnds(home);
        return isAlive(home) ? new WarmSpark(home, ends) : null;
    }

    /** Its process id may have been reused. */
    private static boolean isAlive(Path home) throws IOException {
        return ProcessHandle.of(
                        Long.parseLong(Files.readString(home.resolve("pid")).strip()))
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().commandLine())
                .filter(line -> line.contains(home.toString()))
                .isPresent();
    }

    private static List<RandomAccessFile> openEnds(Path home) throws IOException {
        return List.of(
                new RandomAccessFile(home.resolve(ASKED).toFile(), "rw"),
                new RandomAccessFile(home.resolve(SAID).toFile(), "rw"));
    }

    private static WarmSpark start(Path target) throws IOException, InterruptedException {
        Path lib = Path.of(Objects.requireNonNull(System.getProperty("fpw.dist")), "lib");
        Path home = Files.createTempDirectory(target, "warm-spark-");
        Files.createDirectories(home.resolve("jars"));
        Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
        try (InputStream script =
                Objects.requireNonNull(WarmSpark.class.getResourceAsStream("/warm-spark/spark-submit"))) {
            Files.copy(script, submit);
        }
        Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
        int made = new ProcessBuilder(
                        "mkfifo",
                        home.resolve(ASKED).toString(),
                        home.resolve(SAID).toString())
                .inheritIO()
                .start()
                .waitFor();
        if (made != 0) {
            throw new IllegalStateException("mkfifo ended with code " + made);
        }
        List<RandomAccessFile> ends = openEnds(home);
        Map<String, String> settings = Map.of("FPW_SPARK_HEAP", "1g", SparkCommand.JAVA_OPTIONS_VARIABLE, JAVA_OPTIONS);
        List<String> words = new SparkCommand(new ProcessSupervisor(lib, settings, ProgramStarter.PROCESSES))
                .commandLine("-", home.resolve("spark.log"));
        Files.writeString(home.resolve("command"), String.join("\0", words.subList(0, words.size() - 1)) + "\0");
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(home.resolve(ASKED).toFile())
                .redirectOutput(home.resolve(SAID).toFile())
                .redirectError(home.resolve("spark.err").toFile());
        // otherwise it would keep its files in the first night's folder, which is deleted with the test
        builder.environment().put("SPARK_LOCAL_DIRS", home.resolve("local").toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Files.writeString(home.resolve("pid"), builder.start().pid() + "\n");
        return new WarmSpark(home, ends);
    }
}
