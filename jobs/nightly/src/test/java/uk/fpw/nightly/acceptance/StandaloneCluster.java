package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A standalone Spark cluster on the loopback address: a master and two workers that share a secret. Its Spark is that
 * of the installation without the libraries of these programs, which {@code spark-submit} has to bring. Its workers are
 * of another user ({@link OtherUser}), who may read nothing of a run, if this machine allows that.
 */
final class StandaloneCluster implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final String LOG = "daemon.log";

    /** Options of every JVM, executors included: for a few rows the C2 compiler does not pay. */
    private static final String FOR_FEW_ROWS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final List<String> OWN = List.of("fpw-", "iceberg-", "h2-", "postgresql-");
    private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";

    private final Path folder;
    private final Path home;
    private final String master;
    private final String secret;
    private final Map<String, String> environment;
    private final List<Process> processes = new ArrayList<>();
    private final Map<Path, Process> workers = new LinkedHashMap<>();
    private final OtherUser user;

    private StandaloneCluster(
            Path folder, int port, String secret, Map<String, String> environment, boolean isOfThisUser)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.secret = secret;
        this.environment = environment;
        // JUnit warns about links in a folder that it deletes
        this.home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "spark-home-");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.master = "spark://127.0.0.1:" + port;
        this.user = isOfThisUser ? OtherUser.NONE : OtherUser.ofThisMachine(home);
    }

    /**
     * Starts it.
     *
     * @param lib folder of the installed programs
     * @param secret what everybody shares
     * @param environment further variables of its executors
     */
    static StandaloneCluster start(Path folder, Path lib, String secret, Map<String, String> environment)
            throws IOException, InterruptedException {
        return start(lib, new StandaloneCluster(folder, freePort(), secret, environment, false));
    }

    /** The same with workers of the user of the runs, who may write into the warehouse folder. */
    static StandaloneCluster ofThisUser(Path folder, Path lib, String secret) throws IOException, InterruptedException {
        return start(lib, new StandaloneCluster(folder, freePort(), secret, Map.of(), true));
    }

    private static StandaloneCluster start(Path lib, StandaloneCluster cluster)
            throws IOException, InterruptedException {
        cluster.install(lib);
        String port = cluster.master.substring(cluster.master.lastIndexOf(':') + 1);
        Path settings = cluster.settings(cluster.folder.resolve("cluster.conf"));
        cluster.processes.add(cluster.daemon(
                cluster.folder,
                List.of(),
                "deploy.master.Master",
                "--port",
                port,
                "--properties-file",
                settings.toString()));
        await(cluster.folder, "I have been elected leader");
        cluster.startWorker();
        cluster.startWorker();
        for (Path worker : cluster.workers.keySet()) {
            await(worker, "Successfully registered");
        }
        return cluster;
    }

    /** Starts another worker, which need not be registered yet. */
    void startWorker() throws IOException {
        Path worker = Files.createDirectory(home.resolve("worker" + (workers.size() + 1)));
        Path settings = settings(worker.resolve("cluster.conf"));
        Files.createDirectory(worker.resolve("work"));
        Files.createDirectory(worker.resolve("local"));
        user.own(List.of(worker, settings, worker.resolve("work"), worker.resolve("local")));
        Process process = daemon(
                worker,
                user.command(),
                "deploy.worker.Worker",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                worker.resolve("work").toString(),
                "--properties-file",
                settings.toString(),
                master);
        processes.add(process);
        workers.put(worker, process);
    }

    private Path settings(Path file) throws IOException {
        Files.writeString(file, """
            spark.authenticate true
            spark.authenticate.secret %s
            spark.network.crypto.enabled true
            spark.io.encryption.enabled true
            spark.ui.enabled false
            spark.master.ui.port 0
            spark.worker.ui.port 0
            spark.master.rest.enabled false
            """.formatted(secret));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void install(Path lib) throws IOException {
        Path jars = Files.createDirectories(home.resolve("jars"));
        Files.createDirectories(home.resolve("conf"));
        for (String part : List.of("spark", "shared")) {
            try (Stream<Path> files = Files.list(lib.resolve(part))) {
                for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                        .filter(file ->
                                OWN.stream().noneMatch(file.getFileName().toString()::startsWith))
                        .toList()) {
                    Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar.toRealPath());
                }
            }
        }
        // as Spark's own bin/spark-submit does: its launcher prints the words of the command, after an empty line
        Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
        Files.writeString(submit, """
            #!/usr/bin/env bash
            set -euo pipefail
            export SPARK_HOME=%1$s SPARK_SCALA_VERSION=2.13 JAVA_TOOL_OPTIONS="%2$s"
            words=()
            while IFS= read -r -d '' word; do words+=("$word"); done < <("$JAVA_HOME/bin/java" -cp "%1$s/jars/*" \\
                org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@" | sed -z 's/^\\n*//;/^$/d')
            exec "${words[@]}"
            """.formatted(home, FOR_FEW_ROWS));
        Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwx------"));
    }

    private Process daemon(Path of, List<String> prefix, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-cp",
                home.resolve("conf") + ":" + home.resolve("jars/*"),
                "org.apache.spark." + main,
                "--host",
                "127.0.0.1"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(of.resolve(LOG).toFile());
        builder.environment().putAll(environment);
        builder.environment().put("HOME", of.toString());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("JAVA_TOOL_OPTIONS", FOR_FEW_ROWS);
        builder.environment().put("SPARK_LOCAL_DIRS", of.resolve("local").toString());
        return builder.start();
    }

    private static void await(Path of, String words) throws IOException, InterruptedException {
        Path log = of.resolve(LOG);
        long end = System.nanoTime() + START.toNanos();
        while (!Files.readString(log).contains(words)) {
            assertThat(System.nanoTime())
                    .as("%s says: %s", log, Files.readString(log))
                    .isLessThan(end);
            Thread.sleep(100);
        }
    }

    /** The {@code SPARK_HOME} of its Spark. */
    Path home() {
        return home;
    }

    /** What an installation says of it. */
    String settings() {
        return """
            spark:
              master: %s
              host: 127.0.0.1
              settings:
                spark.executor.memory: 600m
                spark.executor.cores: 1
            """.formatted(master);
    }

    /** Who its workers are, for the output of a test. */
    String describe() {
        return "The workers of the cluster " + user.describe() + ".";
    }

    /**
     * Kills an executor while it writes a file of a table into an object store.
     *
     * @return false if {@code night} has ended before
     */
    boolean killExecutorInMidStage(Installation.Running night) throws IOException, InterruptedException {
        while (night.isRunning()) {
            for (Executor executor : executors()) {
                if (executor.isWriting()) {
                    // stopped, so that the task cannot end before the kill
                    executor.signal("STOP");
                    if (executor.isWriting()) {
                        executor.handle.destroyForcibly();
                        return true;
                    }
                    executor.signal("CONT");
                }
            }
            Thread.sleep(5);
        }
        return false;
    }

    /** Kills a worker with its executors, for good. */
    void killWorker() {
        Process worker =
                workers.values().stream().filter(Process::isAlive).findFirst().orElseThrow();
        List<ProcessHandle> executors = worker.descendants().toList();
        worker.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
    }

    /** The executors that live. */
    List<Executor> executors() {
        List<Executor> found = new ArrayList<>();
        workers.forEach((folderOfWorker, worker) -> worker.descendants()
                .filter(process -> process.info()
                        .arguments()
                        .map(words -> List.of(words).contains(EXECUTOR))
                        .orElse(false))
                .forEach(process -> found.add(new Executor(process, folderOfWorker.resolve("local")))));
        return found;
    }

    /** An executor of a run, with the folder in which it puts files together before it sends them. */
    record Executor(ProcessHandle handle, Path local) {

        boolean isWriting() {
            try (Stream<Path> files = Files.walk(local)) {
                return files.anyMatch(file -> file.getFileName().toString().startsWith("s3fileio"));
            } catch (IOException | UncheckedIOException changedMeanwhile) {
                return false;
            }
        }

        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(handle.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }

    /** Everything that its processes have written, logs of executors included. */
    List<Path> written() throws IOException {
        List<Path> written = new ArrayList<>();
        List<Path> folders = new ArrayList<>(workers.keySet());
        folders.add(folder);
        for (Path each : folders) {
            try (Stream<Path> files = Files.walk(each)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !file.endsWith("cluster.conf"))
                        .forEach(written::add);
            }
        }
        return written;
    }

    @Override
    public void close() {
        processes.forEach(daemon -> daemon.descendants().forEach(ProcessHandle::destroyForcibly));
        processes.forEach(Process::destroyForcibly);
    }
}
