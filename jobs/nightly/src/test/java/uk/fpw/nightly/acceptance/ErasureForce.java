package uk.fpw.nightly.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A {@link RekeyForce} of which one person is to be erased: with two devices, one of which was withdrawn, and a row
 * that is refused every night. The same person can be left out of all files.
 *
 * @param isWide whether the person has six devices, of which one is not sent for two nights, and four further columns
 *     of their rows name the person
 */
record ErasureForce(RekeyForce force, boolean hasPerson, boolean isWide) {

    static final String PERSON = "Sam Canary-1985";
    static final List<String> DEVICES = List.of("D0015-CANARY", "D0165-CANARY", "DBAD-CANARY");
    static final LocalDate FIRST = KilledRun.FIRST;

    /** Further devices: two that wait, and two that were examined and judged. */
    private static final List<String> FURTHER_DEVICES =
            List.of("D0010-CANARY", "D0160-CANARY", "D0013-CANARY", "D0163-CANARY");

    private static final String SUSPECT = "S015";
    private static final List<String> FURTHER_SUSPECTS = List.of("S010", "S013");

    /** Of the further columns, those with pseudonyms and the others. */
    private static final List<String> PSEUDONYMISED = List.of("BAG-CANARY-77", "Collector Canary-4");

    private static final List<String> PLAIN =
            List.of("seen with Canary-brother", "canary.1985@example.org", "taken by Canary-mother");

    static ErasureForce in(Path folder, boolean hasPerson) throws IOException {
        return new ErasureForce(RekeyForce.in(folder), hasPerson, false);
    }

    static ErasureForce wide(Path folder, boolean hasPerson) throws IOException {
        RekeyForce force = RekeyForce.in(folder);
        force.trial()
                .edit("feeds/devices.yml", "ignored: [REMARKS]", """
                  - {name: remarks, from: REMARKS, type: text, privacy: not_personal}
                  - {name: bag, from: BAG, type: text, privacy: pseudonymise}
                  - {name: email, from: EMAIL, type: text, privacy: not_personal}
                """)
                .edit("feeds/exits.yml", "required: true, privacy: not_personal}", """
                required: true, privacy: not_personal}
                  - {name: collector, from: COLLECTOR, type: text, privacy: pseudonymise}
                  - {name: reason, from: REASON, type: text, privacy: not_personal}\
                """);
        return new ErasureForce(force, hasPerson, true);
    }

    /** What to erase: the person and all values of devices, which are pseudonymised columns too. */
    Path values(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(devices());
        lines.add(PERSON);
        return Files.write(folder.resolve("to-erase.txt"), lines);
    }

    /** What must be nowhere, as the source writes it: of columns with pseudonyms. */
    List<String> pseudonymised() {
        List<String> values = new ArrayList<>(devices());
        values.add(PERSON);
        values.addAll(isWide ? PSEUDONYMISED : List.of());
        return values;
    }

    /** The same of the other columns. */
    List<String> plain() {
        return isWide ? PLAIN : List.of();
    }

    private List<String> devices() {
        List<String> devices = new ArrayList<>(DEVICES);
        devices.addAll(isWide ? FURTHER_DEVICES : List.of());
        return devices;
    }

    private List<String> suspects() {
        List<String> suspects = new ArrayList<>(List.of(SUSPECT));
        suspects.addAll(isWide ? FURTHER_SUSPECTS : List.of());
        return suspects;
    }

    String path() {
        return force.path();
    }

    Path warehouse() {
        return force.trial().warehouse();
    }

    /** Runs the night of a date; its exit code is that of success, or says that figures changed. */
    Installation.Outcome night(Installation fpw, LocalDate date) {
        return night(fpw, date, UnaryOperator.identity());
    }

    /** The same with changed lines of devices. */
    Installation.Outcome night(Installation fpw, LocalDate date, UnaryOperator<String> devices) {
        drop(date, devices);
        return fpw.run("nightly", "--force", path(), "--date", date.toString());
    }

    private void drop(LocalDate date, UnaryOperator<String> changed) {
        List<String> devices = KilledRun.devices(date);
        devices.add("DBAD," + SUSPECT + ",2025-02-30,,phone,");
        boolean isAway = isWide && (date.equals(FIRST.plusDays(4)) || date.equals(FIRST.plusDays(5)));
        devices.removeIf(line -> isAway && line.startsWith("D0163,"));
        List<String> lines = lines(devices, ",BAG,EMAIL", "," + PSEUDONYMISED.get(0) + "," + PLAIN.get(1));
        lines.replaceAll(changed);
        force.trial().writeDevices(date, lines);
        List<String> exits =
                lines(TrialForce.exits(date), ",COLLECTOR,REASON", "," + PSEUDONYMISED.get(1) + "," + PLAIN.get(2));
        force.trial().writeExits(date, TrialForce.gzip(String.join("\n", exits) + "\n"));
    }

    private List<String> lines(List<String> lines, String header, String ofPerson) {
        List<String> changed = new ArrayList<>();
        for (String line : lines) {
            String named = line;
            for (String suspect : suspects()) {
                named = named.replace("," + suspect + ",", "," + PERSON + ",");
            }
            boolean isOfPerson = !named.equals(line);
            for (String device : devices()) {
                String plain = device.substring(0, device.indexOf('-')) + ",";
                isOfPerson |= named.startsWith(plain);
                named = named.startsWith(plain) ? device + named.substring(plain.length() - 1) : named;
            }
            if (isWide) {
                String remark = isOfPerson && named.endsWith(",") ? PLAIN.get(0) : "";
                String id = named.substring(0, named.indexOf(','));
                named += changed.isEmpty() ? header : isOfPerson ? remark + ofPerson : "," + id + "-b," + id + "@x.org";
            }
            if (hasPerson || !isOfPerson) {
                changed.add(named);
            }
        }
        return changed;
    }
}
