import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes in order, in the JVM of the tests. */
final class FirstFailure {
    private final Path begun;
    private final Launcher launcher = LauncherFactory.create();

    private FirstFailure(Path begun) {
        this.begun = begun;
    }

    public static void main(String... words) throws Exception {
        FirstFailure tests = new FirstFailure(Path.of(words[0]));
        List<String> classes = Files.readAllLines(Path.of(words[1]));
        if (words[2].equals("reach")) {
            tests.reach(
                    classes, Path.of(words[3]), Path.of(words[4]), Duration.ofSeconds(Long.parseLong(words[5])));
        } else {
            tests.kill(classes, Path.of(words[3]), words[4].split(" "));
        }
        System.exit(0);
    }

    private void reach(List<String> classes, Path reached, Path probes, Duration most) throws IOException {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long since = System.nanoTime();
        for (String name : classes) {
            if (System.nanoTime() - since > most.toNanos()) {
                return;
            }
            long processor = system.getProcessCpuTime();
            long started = System.nanoTime();
            String failed = run(name, "all");
            List<String> called = new ArrayList<>();
            try (Stream<Path> files = Files.list(probes)) {
                for (Path file : files.sorted().toList()) {
                    called.add(file.getFileName().toString());
                    Files.delete(file);
                }
            }
            String row = String.join(
                    "\t",
                    name,
                    "%.2f".formatted((System.nanoTime() - started) / 1e9),
                    "%.2f".formatted((system.getProcessCpuTime() - processor) / 1e9),
                    failed == null ? "passed" : "failed: " + failed,
                    String.join(" ", called));
            Files.writeString(reached, row + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** Runs the quick tests of all classes first, because the README's command runs those. */
    private void kill(List<String> classes, Path verdict, String... tiers) throws IOException {
        for (String tier : tiers) {
            for (String name : classes) {
                String failed = run(name, tier);
                if (failed != null) {
                    Files.writeString(verdict, "failed\t" + tier + "\t" + failed);
                    return;
                }
            }
        }
        Files.writeString(verdict, "survived");
    }

    /** Returns the first failure, or null. */
    private String run(String name, String tier) throws IOException {
        Files.writeString(begun, tier + "\t" + name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        List<String> failed = Collections.synchronizedList(new ArrayList<>());
        CancellationToken stop = CancellationToken.create();
        LauncherDiscoveryRequestBuilder request =
                LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(name));
        if (!tier.equals("all")) {
            request.filters(
                    tier.equals("quick") ? TagFilter.excludeTags("thorough") : TagFilter.includeTags("thorough"));
        }
        launcher.execute(LauncherExecutionRequestBuilder.request(request.build())
                .cancellationToken(stop)
                .listeners(new TestExecutionListener() {
                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                            String method = test.getSource().orElse(null) instanceof MethodSource source
                                    ? "#" + source.getMethodName()
                                    : "";
                            failed.add(name + method);
                            result.getThrowable().ifPresent(Throwable::printStackTrace);
                            if (!tier.equals("all")) {
                                stop.cancel();
                            }
                        }
                    }
                })
                .build());
        return failed.isEmpty() ? null : failed.get(0);
    }
}
