package uk.fpw.nightly.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import uk.fpw.nightly.run.MigratedWarehouse;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * A {@link TrialForce} with every kind of key: items and cases are pseudonyms, rows of one feed are identified by their
 * values, there are judgements and values at entry, and a row with a key is refused.
 */
record RekeyForce(TrialForce trial) {

    /** The keys of a warehouse: {@code HEX} with 64 characters, as early versions wrote them; {@code BASE32} today. */
    enum Keys {
        HEX,
        BASE32
    }

    private static final List<String> DEVICE_ID = List.of(
            "from: DEVICE, type: text, privacy: not_personal", "from: DEVICE, type: text, privacy: pseudonymise");

    static RekeyForce in(Path folder) throws IOException {
        TrialForce trial = TrialForce.in(Files.createDirectories(folder))
                .edit("feeds/devices.yml", DEVICE_ID.get(0), DEVICE_ID.get(1))
                .edit("feeds/exits.yml", DEVICE_ID.get(0), DEVICE_ID.get(1))
                .edit("feeds/exits.yml", "key: [device_id]", "key: row");
        write(trial, "milestones/devices.yml", """
                milestones: devices
                version: 1
                title: Devices
                description: Each device that waits, as if it were a case.
                item_kind: device
                opens: [received]
                closes: [withdrawn]
                steps:
                  - {step: examination, title: Examined, done: [examined]}
                """);
        write(trial, "schemes/kinds.yml", """
                scheme: kinds
                title: Kinds
                description: The kind of a device, as if it were a grade.
                versions:
                  - {version: 1, valid_from: 2024-01-01, grades: [phone, computer, tablet]}
                """);
        write(trial, "gradings/kinds.yml", """
                grading: kinds
                source: lab
                description: A judgement of each examined device.
                feeds: [devices]
                """);
        write(trial, "gradings/kinds.sql", """
                -- Grain: item_key. Reads: devices.
                select
                    device_id as item_key,
                    suspect_id as case_key,
                    suspect_id as contributor_key,
                    'kinds' as scheme,
                    1 as scheme_version,
                    kind as grade,
                    'kind' as theme,
                    'PC 1' as assessor,
                    'all devices' as population,
                    'all' as selection,
                    examined_on as judged_on
                from devices
                where examined_on is not null and kind is not null
                """);
        return new RekeyForce(trial);
    }

    /** A copy in that folder of a force after the night of {@link KilledRun#FIRST}, which each build runs once. */
    static RekeyForce afterOneNight(Keys keys, Installation fpw, Path folder) throws IOException {
        return copy(fpw, folder, oneNight(keys));
    }

    /** The same after the next night too, before which the first release was pinned as {@code first-night}. */
    static RekeyForce afterTwoNights(Keys keys, Installation fpw, Path folder) throws IOException {
        return copy(fpw, folder, KeptNights.folder("rekey-two-nights-" + keys, made -> {
            Installation here = Installation.here(made);
            RekeyForce force = copy(here, made, oneNight(keys));
            here.succeed("pin", KilledRun.FIRST + ".1", "first-night", "--force", force.path());
            force.night(here, KilledRun.FIRST.plusDays(1));
        }));
    }

    private static Path oneNight(Keys keys) {
        return KeptNights.folder("rekey-one-night-" + keys, made -> {
            RekeyForce force = in(made);
            if (keys == Keys.HEX) {
                force.begunByAnEarlierVersion();
            }
            force.night(Installation.here(made), KilledRun.FIRST);
        });
    }

    private static RekeyForce copy(Installation fpw, Path folder, Path kept) throws IOException {
        return new RekeyForce(
                KeptNights.copy(fpw, Files.createDirectories(folder).toRealPath(), kept));
    }

    private static void write(TrialForce trial, String file, String text) throws IOException {
        Path path = trial.folder().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void begunByAnEarlierVersion() {
        try {
            begunByAnEarlierVersion(MigratedWarehouse.in(trial.warehouse()));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Gives it a warehouse whose keys have 64 characters, in a database that has the tables. */
    void begunByAnEarlierVersion(TestDatabase database) throws SQLException {
        // as versions without the column do, which stop before they write the folder's file
        database.execute("insert into ops.warehouse (warehouse_id, force_code, real_path, data_prefix, force_folder, "
                + "database_id, created_at) values ('00000000-0000-0000-0000-000000000001', 'trial', '"
                + trial.warehouse() + "', 'data/00000000-0000-0000-0000-000000000001', '" + trial.folder()
                + "', '', current_timestamp)");
    }

    String path() {
        return trial.folder().toString();
    }

    /** Runs the night of a date over its files, in which a row is refused. */
    void night(Installation fpw, LocalDate date) {
        KilledRun.drop(trial, date);
        KilledRun.succeed(fpw, trial, date);
    }

    /** Everything that the warehouse contains, and the digests of its current release. */
    List<String> content() throws IOException {
        return KilledRun.all(trial);
    }
}
