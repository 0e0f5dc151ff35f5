import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.nightly.program.LogFormat;
import uk.fpw.nightly.run.ReportedException;
import uk.fpw.nightly.run.RunRequest;
import uk.fpw.nightly.run.RunResult;
import uk.fpw.nightly.run.RunSummary;
import uk.fpw.nightly.spark.SparkCommand;
import uk.fpw.nightly.spark.SparkWorker;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/**
 * Consecutive nights of the example forces, each with the data as it was on its date: which of the reported lines does
 * nobody have to act on? See README.md.
 */
final class QuietNights {

    private final Path build;
    private final Path work;

    private QuietNights(Path build, Path work) {
        this.build = build;
        this.work = work;
    }

    /** Arguments: folder of a build, working folder, number of nights, forces. */
    public static void main(String[] arguments) throws Exception {
        QuietNights quiet = new QuietNights(Path.of(arguments[0]), Path.of(arguments[1]));
        ExampleForces forces = new ExampleForces(quiet.build, quiet.work);
        List<ExampleForces.Example> examples = new ArrayList<>();
        for (String name : List.of(arguments).subList(3, arguments.length)) {
            examples.add(forces.example(
                    name, folder -> quiet.fpw(quiet.work.resolve("init.log"), "init", folder.toString())));
        }
        // in turn, so that the first weeks of each are available early
        int nights = Integer.parseInt(arguments[2]);
        for (int from = 0; from < nights; from += SaidLines.WEEK) {
            for (ExampleForces.Example example : examples) {
                quiet.runWeek(example, from, Math.min(from + SaidLines.WEEK, nights));
            }
        }
        boolean isQuiet = true;
        for (ExampleForces.Example example : examples) {
            isQuiet &= SaidLines.report(example.name(), quiet.said(example));
        }
        System.exit(isQuiet ? 0 : 1);
    }

    // ---- a night

    private void runWeek(ExampleForces.Example example, int from, int to) throws Exception {
        try (SparkWorker worker = new SparkWorker(
                new SparkCommand(new ProcessSupervisor(lib(), System.getenv(), ProgramStarter.PROCESSES)))) {
            for (int night = from; night < to; night++) {
                LocalDate date = example.first().plusDays(night);
                Path said = said(example).resolve(date + ".night");
                if (!Files.exists(said)) {
                    example.write(date);
                    run(example, date, worker, said);
                }
            }
        }
        Path status = said(example).resolve(example.first().plusDays(to - 1L) + ".status");
        if (!Files.exists(status)) {
            fpw(status, "status", "--force", example.folder().toString());
        }
    }

    /** Runs a date as fpw nightly does for one date of a range. */
    private void run(ExampleForces.Example example, LocalDate date, SparkWorker worker, Path said) throws Exception {
        Files.createDirectories(said.getParent());
        Path running = said.resolveSibling(date + ".running");
        int exit;
        try (PrintStream out = new PrintStream(Files.newOutputStream(running), true, StandardCharsets.UTF_8)) {
            CliContext context = new CliContext(
                    System.getenv(), build, lib(), work, Clock.systemUTC(), out, out, ProgramStarter.PROCESSES);
            exit = exit(context, ForceFolder.read(example.folder()), date, worker);
        }
        Files.write(said.resolveSibling(date + ".today"), today(example));
        Files.writeString(running, Files.readString(running) + "\nexit code " + exit + "\n");
        Files.move(running, said);
        System.out.println(example.name() + " " + date + ": exit code " + exit);
    }

    private static int exit(CliContext context, Force force, LocalDate date, SparkWorker worker) {
        try {
            RunResult result = context.runExecutor()
                    .withSparkWorker(worker)
                    .run(force, RunRequest.nightly(date), LogFormat.text);
            new RunSummary(context.out(), "fpw", Path::toString).print(result);
            return result.exitCode().code();
        } catch (ReportedException failed) {
            return failed.exitCode().code();
        }
    }

    private Path lib() {
        return build.resolve("target/dist/lib");
    }

    private int fpw(Path output, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(build.resolve("fpw").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
    }

    /** The lines of the first page: warnings, and what needs attention. */
    private static List<String> today(ExampleForces.Example example) throws IOException {
        Path page = example.warehouse().resolve("site/index.html");
        List<String> lines = new ArrayList<>();
        if (Files.exists(page)) {
            String html = Files.readString(page);
            String top = html.substring(html.indexOf("role=\"status\""), html.indexOf("<main"));
            String attention = html.substring(html.indexOf("<main"), html.indexOf("id=\"better\""));
            find(
                    top,
                    "<p>(?:Figures as at the end of <strong>.*?</strong>. )?(.*?)(?: Next expected by .*?)?</p>",
                    lines,
                    "");
            find(attention, "<h3>(.*?)</h3>\\s*<p>(.*?)</p>", lines, "needs attention: ");
            find(attention.replaceAll("(?s)<ol.*?</ol>", ""), "<li>(.*?)</li>", lines, "needs attention: ");
        }
        return lines;
    }

    private static void find(String html, String what, List<String> lines, String before) {
        Matcher found = Pattern.compile(what, Pattern.DOTALL).matcher(html);
        while (found.find()) {
            String text = found.group(1) + (found.groupCount() > 1 ? ": " + found.group(2) : "");
            lines.add(before + text.replaceAll("<[^>]*>", "").replaceAll("\\s+", " "));
        }
    }

    private Path said(ExampleForces.Example example) {
        return work.resolve("said").resolve(example.name());
    }
}
