package uk.fpw.nightly.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link RekeyForce} of which one person is to be erased: with two devices, one of which was withdrawn, and a row
 * that is refused every night. The same person can be left out of all files.
 */
record ErasureForce(RekeyForce force, boolean hasPerson) {

    static final String PERSON = "Sam Canary-1985";
    static final List<String> DEVICES = List.of("D0015-CANARY", "D0165-CANARY", "DBAD-CANARY");
    static final LocalDate FIRST = KilledRun.FIRST;

    private static final String SUSPECT = "S015";

    static ErasureForce in(Path folder, boolean hasPerson) throws IOException {
        return new ErasureForce(RekeyForce.in(folder), hasPerson);
    }

    /** What to erase: the person and all values of devices, which are pseudonymised columns too. */
    static Path values(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(DEVICES);
        lines.add(PERSON);
        return Files.write(folder.resolve("to-erase.txt"), lines);
    }

    String path() {
        return force.path();
    }

    Path warehouse() {
        return force.trial().warehouse();
    }

    /** Runs the night of a date; its exit code is that of success, or says that figures changed. */
    Installation.Outcome night(Installation fpw, LocalDate date) {
        drop(date);
        return fpw.run("nightly", "--force", path(), "--date", date.toString());
    }

    private void drop(LocalDate date) {
        List<String> devices = KilledRun.devices(date);
        devices.add("DBAD," + SUSPECT + ",2025-02-30,,phone,");
        force.trial().writeDevices(date, lines(devices));
        force.trial().writeExits(date, TrialForce.gzip(String.join("\n", lines(TrialForce.exits(date))) + "\n"));
    }

    private List<String> lines(List<String> lines) {
        List<String> changed = new ArrayList<>();
        for (String line : lines) {
            String named = line.replace(SUSPECT + ",", PERSON + ",");
            boolean isOfPerson = !named.equals(line);
            for (String device : DEVICES) {
                String plain = device.substring(0, device.indexOf('-')) + ",";
                isOfPerson |= named.startsWith(plain);
                named = named.startsWith(plain) ? device + named.substring(plain.length() - 1) : named;
            }
            if (hasPerson || !isOfPerson) {
                changed.add(named);
            }
        }
        return changed;
    }
}
