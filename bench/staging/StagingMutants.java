import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Faults in the staging queries of the examples, drawn with a seed, each run as a night up to the audit: is it
 * reported? See README.md.
 */
final class StagingMutants {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EACH = 5;
    private static final Pattern COLUMN = Pattern.compile("name: (\\w+)[\\s\\S]*?type: (\\w+)");

    private final Path build;
    private final Path work;
    private final Map<String, Outcome> unchanged = new TreeMap<>();

    /** A fault: the query with the fault, and the change. */
    private record Mutant(String kind, String force, Path file, String sql, String change) {}

    /** A staging query without faults. */
    private record Query(String force, Path file, String sql) {
        private Mutant mutant(String kind, String faulty, String change) {
            return new Mutant(kind, force, file, faulty, change);
        }
    }

    /** The result of a run: the digest of the events, and every test that failed, with its message. */
    private record Outcome(String events, Set<String> findings) {}

    private StagingMutants(Path build, Path work) {
        this.build = build;
        this.work = work;
    }

    /** Arguments: folder of a build, working folder, seed, a kind or all, dates as {@code force=date}. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> dates = new LinkedHashMap<>();
        Stream.of(arguments).skip(4).forEach(date -> dates.put(date.split("=")[0], date.split("=")[1]));
        new StagingMutants(Path.of(arguments[0]), Path.of(arguments[1]))
                .run(Long.parseLong(arguments[2]), arguments[3], dates);
    }

    private void run(long seed, String kinds, Map<String, String> dates) throws Exception {
        Map<String, List<Mutant>> all = new TreeMap<>();
        for (String force : dates.keySet()) {
            try (Stream<Path> files = Files.list(folder(force).resolve("staging"))) {
                for (Path file : files.filter(file -> file.toString().endsWith(".sql")).sorted().toList()) {
                    mutants(force, file).stream()
                            .filter(mutant -> kinds.equals("all") || kinds.equals(mutant.kind))
                            .forEach(mutant -> all.computeIfAbsent(mutant.kind, kind -> new ArrayList<>())
                                    .add(mutant));
                }
            }
            unchanged.put(force, compute(force, dates.get(force)));
            System.out.println("# " + force + " unchanged: " + unchanged.get(force).findings.size() + " findings");
        }
        System.out.println("kind\tfile\tchange\toutcome");
        int found = 0;
        int drawn = 0;
        for (Map.Entry<String, List<Mutant>> kind : all.entrySet()) {
            List<Mutant> list = kind.getValue();
            Collections.shuffle(list, new Random(seed));
            int ofKind = 0;
            for (Mutant mutant : list) {
                if (ofKind == EACH) {
                    break;
                }
                String outcome = outcome(mutant, dates.get(mutant.force));
                System.out.println(String.join(
                        "\t",
                        mutant.kind,
                        mutant.force + "/" + mutant.file.getFileName(),
                        mutant.change,
                        outcome));
                if (!outcome.startsWith("no mutant")) {
                    ofKind++;
                    drawn++;
                    found += outcome.startsWith("found") ? 1 : 0;
                }
            }
            System.out.println("# " + kind.getKey() + ": " + ofKind + " of " + list.size());
        }
        System.out.println("# found " + found + " of " + drawn);
    }

    private String outcome(Mutant mutant, String date) throws Exception {
        String original = Files.readString(mutant.file);
        Files.writeString(mutant.file, mutant.sql);
        try {
            Outcome outcome = compute(mutant.force, date);
            Outcome before = unchanged.get(mutant.force);
            if (outcome == null) {
                return "no mutant: the query is refused before it reads a row";
            }
            if (outcome.events.equals(before.events)) {
                return "no mutant: the events are the same";
            }
            Set<String> findings = new TreeSet<>(outcome.findings);
            findings.removeAll(before.findings);
            return findings.isEmpty()
                    ? "SURVIVED"
                    : "found by " + findings.stream().map(text -> text.split(":")[0]).distinct()
                            .collect(Collectors.joining(", "));
        } finally {
            Files.writeString(mutant.file, original);
        }
    }

    /** Computes and audits a candidate; null if the SQL check rejects it. */
    private Outcome compute(String force, String date) throws Exception {
        ProcessBuilder fpw = new ProcessBuilder(
                build.resolve("fpw").toString(), "metrics", "--force", folder(force).toString(), "--date", date);
        Path log = work.resolve("fpw.log");
        fpw.redirectErrorStream(true).redirectOutput(log.toFile());
        int exit = fpw.start().waitFor();
        Path run = latestRun(force);
        JsonNode result = JSON.readTree(run.resolve("result.json").toFile());
        if (exit != 0 || result.path("tables").isEmpty()) {
            return Files.readString(log).contains("staging queries and rules have been checked")
                            && Files.readString(log).contains("every item has been processed")
                    ? new Outcome("", Set.of("an error that stops the night: exit code " + exit))
                    : null;
        }
        Set<String> findings = new TreeSet<>();
        result.path("quality").forEach(test -> {
            if (test.path("failedCount").asLong() > 0) {
                findings.add(test.path("table").asText() + " " + test.path("code").asText() + ": "
                        + test.path("message").asText());
            }
        });
        String events = "";
        for (JsonNode table : result.path("tables")) {
            events = table.path("table").asText().equals("core.event") ? table.path("digest").asText() : events;
        }
        return new Outcome(events, findings);
    }

    private Path latestRun(String force) throws IOException {
        try (Stream<Path> runs = Files.list(work.resolve("var").resolve(force).resolve("runs"))) {
            return runs.max(Comparator.comparingLong(run -> run.toFile().lastModified())).orElseThrow();
        }
    }

