package uk.fpw.nightly;

import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.nightly.night.LogFormat;
import uk.fpw.nightly.night.NightOutcome;
import uk.fpw.nightly.night.NightRunner;
import uk.fpw.nightly.night.NightSummary;
import uk.fpw.warehouse.force.Force;

@Command(
        name = "nightly",
        description = {
            "Runs one night: loads every feed's file of the business date, computes the tables, audits them and releases them.",
            "A night that fails leaves the previous release standing. Running a night again is always safe: what is loaded is not loaded twice."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class NightlyCommand implements Callable<Integer> {

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(
            names = {"-d", "--date"},
            paramLabel = "D",
            converter = BusinessDate.Converter.class,
            description =
                    "Business date, like 2016-01-12: the day whose end the figures show. Default: yesterday in the force's zone, the last day that is over.")
    private @Nullable LocalDate date;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "Form of the log file in the run's folder: ${COMPLETION-CANDIDATES} (one object per line). Default: text.")
    private LogFormat logFormat = LogFormat.text;

    private final Surroundings surroundings;

    NightlyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Force read = force.read(surroundings);
        LocalDate businessDate = BusinessDate.choose(date, read, surroundings.clock());
        String taken = date == null ? " (yesterday in " + read.zone() + ", since --date is not given)" : "";
        surroundings.out().println("Night of " + businessDate + taken + ": " + read.name() + " (" + read.code() + ")");
        NightOutcome outcome = run(surroundings, read, businessDate, logFormat);
        new NightSummary(surroundings.out(), surroundings.launcher(), surroundings::shown).print(outcome);
        return 0;
    }

    static NightOutcome run(Surroundings surroundings, Force force, LocalDate businessDate, LogFormat logFormat) {
        return new NightRunner(
                        surroundings.environment(),
                        surroundings.lib(),
                        surroundings.clock(),
                        surroundings.out(),
                        surroundings.err(),
                        Version.text())
                .run(force, businessDate, logFormat);
    }
}
