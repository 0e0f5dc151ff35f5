package uk.fpw.warehouse.store.look;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookFile;
import uk.fpw.layout.look.LookFolder;
import uk.fpw.layout.look.LookRecord;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.LookLedger;
import uk.fpw.warehouse.store.ledger.LookLedger.Line;

/**
 * Checks the imported records and the files from which they come: numbers without gaps, each record as it was when the
 * next one was written, and files as they were when they were imported. Changes nothing; import first.
 */
public final class LookVerification {

    /** A process writes a line within milliseconds. */
    static final Duration WRITTEN_WITHIN = Duration.ofHours(1);

    private final LookLedger ledger;
    private final LookFolder folder;
    private final Clock clock;

    /** Checks the records of a warehouse. */
    public LookVerification(DataSource dataSource, Path warehouse, Clock clock) {
        this.ledger = new LookLedger(dataSource);
        this.folder = new LookFolder(new WarehouseFolder(warehouse));
        this.clock = clock;
    }

    /**
     * What was checked.
     *
     * @param erased number of records from which an erasure ({@code fpw erase}) removed a text, and that are as it left
     *     them; they have the hash that they were written with, so that the next one still fits
     * @param problems one sentence each, in the order of sessions; empty if nothing was found
     */
    public record Result(int sessions, int records, int erased, List<String> problems) {}

    /**
     * Checks all records.
     *
     * @throws FpwException with {@code UNAVAILABLE} if the folder cannot be read
     */
    public Result run() {
        List<Line> all = ledger.all();
        Map<Long, Map<Integer, List<Line>>> sessions = all.stream()
                .collect(Collectors.groupingBy(
                        Line::session,
                        TreeMap::new,
                        Collectors.groupingBy(Line::copy, TreeMap::new, Collectors.toList())));
        Map<Long, Path> files = new HashMap<>();
        try {
            folder.files().forEach(file -> files.put(LookFolder.session(file), file));
        } catch (IOException failed) {
            throw FpwException.unavailable("the records of reads cannot be read: " + failed.getMessage(), failed);
        }
        TreeSet<Long> numbers = new TreeSet<>(sessions.keySet());
        numbers.addAll(files.keySet());
        List<String> problems = new ArrayList<>();
        long expected = 1;
        for (long session : numbers) {
            if (session > expected) {
                problems.add(
                        session == expected + 1
                                ? "session " + expected + " is missing"
                                : "sessions " + expected + " to " + (session - 1) + " are missing");
            }
            expected = session + 1;
            Map<Integer, List<Line>> copies = sessions.getOrDefault(session, Map.of());
            if (copies.size() > 1) {
                problems.add("session " + session + " is there " + copies.size()
                        + " times: its number was used again, or its file was replaced");
            }
            copies.values().forEach(lines -> problems.addAll(chain(session, lines)));
            Path file = files.get(session);
            if (file == null) {
                copies.values().stream()
                        .filter(lines -> !isEnded(lines))
                        .forEach(lines -> problems.add("session " + session
                                + ": its file was removed before the session had ended; later records may be missing"));
            } else {
                problems.addAll(file(session, file, copies));
            }
        }
        int erased = (int) all.stream().filter(Line::isErased).count();
        return new Result(numbers.size(), all.size(), erased, List.copyOf(problems));
    }

    private static boolean isEnded(List<Line> lines) {
        String last = lines.get(lines.size() - 1).kind();
        return last.equals(LookRecord.Kind.CLOSED.word()) || last.equals(LookLedger.ABANDONED);
    }

    /** What is wrong with the imported records of a session. */
    private static List<String> chain(long session, List<Line> lines) {
        List<String> problems = new ArrayList<>();
        String previous = LookRecord.NONE;
        int number = 1;
        boolean hasEnded = false;
        for (Line line : lines) {
            String name = "session " + session + ", record " + line.line() + ": ";
            LookRecord record = line.record();
            if (line.line() != number) {
                problems.add("session " + session + ": "
                        + (line.line() == number + 1
                                ? "record " + number + " is"
                                : "records " + number + " to " + (line.line() - 1) + " are")
                        + " missing from the database");
                number = line.line();
            }
            if (hasEnded) {
                problems.add(name + "it was added after the end of the session");
            }
            if (record == null) {
                if (!line.kind().equals(LookLedger.ABANDONED) && !line.isErased()) {
                    problems.add(name + "it is not readable");
                }
            } else {
                if (!line.isAsWritten()) {
                    problems.add(name + "it was changed");
                } else if (record.session() != session || record.number() != line.line()) {
                    problems.add(name + "it was written as record " + record.number() + " of session "
                            + record.session() + "; records were removed, added or doubled before it");
                } else if (!record.previous().equals(previous)) {
                    problems.add(name + "the record before it is not the one that it followed");
                }
                if (!record.by().equals(line.owner()) && !record.by().startsWith(line.owner() + " (")) {
                    problems.add(name + "it names " + record.by() + ", but the file belongs to " + line.owner());
                }
                previous = record.hash();
                hasEnded = record.kind() == LookRecord.Kind.CLOSED;
            }
            number++;
        }
        return problems;
    }

    /** What is wrong with the file of a session, compared with what was imported. */
    private List<String> file(long session, Path path, Map<Integer, List<Line>> copies) {
        String name = "session " + session + ": its file ";
        List<String> problems = new ArrayList<>();
        try {
            LookFile file = LookFile.read(path);
            List<Line> lines = LookImport.lines(file, 1, clock.instant());
            List<Line> imported = copies.values().stream()
                    .filter(copy -> !lines.isEmpty() && copy.get(0).isImportOf(lines.get(0)))
                    .findFirst()
                    .orElse(copies.getOrDefault(1, List.of()));
            for (int i = 0; i < Math.min(lines.size(), imported.size()); i++) {
                if (!imported.get(i).isImportOf(lines.get(i))) {
                    problems.add(name + "was changed in record " + (i + 1) + " after it was imported");
                    break;
                }
            }
            if (lines.size() < imported.size()) {
                problems.add(name + "was cut: it has " + lines.size() + " of " + imported.size()
                        + " records that were imported");
            }
            if ((!file.rest().isEmpty() || file.lines().isEmpty())
                    && Files.getLastModifiedTime(path)
                            .toInstant()
                            .isBefore(clock.instant().minus(WRITTEN_WITHIN))) {
                problems.add(name + (file.rest().isEmpty() ? "has no record" : "ends within a record"));
            }
        } catch (IOException unreadable) {
            problems.add(name + "cannot be read: " + unreadable.getMessage());
        }
        return problems;
    }
}
