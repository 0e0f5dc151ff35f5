package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher {@code fpw} in a folder of its own, with scripts instead of Java and Maven. */
class LauncherIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path root;

    @BeforeEach
    void copyLauncher() throws IOException {
        folder = folder.toRealPath();
        root = Files.createDirectory(folder.resolve("checkout"));
        Files.copy(Path.of(System.getProperty("fpw.root")).resolve("fpw"), root.resolve("fpw"));
        Files.setPosixFilePermissions(root.resolve("fpw"), PosixFilePermissions.fromString("rwxr-xr-x"));
        java("17.0.15");
        script("jdk/bin/javac", "true");
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.createDirectories(root.resolve("jobs/nightly/src/main/java"));
        // builds like Maven: one jar in each folder of the installation
        script("bin/mvn", """
                echo "mvn $*" >>'%1$s/mvn-calls'
                for jar in app/fpw-nightly spark/fpw-metrics audit/fpw-audit query/fpw-query \
                    report/fpw-report shared/hadoop-client-api; \
                do
                    mkdir -p target/dist/lib/"${jar%%/*}"; : >target/dist/lib/"$jar-0.1.0.jar"
                done""".formatted(folder));
    }

    @Test
    void buildsOnceSayingSoAndThenRuns() throws Exception {
        Result first = fpw(folder, root.resolve("fpw"), "nightly", "--date", "2016-01-12");
        assertThat(first.err)
                .contains("fpw: building, because it has not been built yet")
                .contains("log: " + root.resolve("target/build.log"));
        assertThat(first.exit).isZero();
        assertThat(first.out)
                .contains("-Xmx512m", "-Duser.timezone=UTC", "-Dh2.bindAddress=127.0.0.1", "-Dfpw.home=" + root)
                .doesNotContain("TieredStopAtLevel")
                .endsWith("-cp " + root + "/target/dist/lib/app/*:" + root
                        + "/target/dist/lib/shared/* uk.fpw.nightly.Fpw nightly --date 2016-01-12\n");
        Result second = fpw(folder, root.resolve("fpw"), "--help");
        assertThat(second.err).isEmpty();
        assertThat(second.out).contains("-XX:TieredStopAtLevel=1").endsWith("uk.fpw.nightly.Fpw --help\n");
        assertThat(calls()).containsExactly("mvn -q -B -T 2 -Dmaven.test.skip=true package");
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        fpw(folder, root.resolve("fpw"), "--help");
        Path source = Files.createFile(root.resolve("jobs/nightly/src/main/java/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(fpw(folder, root.resolve("fpw"), "--help").err)
                .contains("fpw: building, because its sources have changed");
        assertThat(calls()).hasSize(2);
    }

    @Test
    void failedBuildShowsTheEndOfItsLogAndRunsNothing() throws Exception {
        script("bin/mvn", "echo 'BUILD FAILURE: no such symbol'; exit 1");
        Result result = fpw(folder, root.resolve("fpw"), "status");
        assertThat(result.exit).isEqualTo(1);
        assertThat(result.out).isEmpty();
        assertThat(result.err)
                .contains("BUILD FAILURE: no such symbol")
                .endsWith("fpw: the build failed; its whole log is " + root.resolve("target/build.log") + "\n");
    }

    @Test
    void findsItsFolderThroughLinksFromAnywhere() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("checkout/fpw"));
        Files.createSymbolicLink(elsewhere.resolve("fpw"), Path.of("../link"));
        Result result = fpw(elsewhere, elsewhere.resolve("fpw"), "status");
        assertThat(result.exit).isZero();
        assertThat(result.out).contains("-Dfpw.home=" + root + " ");
    }

    @Test
    void installationWithoutSourcesIsNotBuilt() throws Exception {
        Files.createDirectories(root.resolve("lib/app"));
        assertThat(fpw(folder, root.resolve("fpw"), "status").err).isEqualTo(missing(root.resolve("lib/spark")));
        install(root);
        Result result = fpw(folder, root.resolve("fpw"), "status");
        assertThat(result.err).isEmpty();
        assertThat(result.out).contains("-Dfpw.lib=" + root + "/lib ");
        assertThat(folder.resolve("mvn-calls")).doesNotExist();
    }

    @Test
    void launcherInBinFindsLibBesideBinThroughALink() throws Exception {
        Path installed = Files.createDirectories(folder.resolve("opt/fpw 0.1.0"));
        Path launcher = Files.createDirectory(installed.resolve("bin")).resolve("fpw");
        Files.copy(root.resolve("fpw"), launcher);
        Files.createSymbolicLink(folder.resolve("opt/fpw"), Path.of("fpw 0.1.0"));
        Path link = Files.createSymbolicLink(folder.resolve("fpw-link"), folder.resolve("opt/fpw/bin/fpw"));
        assertThat(fpw(folder, link, "status").err).isEqualTo(missing(installed.resolve("lib/app")));

        install(installed);
        Result result = fpw(folder, link, "status");
        assertThat(result.err).isEmpty();
        assertThat(result.out)
                .contains("-Dfpw.home=" + installed + " -Dfpw.lib=" + installed + "/lib ")
                .endsWith("-cp " + installed + "/lib/app/*:" + installed + "/lib/shared/* uk.fpw.nightly.Fpw status\n");
        assertThat(folder.resolve("mvn-calls")).doesNotExist();
    }

    @Test
    void checkoutInAFolderCalledBinIsBuilt() throws Exception {
        Path bin =
                Files.move(root, Files.createDirectory(folder.resolve("home")).resolve("bin"));
        assertThat(fpw(folder, bin.resolve("fpw"), "status").err).contains("fpw: building, because it has not");
    }

    private static void install(Path home) throws IOException {
        for (String part : List.of("app", "spark", "shared", "audit", "query", "report")) {
            Files.createDirectories(home.resolve("lib").resolve(part));
        }
    }

    private static String missing(Path part) {
        return "fpw: the installation is not complete: " + part + " is missing; unpack the archive again, or install "
                + "lib/app, lib/spark, lib/shared, lib/audit, lib/query and lib/report together.\n";
    }

    @Test
    void queryGoesToAProgramOfItsOwn() throws Exception {
        assertThat(fpw(folder, root.resolve("fpw"), "query", "select 1").out)
                .endsWith("-cp " + root + "/target/dist/lib/query/* uk.fpw.query.QueryMain select 1\n");
    }

    @Test
    void shellGoesToTheSameProgramWhichKnowsOfATerminalOnlyWhereThereIsOne() throws Exception {
        assertThat(fpw(folder, root.resolve("fpw"), "shell", "--force", "f").out)
                .doesNotContain("fpw.terminal")
                .endsWith("-cp " + root + "/target/dist/lib/query/* uk.fpw.query.shell.ShellMain --force f\n");
    }

    @Test
    void demonstrationIsOnTheClassPathOnlyWhereItIsInstalled() throws Exception {
        fpw(folder, root.resolve("fpw"), "--help");
        assertThat(calls()).hasSize(1);
        Files.createDirectories(root.resolve("examples/demo"));
        assertThat(fpw(folder, root.resolve("fpw"), "--help").err)
                .contains("fpw: building, because its sources have changed");
        Path lib = Files.createDirectories(root.resolve("target/dist/lib/demo"));
        Files.createFile(lib.resolve("fpw-demo-0.1.0.jar"));
        Result result = fpw(folder, root.resolve("fpw"), "demo");
        assertThat(result.err).isEmpty();
        assertThat(result.out).endsWith("/lib/shared/*:" + lib + "/* uk.fpw.nightly.Fpw demo\n");
    }

    @Test
    void furtherOptionsComeLastSoThatTheyCount() throws Exception {
        ProcessBuilder builder = builder(folder, root.resolve("fpw"), "status");
        builder.environment().put("FPW_JAVA_OPTS", "-Xmx1g -ea");
        assertThat(run(builder).out).contains(" -Xmx1g -ea -cp ");
    }

    @Test
    void folderOfWhatIsKnownIsPassedOn() throws Exception {
        ProcessBuilder builder = builder(folder, root.resolve("fpw"), "status");
        builder.environment().put("FPW_STATE", "/srv/state");
        assertThat(run(builder).out).contains(" -Dfpw.state=/srv/state ");
    }

    @Test
    void archivesOfClassesAreMadeFromANightAndUsedUntilTheNextBuild() throws Exception {
        script("jdk/bin/java", """
                if [ "$*" = -version ]; then echo 'openjdk version "17.0.15"' >&2; exit; fi
                echo "$*"; echo "$*" >>'%s/java-calls'
                for word; do
                    case "$word $*" in -XX:SharedArchiveFile=*-Xshare:dump*) : >"${word#*=}" ;; esac
                done""".formatted(folder));
        assertThat(fpw(folder, root.resolve("fpw"), "archive-classes", "--help").out)
                .endsWith(" uk.fpw.nightly.Fpw archive-classes --help\n");
        Files.delete(folder.resolve("java-calls"));
        Result made = fpw(folder, root.resolve("fpw"), "archive-classes");
        assertThat(made.exit).isZero();
        Path lib = root.resolve("target/dist/lib");
        try (Stream<Path> files = Files.list(lib)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactly(
                            "app", "app.jsa", "audit", "query", "query.jsa", "report", "shared", "spark", "spark.jsa");
        }
        assertThat(Files.readAllLines(folder.resolve("java-calls")).stream()
                        .map(call -> call.replaceFirst(".* -cp ", "")
                                .replace(lib + "/", "")
                                .replaceAll("/\\S*/force/", "")))
                .containsExactly(
                        "app/*:shared/* uk.fpw.nightly.Fpw init example",
                        "app/*:shared/* uk.fpw.nightly.Fpw nightly --force example --date 2026-11-23",
                        "query/* uk.fpw.query.QueryMain --force example select * from mart.queue_daily",
                        "app/*:shared/*",
                        "spark/*:shared/*",
                        "query/*");

        assertThat(fpw(folder, root.resolve("fpw"), "status").out)
                .contains("-XX:SharedArchiveFile=" + lib + "/app.jsa -Xlog:cds=off ");
        assertThat(fpw(folder, root.resolve("fpw"), "query", "q").out)
                .contains("-XX:SharedArchiveFile=" + lib + "/query.jsa -Xlog:cds=off ");
        Path source = Files.createFile(root.resolve("jobs/nightly/src/main/java/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(fpw(folder, root.resolve("fpw"), "status").out).doesNotContain("SharedArchiveFile");
    }

    @Test
    void archivesThatCannotBeMadeLeaveTheProgramsAsTheyWere() throws Exception {
        fpw(folder, root.resolve("fpw"), "--help");
        script("jdk/bin/java", """
                if [ "$*" = -version ]; then echo 'openjdk version "17.0.15"' >&2; exit; fi
                echo "no room" >&2; exit 1""");
        Result result = fpw(folder, root.resolve("fpw"), "archive-classes");
        assertThat(result.exit).isEqualTo(1);
        assertThat(result.err)
                .endsWith("no room\nfpw: the archives could not be created; the programs run without them\n");
        assertThat(root.resolve("target/dist/lib/app.jsa")).doesNotExist();
    }

    @Test
    void oldJavaIsRefused() throws Exception {
        java("1.8.0_392");
        Result result = fpw(folder, root.resolve("fpw"), "status");
        assertThat(result.exit).isEqualTo(2);
        assertThat(result.err)
                .isEqualTo("fpw: " + folder.resolve("jdk/bin/java")
                        + " is Java 1; install a JDK 17 or newer, or set JAVA_HOME to one.\n");
    }

    @Test
    void javaHomeWithoutJavaIsNamed() throws Exception {
        ProcessBuilder builder = builder(folder, root.resolve("fpw"), "status");
        builder.environment().put("JAVA_HOME", "/nowhere");
        Result result = run(builder);
        assertThat(result.exit).isEqualTo(2);
        assertThat(result.err)
                .isEqualTo("fpw: JAVA_HOME is /nowhere, but it contains no bin/java; set it to a JDK 17 or newer.\n");
    }

    private void java(String version) throws IOException {
        script(
                "jdk/bin/java",
                "if [ \"$*\" = -version ]; then echo 'openjdk version \"" + version + "\"' >&2; else echo \"$*\"; fi");
    }

    private void script(String name, String body) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("mvn-calls"));
    }

    private Result fpw(Path workingFolder, Path launcher, String... arguments) throws Exception {
        return run(builder(workingFolder, launcher, arguments));
    }

    private ProcessBuilder builder(Path workingFolder, Path launcher, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments))
                        .toList())
                .directory(workingFolder.toFile());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().remove("FPW_JAVA_OPTS");
        return builder;
    }

    private Result run(ProcessBuilder builder) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private record Result(int exit, String out, String err) {}
}
