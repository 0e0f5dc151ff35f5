package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.fault.CallSite;

/**
 * Makes each call of a load and of a release to the operating system fail once, in each possible way: {@code faults.sh}
 * next to the sources runs it, and continues where it was stopped.
 *
 * <p>A line for each trial goes to {@code -Dfpw.fault.results}; a trial with a line there is not repeated.
 * {@code -Dfpw.fault.trials} is the maximum number of trials, a quarter of them with PostgreSQL, and
 * {@code -Dfpw.fault.seed} selects them.
 */
class FaultTrials {

    @TempDir
    private static Path folder;

    private final Path results = Path.of(System.getProperty("fpw.fault.results", "target/faults.txt"));
    private final int most = Integer.getInteger("fpw.fault.trials", 200);

    private record Trial(FaultTrial command, CallSite site, FaultTrial.Fault fault) {

        String key() {
            return command.name() + "\t" + fault + "\t" + site;
        }
    }

    @Test
    void filesFail() throws IOException {
        trials(FaultWarehouses.embedded(Installation.here(folder), folder, true), most - most / 4);
    }

    @Test
    void postgresFails() throws IOException {
        trials(FaultWarehouses.onPostgres(Installation.here(folder), folder), most / 4);
    }

    private void trials(FaultWarehouses warehouses, int atMost) throws IOException {
        Random random = new Random(Long.getLong("fpw.fault.seed", 1));
        List<List<Trial>> sites = new ArrayList<>();
        for (FaultTrial command : List.of(warehouses.load(), warehouses.release())) {
            for (CallSite site : command.sites()) {
                List<Trial> ofSite = new ArrayList<>();
                for (FaultTrial.Fault fault : FaultTrial.Fault.values()) {
                    if (fault.fits(site)) {
                        ofSite.add(new Trial(command, site, fault));
                    }
                }
                Collections.shuffle(ofSite, random);
                sites.add(ofSite);
            }
            System.out.println(command.name() + ": " + command.sites().size() + " call sites");
        }
        Collections.shuffle(sites, random);
        // one of each place, then the second of each
        List<Trial> trials = new ArrayList<>();
        for (int round = 0; round < FaultTrial.Fault.values().length; round++) {
            for (List<Trial> ofSite : sites) {
                trials.addAll(ofSite.subList(Math.min(round, ofSite.size()), Math.min(round + 1, ofSite.size())));
            }
        }
        System.out.println(trials.size() + " trials, of which are made: " + Math.min(atMost, trials.size()));
        Set<String> done = done();
        List<String> disagreeing = new ArrayList<>();
        for (Trial trial : trials.subList(0, Math.min(atMost, trials.size()))) {
            if (!done.contains(trial.key())) {
                FaultTrial.Result result = trial.command().run(trial.site(), trial.fault());
                Files.write(results, List.of(result.line()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                if (!result.problems().isEmpty()) {
                    disagreeing.add(result.line());
                }
            }
        }
        assertThat(disagreeing).isEmpty();
    }

    private Set<String> done() throws IOException {
        return Files.exists(results)
                ? Files.readAllLines(results).stream()
                        .map(line -> String.join("\t", List.of(line.split("\t")).subList(0, 3)))
                        .collect(Collectors.toSet())
                : Set.of();
    }
}