    private Path folder(String force) {
        return work.resolve("examples").resolve(force);
    }

    // ---- faults

    private List<Mutant> mutants(String force, Path file) throws IOException {
        Query query = new Query(force, file, Files.readString(file));
        String yaml = Files.readString(Path.of(file.toString().replace(".sql", ".yml")));
        List<Mutant> mutants = new ArrayList<>();
        for (String event : list(yaml, "events")) {
            dropAndDouble(query, event, mutants);
        }
        replaceAll(query, "dropped", Pattern.compile("(?<=when )'[A-Z]+'(?= then)"), "'?'", mutants);
        replaceAll(query, "dropped", Pattern.compile("is not null(?=\\n)"), "is null", mutants);
        wrongColumns(query, list(yaml, "feeds"), mutants);
        wrongJoins(query, list(yaml, "feeds"), mutants);
        return mutants;
    }

    /** Drops and doubles events of one item in twenty, and of all items, on top of the unchanged query. */
    private static void dropAndDouble(Query query, String event, List<Mutant> mutants) {
        String unchanged = "(\n" + query.sql + "\n)";
        String some = "crc32(cast(item_key as string)) % 20 = 0";
        String is = "event = '" + event + "'";
        mutants.add(query.mutant("dropped",
                "select * from " + unchanged + " where not (" + is + " and " + some + ")", "one in 20 " + event));
        for (String which : List.of(is, is + " and " + some)) {
            mutants.add(query.mutant("doubled",
                    "select * except (event_order, _copy), event_order + _copy as event_order from " + unchanged
                            + " lateral view explode(if(" + which + ", array(0, 1), array(0))) copies as _copy",
                    (which.equals(is) ? "every " : "one in 20 ") + event + " twice"));
        }
    }

    private static void replaceAll(
            Query query, String kind, Pattern what, String by, List<Mutant> mutants) {
        String sql = query.sql;
        Matcher place = what.matcher(sql);
        while (place.find()) {
            String text = what.matcher(place.group()).replaceAll(by);
            text = text.equals(place.group()) ? by : text;
            mutants.add(query.mutant(kind,
                    sql.substring(0, place.start()) + text + sql.substring(place.end()),
                    line(sql, place.start()) + ": " + place.group() + " -> " + text));
        }
    }

    /** Replaces a column by another one of its feed with a similar type; columns in joins are a kind of their own. */
    private void wrongColumns(Query query, List<String> feeds, List<Mutant> mutants)
            throws IOException {
        for (String feed : feeds) {
            Map<String, String> types = columns(query.force, feed);
            for (String column : types.keySet()) {
                for (String other : types.keySet()) {
                    if (!column.equals(other) && types.get(column).equals(types.get(other))) {
                        replaceUses(query, column, other, false, mutants);
                    }
                }
            }
        }
    }

    private void wrongJoins(Query query, List<String> feeds, List<Mutant> mutants)
            throws IOException {
        for (String feed : feeds) {
            Map<String, String> types = columns(query.force, feed);
            for (String column : types.keySet()) {
                for (String other : types.keySet()) {
                    if (!column.equals(other) && types.get(column).equals("text") && types.get(other).equals("text")) {
                        replaceUses(query, column, other, true, mutants);
                    }
                }
            }
        }
        replaceAll(query, "wrong join", Pattern.compile("inner join"), "left join", mutants);
        replaceAll(query, "wrong join", Pattern.compile("left join"), "inner join", mutants);
        Pattern condition = Pattern.compile("on (\\w+\\.\\w+) = (\\w+\\.\\w+)");
        replaceAll(query, "wrong join", condition, "on left($1, 4) = left($2, 4)", mutants);
        replaceAll(query, "wrong join", condition, "on $1 = $2 and left($2, 1) <> '7'", mutants);
    }

    private static void replaceUses(
            Query query, String column, String other, boolean inJoins, List<Mutant> mutants) {
        String sql = query.sql;
        Matcher place = Pattern.compile("\\b" + column + "\\b").matcher(sql);
        while (place.find()) {
            String line = sql.substring(sql.lastIndexOf('\n', place.start()) + 1).lines().findFirst().orElse("");
            boolean isJoin = line.strip().startsWith("on ");
            boolean isName = line.contains(" as " + column) || line.startsWith("--");
            if (isJoin == inJoins && !isName) {
                // a column keeps its name for its readers
                boolean isSelected = !isJoin && line.strip().matches(column + ",?");
                String by = isSelected ? other + " as " + column : other;
                mutants.add(query.mutant(inJoins ? "wrong join" : "wrong column",
                        sql.substring(0, place.start()) + by + sql.substring(place.end()),
                        line(sql, place.start()) + ": " + column + " -> " + by));
            }
        }
    }

    private Map<String, String> columns(String force, String feed) throws IOException {
        String yaml = Files.readString(folder(force).resolve("feeds").resolve(feed + ".yml"));
        Map<String, String> types = new LinkedHashMap<>();
        Matcher column = COLUMN.matcher(yaml.substring(yaml.indexOf("\ncolumns:")));
        while (column.find()) {
            String type = column.group(2);
            types.put(column.group(1), type.equals("instant") ? "local_time" : type);
        }
        return types;
    }

    private static List<String> list(String yaml, String field) {
        Matcher list = Pattern.compile("(?m)^" + field + ":((?: .*|\\n  - .*)+)").matcher(yaml);
        return list.find()
                ? Stream.of(list.group(1).split("[\\[\\],\\s-]+")).filter(text -> !text.isBlank()).toList()
                : List.of();
    }

    private static String line(String sql, int place) {
        return "line " + (1 + sql.substring(0, place).chars().filter(each -> each == '\n').count());
    }
}
