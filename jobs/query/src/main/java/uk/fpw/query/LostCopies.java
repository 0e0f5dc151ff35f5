package uk.fpw.query;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies of files of tables that are in an object store. If some are missing here, the application fetches them, which
 * knows the store, with the settings and credentials of this process. Warehouses in a folder have no copies.
 */
final class LostCopies {

    private static final String INSTALLED = "fpw.lib";
    private static final List<String> PASSED_ON = List.of("fpw.home", INSTALLED, "fpw.state");

    private LostCopies() {}

    /**
     * Fetches the missing copies of a release; what the store has lost too is found when it is read.
     *
     * @throws QueryException if the store cannot be read
     */
    static void fetch(Path warehouse, ReleaseManifest release) {
        fetch(warehouse, release, System.getProperty(INSTALLED));
    }

    /**
     * The same.
     *
     * @param installed folder of the programs' libraries; null if this program does not know it
     */
    static void fetch(Path warehouse, ReleaseManifest release, @Nullable String installed) {
        boolean isWhole = release.tables().stream()
                .filter(table -> !table.expired())
                .flatMap(table -> table.files().stream())
                .allMatch(file -> Files.isRegularFile(file.path()));
        if (isWhole || installed == null || !WarehouseFinder.isInObjectStore(warehouse)) {
            return;
        }
        try {
            Process application = new ProcessBuilder(command(Path.of(installed), warehouse, release))
                    .redirectErrorStream(true)
                    .start();
            application.getOutputStream().close();
            String said = new String(application.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = application.waitFor();
            if (code != 0 && code != QueryException.DAMAGED) {
                throw QueryException.unavailable(problem(release) + ": " + lastLine(said));
            }
        } catch (IOException failed) {
            throw QueryException.unavailable(problem(release) + ": " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw QueryException.unavailable(problem(release) + ": interrupted", interrupted);
        }
    }

    private static List<String> command(Path installed, Path warehouse, ReleaseManifest release) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8"));
        for (String name : PASSED_ON) {
            String value = System.getProperty(name);
            if (value != null) {
                command.add("-D" + name + "=" + value);
            }
        }
        command.addAll(List.of(
                "-cp",
                installed.resolve("app") + "/*" + File.pathSeparator + installed.resolve("shared") + "/*",
                "uk.fpw.nightly.Fpw",
                "fetch-copies",
                "--warehouse",
                warehouse.toString(),
                release.id().value()));
        return command;
    }

    private static String problem(ReleaseManifest release) {
        return "copies of files of release " + release.id() + " are missing here, and cannot be fetched again from the "
                + "object store by this user; whoever runs the warehouse fetches them with `fpw export " + release.id()
                + "`";
    }

    private static String lastLine(String said) {
        return said.substring(said.lastIndexOf('\n') + 1);
    }
}
