package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A standalone Spark cluster on the loopback address: a master and two workers that share a secret. Its Spark is that
 * of the installation without the libraries of these programs, which {@code spark-submit} has to bring.
 */
final class StandaloneCluster implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final List<String> OWN = List.of("fpw-", "iceberg-", "h2-", "postgresql-");
    private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";

    private final Path folder;
    private final Path home;
    private final String master;
    private final Map<String, String> environment;
    private final List<Process> processes = new ArrayList<>();

    private StandaloneCluster(Path folder, int port, Map<String, String> environment) throws IOException {
        this.folder = folder;
        this.environment = environment;
        // JUnit warns about links in a folder that it deletes
        this.home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "spark-home-");
        this.master = "spark://127.0.0.1:" + port;
    }

    /** Starts it; {@code lib} is the folder of the installed programs, {@code secret} what everybody shares. */
    static StandaloneCluster start(Path folder, Path lib, String secret) throws IOException, InterruptedException {
        return start(folder, lib, secret, Map.of());
    }

    /** The same; its executors see further variables. */
    static StandaloneCluster start(Path folder, Path lib, String secret, Map<String, String> environment)
            throws IOException, InterruptedException {
        StandaloneCluster cluster = new StandaloneCluster(folder, freePort(), environment);
        cluster.install(lib);
        Path settings = folder.resolve("cluster.conf");
        Files.writeString(settings, """
                spark.authenticate true
                spark.authenticate.secret %s
                spark.network.crypto.enabled true
                spark.io.encryption.enabled true
                spark.ui.enabled false
                spark.master.ui.port 0
                spark.worker.ui.port 0
                spark.master.rest.enabled false
                """.formatted(secret));
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
        String port = cluster.master.substring(cluster.master.lastIndexOf(':') + 1);
        cluster.daemon("master", "deploy.master.Master", "--port", port, "--properties-file", settings.toString());
        cluster.await("master", "I have been elected leader");
        for (int i = 1; i <= 2; i++) {
            String name = "worker" + i;
            cluster.daemon(
                    name,
                    "deploy.worker.Worker",
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--work-dir",
                    folder.resolve(name).toString(),
                    "--properties-file",
                    settings.toString(),
                    cluster.master);
        }
        cluster.await("worker1", "Successfully registered");
        cluster.await("worker2", "Successfully registered");
        return cluster;
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
                export SPARK_HOME=%1$s SPARK_SCALA_VERSION=2.13
                words=()
                while IFS= read -r -d '' word; do words+=("$word"); done < <("$JAVA_HOME/bin/java" -cp "%1$s/jars/*" \\
                    org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@" | sed -z 's/^\\n*//;/^$/d')
                exec "${words[@]}"
                """.formatted(home));
        Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwx------"));
    }

    private void daemon(String name, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "-XX:TieredStopAtLevel=1",
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
                .redirectOutput(log(name).toFile());
        builder.environment().putAll(environment);
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment()
                .put(
                        "SPARK_LOCAL_DIRS",
                        Files.createDirectories(folder.resolve("local")).toString());
        processes.add(builder.start());
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private void await(String name, String words) throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (!Files.readString(log(name)).contains(words)) {
            assertThat(System.nanoTime())
                    .as("%s says: %s", name, Files.readString(log(name)))
                    .isLessThan(end);
            Thread.sleep(100);
        }
    }

    /** The {@code SPARK_HOME} of its Spark. */
    Path home() {
        return home;
    }

    /** Its address. */
    String master() {
        return master;
    }

    /** An executor of a run, if one has started. */
    Optional<ProcessHandle> executor() {
        return processes.stream()
                .flatMap(daemon -> daemon.toHandle().descendants())
                .filter(process -> process.info()
                        .arguments()
                        .map(words -> List.of(words).contains(EXECUTOR))
                        .orElse(false))
                .findFirst();
    }

    /** Everything that its processes have written, logs of executors included. */
    List<Path> written() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("cluster.conf"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    @Override
    public void close() {
        processes.forEach(daemon -> daemon.descendants().forEach(ProcessHandle::destroyForcibly));
        processes.forEach(Process::destroyForcibly);
    }
}
