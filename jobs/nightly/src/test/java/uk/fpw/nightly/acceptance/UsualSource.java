package uk.fpw.nightly.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import uk.fpw.generator.SyntheticForce;
import uk.fpw.generator.Systems;

/** A source of ordinary nights, none of which should be stopped. */
interface UsualSource {

    /** The force folder. */
    Path force();

    /** The nights, in order. */
    List<LocalDate> nights();

    /** Advances the source to the end of that day. */
    void goOnTo(LocalDate night);

    /** The same force without pages, which limits do not concern and which take as long as the audit. */
    private static Path withoutPages(Path force) {
        try {
            Files.writeString(force.resolve("force.yml"), "pages: {made: false}\n", StandardOpenOption.APPEND);
            return force;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The synthetic force, its last nights up to a day. */
    static UsualSource fenmarch(Installation fpw, LocalDate last, int nights) {
        Path force = withoutPages(fpw.withExample("fenmarch"));
        Path systems = force.resolve("../../var/fenmarch-systems").normalize();
        SyntheticForce generator = new SyntheticForce(SyntheticForce.DEMO_SEED, 1, Systems.embedded(systems));
        return new UsualSource() {
            @Override
            public Path force() {
                return force;
            }

            @Override
            public List<LocalDate> nights() {
                return last.minusDays(nights - 1L).datesUntil(last.plusDays(1)).toList();
            }

            @Override
            public void goOnTo(LocalDate night) {
                try {
                    Files.createDirectories(systems);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
                generator.writeUpTo(night);
            }
        };
    }

    /**
     * The requests of Boston as at the end of each month of 2015, and on 12 January 2016: a file for each, with the
     * default limits of feeds.
     */
    static UsualSource bostonByMonth(Path folder) {
        Path force = TestForceFolders.copy(
                Path.of(System.getProperty("fpw.root")).resolve("examples/boston-311"),
                folder.resolve("examples/boston-311"));
        BostonRequests requests = BostonRequests.read(force.resolve("drop/boston_311_2015_selected_types.csv.gz"));
        try {
            Path feed = force.resolve("feeds/requests.yml");
            Files.writeString(
                    feed,
                    Files.readString(feed)
                            .replace("boston_311_2015_selected_types.csv.gz", "requests_{date}.csv")
                            .replaceAll("limits:\n(  .*\n)+", ""));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new UsualSource() {
            @Override
            public Path force() {
                return force;
            }

            @Override
            public List<LocalDate> nights() {
                return Stream.concat(
                                IntStream.rangeClosed(1, 12).mapToObj(month -> YearMonth.of(2015, month)
                                        .atEndOfMonth()),
                                Stream.of(LocalDate.of(2016, 1, 12)))
                        .toList();
            }

            @Override
            public void goOnTo(LocalDate night) {
                requests.write(night, force.resolve("drop/requests_" + night + ".csv"));
            }
        };
    }

    /**
     * A force that receives six devices a day, whose receipts and examinations are recorded up to four weeks late; it
     * begins empty.
     */
    static UsualSource lateRecording(Path folder, LocalDate last, int nights) {
        TrialForce trial = TrialForce.in(folder).edit("feeds/devices.yml", "  max_deleted_share: 0.2\n", "");
        return new UsualSource() {
            @Override
            public Path force() {
                return trial.folder();
            }

            @Override
            public List<LocalDate> nights() {
                return last.minusDays(nights - 1L).datesUntil(last.plusDays(1)).toList();
            }

            @Override
            public void goOnTo(LocalDate night) {
                Random dice = new Random(1);
                List<String> lines = new ArrayList<>(List.of(TrialForce.HEADER));
                for (int device = 0; device < 6 * 366; device++) {
                    LocalDate received = LocalDate.of(2024, 1, 1).plusDays(device / 6);
                    LocalDate receiptKnown = received.plusDays(dice.nextInt(29));
                    LocalDate examined = received.plusDays((long) (30 * Math.exp(0.8 * dice.nextGaussian())));
                    LocalDate examinationKnown = examined.plusDays(dice.nextInt(29));
                    String kind = List.of("phone", "computer", "tablet").get(dice.nextInt(3));
                    if (!receiptKnown.isAfter(night)) {
                        lines.add("D%04d,S%04d,%s,%s,%s,"
                                .formatted(
                                        device,
                                        device,
                                        received,
                                        examinationKnown.isAfter(night) || examinationKnown.isBefore(receiptKnown)
                                                ? ""
                                                : examined,
                                        kind));
                    }
                }
                trial.writeDevices(night, lines);
                trial.writeExits(night, TrialForce.gzip("DEVICE,WITHDRAWN\n"));
            }
        };
    }

    /** The rows of the example as they would have been known on a day. */
    record BostonRequests(String header, List<String[]> rows) {

        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("MM/dd/yyyy hh:mm:ss a", Locale.ENGLISH);
        private static final int OPENED = 1;
        private static final int TARGET = 2;
        private static final int CLOSED = 3;
        private static final int VERDICT = 4;

        static BostonRequests read(Path file) {
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                String header = lines.readLine();
                return new BostonRequests(
                        header, lines.lines().map(line -> line.split(",", -1)).toList());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** Those opened by the end of the day; those closed later are open, and overdue if their target has passed. */
        void write(LocalDate day, Path file) {
            LocalDateTime end = day.plusDays(1).atStartOfDay();
            List<String> lines = new ArrayList<>(List.of(header));
            for (String[] row : rows) {
                if (LocalDateTime.parse(row[OPENED], TIME).isBefore(end)) {
                    lines.add(String.join(",", asOf(row, end)));
                }
            }
            try {
                Files.write(file, lines);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private static String[] asOf(String[] row, LocalDateTime end) {
            if (!row[CLOSED].isEmpty() && LocalDateTime.parse(row[CLOSED], TIME).isBefore(end)) {
                return row;
            }
            String[] then = row.clone();
            then[CLOSED] = "";
            boolean isOverdue = !row[TARGET].isEmpty()
                    && LocalDateTime.parse(row[TARGET], TIME).isBefore(end);
            then[VERDICT] = isOverdue ? "OVERDUE" : "ONTIME";
            return then;
        }
    }
}
