package uk.fpw.nightly.cli.force;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.profile.ForceDraft;
import uk.fpw.profile.ProfiledSource;
import uk.fpw.warehouse.failure.FpwException;

/** Implements {@code fpw init}. */
@Command(
        name = "init",
        description = {
            "Creates a small force folder to start from: five devices, one feed, one queue, one rule.",
            "It passes 'fpw check' and can be run immediately. Replace its parts with your own; see "
                    + "docs/force-folder.md.",
            "With --from, the folder is drafted from a list of your own, and its first night can run."
        })
public final class InitCommand implements Callable<Integer> {

    /** The walk-through of docs/force-folder.md. */
    public static final List<String> FILES = List.of(
            "drop/devices_2026-11-23.csv",
            "force.yml",
            "connections.yml",
            "feeds/devices.yml",
            "staging/device_events.yml",
            "staging/device_events.sql",
            "queues/awaiting_examination.yml",
            "rules/devices.yml",
            "examples/how_they_leave.yml",
            "changes/second_examiner.yml");

    private static final String README = """
            # A force folder

            Five devices of a digital forensics unit, from a CSV file to a queue. `docs/force-folder.md` of the Force \
            Performance Warehouse explains each file, step by step.
            `fpw check` lists every error while you change it. Nothing here is secret; do not \
            store secrets here.

            | file | says |
            |---|---|
            | `force.yml` | name of the force, time zone, location of the warehouse |
            | `connections.yml` | where operational systems drop their files |
            | `drop/devices_2026-11-23.csv` | data of one system as at 23 November 2026: invented |
            | `feeds/devices.yml` | its columns, its key, personal data |
            | `staging/device_events.*` | the events in its rows |
            | `queues/awaiting_examination.yml` | what waiting means |
            | `rules/devices.yml` | conditions that a row must meet to be counted |
            | `examples/how_they_leave.yml` | input rows and expected results: `fpw test` |
            | `changes/second_examiner.yml` | a dated change that figures should be read with |
            """;

    @Parameters(paramLabel = "DIR", description = "Folder to write to: created if it does not exist; must be empty.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ArgGroup(exclusive = false)
    private @Nullable InitListOptions from;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public InitCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path target = context.workingFolder().resolve(folder).normalize();
        refuseUnlessEmpty(target);
        try {
            if (from != null) {
                return writeFrom(from, target);
            }
            for (String file : FILES) {
                Path path = target.resolve(file);
                Files.createDirectories(path.getParent());
                Files.writeString(path, named(file, target));
            }
            Files.writeString(target.resolve("README.md"), README);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    target + " cannot be written; check its permissions and the free space on its disk", failed);
        }
        printNextSteps(context.shown(target));
        return 0;
    }

    private int writeFrom(InitListOptions options, Path target) throws IOException {
        Path list = context.workingFolder().resolve(options.list).normalize();
        if (!Files.isRegularFile(list)) {
            throw FpwException.configuration("--from: there is no file " + list + "; correct the path");
        }
        ForceDraft draft = ForceDraft.of(
                ProfiledSource.of(list, options.hasHeader),
                options.columns(),
                LocalDate.now(context.clock()),
                Path.of(System.getProperty("java.io.tmpdir")),
                rows -> context.err().println(String.format(Locale.ROOT, "  %,d rows read ...", rows)));
        ListFolder folder = new ListFolder(list, draft, named("force.yml", target));
        folder.write(target);
        PrintStream out = context.out();
        String shown = context.shown(target);
        out.println("A force folder for " + list.getFileName() + " is in " + shown + ".");
        draft.findings().forEach(out::println);
        out.println();
        out.println("Guessed, to be decided in its files:");
        folder.decisions().forEach(decision -> out.println("  " + decision));
        out.println();
        printSteps(shown, draft.pseudonymises(), draft.businessDate().toString(), "--name waiting_now");
        return 0;
    }

    private static void refuseUnlessEmpty(Path target) {
        if (!Files.exists(target)) {
            return;
        }
        try (Stream<Path> entries = Files.isDirectory(target) ? Files.list(target) : Stream.of(target)) {
            if (entries.findAny().isPresent()) {
                throw FpwException.configuration(
                        target + " is not an empty folder, so nothing was written; choose one that does not exist yet");
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(target + " cannot be read", failed);
        }
    }

    /** The text of a file; the force is named after its folder. */
    private static String named(String file, Path target) {
        String text = resource(file);
        String code = String.valueOf(target.getFileName())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^[^a-z]+|_+$", "");
        return file.equals("force.yml") && !code.isEmpty()
                ? text.replace("force: my_force", "force: " + code)
                        .replace("../var/my-force", "../var/" + code.replace('_', '-'))
                : text;
    }

    static String resource(String file) {
        try (InputStream in = InitCommand.class.getResourceAsStream("/fpw/init/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the installation does not contain fpw/init/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void printNextSteps(String shown) {
        context.out().println("A force folder to start from is in " + shown + ": five invented devices, one queue.");
        context.out().println();
        printSteps(
                shown,
                true,
                "2026-11-23",
                "'select slice_value, waiting_count from mart.queue_monthly where not is_total'");
        context.out().println("and change it as docs/force-folder.md describes.");
    }

    private void printSteps(String shown, boolean needsKey, String date, String query) {
        PrintStream out = context.out();
        String fpw = context.launcher();
        if (needsKey) {
            out.println("Its pseudonyms need a secret key. Create one, once, and store it where only the nightly run "
                    + "can read it:");
            out.println("  (umask 077 && openssl rand -hex 32 > " + shown + ".key)");
            out.println(
                    "  export FPW_PSEUDONYM_KEY_FILE=" + (Path.of(shown).isAbsolute() ? "" : "$PWD/") + shown + ".key");
        }
        out.println("Then");
        out.println("  " + fpw + " check   --force " + shown);
        out.println("  " + fpw + " nightly --force " + shown + " --date " + date);
        out.println("  " + fpw + " query   --force " + shown + " " + query);
    }
}
