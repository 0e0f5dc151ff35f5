package uk.fpw.warehouse.force;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.capacity.Capacity;
import uk.fpw.warehouse.force.capacity.CapacityCheck;
import uk.fpw.warehouse.force.capacity.StaffingQuery;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.force.change.ChangeCheck;
import uk.fpw.warehouse.force.change.Changes;
import uk.fpw.warehouse.force.change.RebaseCheck;
import uk.fpw.warehouse.force.connection.ConnectionCheck;
import uk.fpw.warehouse.force.connection.ConnectionsYaml;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.force.fact.FactCheck;
import uk.fpw.warehouse.force.feed.BankHolidayReader;
import uk.fpw.warehouse.force.feed.ClosedListsCheck;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedCheck;
import uk.fpw.warehouse.force.feed.FeedYaml;
import uk.fpw.warehouse.force.feed.FileFormats;
import uk.fpw.warehouse.force.feed.OriginCheck;
import uk.fpw.warehouse.force.grading.GradingQuery;
import uk.fpw.warehouse.force.grading.GradingScheme;
import uk.fpw.warehouse.force.grading.GradingSchemeCheck;
import uk.fpw.warehouse.force.pack.Pack;
import uk.fpw.warehouse.force.pack.PackCheck;
import uk.fpw.warehouse.force.queue.CalendarCheck;
import uk.fpw.warehouse.force.queue.ComparisonCheck;
import uk.fpw.warehouse.force.queue.Milestones;
import uk.fpw.warehouse.force.queue.MilestonesCheck;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.queue.QueueCheck;
import uk.fpw.warehouse.force.queue.Service;
import uk.fpw.warehouse.force.queue.ServiceCalendar;
import uk.fpw.warehouse.force.queue.StageCheck;
import uk.fpw.warehouse.force.queue.StandardCheck;
import uk.fpw.warehouse.force.recommendation.Recommendation;
import uk.fpw.warehouse.force.recommendation.RecommendationCheck;
import uk.fpw.warehouse.force.rule.RuleCheck;
import uk.fpw.warehouse.force.rule.RulesYaml;
import uk.fpw.warehouse.force.sql.QueryCheck;
import uk.fpw.warehouse.force.sql.QueryFile;
import uk.fpw.warehouse.force.staging.StagingFileCheck;
import uk.fpw.warehouse.force.staging.StagingQuery;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.DefinitionSchema;
import uk.fpw.warehouse.force.yaml.FolderFiles;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.force.yaml.YamlReader;

/** Reads a force folder. Its contents are described in {@code docs/force-folder.md}. */
public final class ForceFolder {

    private final Path folder;
    private final ConfigErrors errors = new ConfigErrors();
    private final FolderFiles files;
    private List<Pack> packs = List.of();

    private ForceFolder(Path folder) {
        this.folder = folder;
        this.files = FolderFiles.in(folder, errors);
    }

    /**
     * Reads and checks the folder. Staging SQL and rules are checked by Spark instead; access to drop folders and
     * warehouse is checked at the start of a run.
     *
     * @throws ForceFolderException with all errors, by file and line
     */
    public static Force read(Path folder) {
        return new ForceFolder(folder.toAbsolutePath().normalize()).read();
    }

    /**
     * Reads {@code force.yml} alone, for commands that must work while another file of the folder is invalid.
     *
     * @throws ForceFolderException with all errors in {@code force.yml}
     */
    public static Force.Identity readIdentity(Path folder) {
        return new ForceFolder(folder.toAbsolutePath().normalize()).readIdentity();
    }

    private Force.Identity readIdentity() {
        DefinitionFile force = definition(FolderFiles.FORCE, DefinitionSchema.of("force"));
        if (force != null) {
            new ForceCheck(force, folder).check();
        }
        List<ConfigError> found = errors.sorted().stream()
                .filter(error -> error.file().equals(FolderFiles.FORCE))
                .toList();
        if (force == null || !found.isEmpty()) {
            throw new ForceFolderException(found.isEmpty() ? errors.sorted() : found);
        }
        return force.as(Force.Identity.class, Map.of(Force.FOLDER, folder));
    }

    private Force read() {
        List<DefinitionFile> stagings = definitions("staging", "staging");
        boolean stagingsAreUnsure =
                stagings.size() < files.names("staging", ".yml").size()
                        || stagings.stream().anyMatch(staging -> !staging.isValid());
        DefinitionFile force = definition(FolderFiles.FORCE, DefinitionSchema.of("force"));
        packs = force == null ? List.of() : new PackCheck(force).find();
        DefinitionFiles all = new DefinitionFiles(
                force,
                definition(FolderFiles.CONNECTIONS, DefinitionSchema.of("connections")),
                definitions("feeds", "feed"),
                stagings,
                stagingsAreUnsure,
                definitions("calendars", "calendar"),
                queues(force),
                definitions("milestones", "milestones"),
                definitions("rules", "rules", "feed"),
                schemes(force),
                definitions("gradings", "grading"),
                facts(),
                new DefinitionFiles.BackgroundFiles(
                        definitions("changes", "change"),
                        definitions("staffing", "staffing"),
                        definitions("capacity", "capacity"),
                        definitions("recommendations", "recommendation")));
        check(all);
        String holidays = files.text(FolderFiles.BANK_HOLIDAYS);
        List<LocalDate> bankHolidays = holidays == null ? List.of() : BankHolidayReader.read(holidays, errors);
        if (all.force() == null || all.connections() == null || errors.count() > 0) {
            throw new ForceFolderException(errors.sorted());
        }
        return bind(all, all.force(), all.connections(), bankHolidays);
    }

    /** The queues of the folder and those of its packs. */
    private List<DefinitionFile> queues(@Nullable DefinitionFile force) {
        List<DefinitionFile> queues = definitions("queues", "queue");
        PackCheck.refuseOtherQueues(packs, queues);
        if (!packsMayHave(force, Pack::queues)) {
            files.requireQueues();
        }
        LocalDate observedFrom = force == null ? null : force.day("packs_observed_from");
        return Stream.concat(
                        queues.stream(), packs.stream().flatMap(pack -> pack.queueFiles(observedFrom, errors).stream()))
                .toList();
    }

    /** The grading schemes of the folder and those of its packs. */
    private List<DefinitionFile> schemes(@Nullable DefinitionFile force) {
        List<DefinitionFile> schemes = definitions("schemes", "scheme");
        PackCheck.refuseOtherSchemes(packs, schemes);
        if (!packsMayHave(force, Pack::schemes)) {
            files.requireSchemes();
        }
        return Stream.concat(schemes.stream(), packs.stream().flatMap(pack -> pack.schemeFiles(errors).stream()))
                .toList();
    }

    /** The published figures of the folder and those of its packs. */
    private List<DefinitionFile> facts() {
        List<DefinitionFile> facts = definitions("facts", "fact");
        PackCheck.refuseOtherFacts(packs, facts);
        return Stream.concat(facts.stream(), packs.stream().flatMap(pack -> pack.factFiles(errors).stream()))
                .toList();
    }

    /** A pack that does not exist is reported, and might have what the folder lacks. */
    private boolean packsMayHave(@Nullable DefinitionFile force, Function<Pack, List<String>> definitions) {
        return force != null
                && force.has("packs")
                && (packs.isEmpty()
                        || packs.stream()
                                .anyMatch(pack -> !definitions.apply(pack).isEmpty()));
    }

    /** Queue checks of a pack could only report its own file, which its user cannot change. */
    private List<DefinitionFile> queuesToCheck(DefinitionFiles all) {
        Set<String> incomplete = new HashSet<>();
        if (all.force() != null) {
            for (Pack pack : packs) {
                if (!new PackCheck(all.force()).check(pack, all)) {
                    incomplete.addAll(pack.queues());
                }
            }
        }
        return all.queues().stream()
                .filter(queue -> !incomplete.contains(queue.baseName()))
                .toList();
    }

    private void check(DefinitionFiles all) {
        if (all.force() != null) {
            new ForceCheck(all.force(), folder).check();
        }
        if (all.connections() != null) {
            new ConnectionCheck(all.connections(), folder).check();
        }
        OriginCheck.checkQueries(files, errors);
        FileFormats formats = FileFormats.find();
        all.feeds().forEach(feed -> new FeedCheck(feed, files, formats).check(all.connections()));

        new QueryCheck("staging", "staging", all, files, errors).check(all.stagings());
        all.stagings().forEach(staging -> new StagingFileCheck(staging).check(all));
        all.feeds().forEach(feed -> new ClosedListsCheck(feed).check(all.stagings()));
        new UnreadableCheck(all, files).check();

        String holidays = files.text(FolderFiles.BANK_HOLIDAYS);
        boolean holidaysAreListed =
                holidays != null && !holidays.lines().skip(1).allMatch(String::isBlank);
        all.calendars().forEach(calendar -> new CalendarCheck(calendar).check(holidaysAreListed));
        queuesToCheck(all).forEach(queue -> new QueueCheck(queue).check(all));
        all.queues().forEach(queue -> new StandardCheck(queue).check());
        all.queues().forEach(queue -> new ComparisonCheck(queue).check(all));
        new StageCheck(all.queues()).check();

        all.milestones().forEach(milestones -> new MilestonesCheck(milestones).check(all));

        RuleCheck ruleCheck = new RuleCheck();
        all.rules().forEach(rules -> ruleCheck.check(rules, all, files.baseNames("feeds", ".yml")));

        all.schemes().forEach(scheme -> new GradingSchemeCheck(scheme).check());

        new QueryCheck("gradings", "grading", all, files, errors).check(all.gradings());

        all.facts().forEach(fact -> new FactCheck(fact).check());

        checkBackground(all);
        new RetentionCheck(all).check();
    }

    private void checkBackground(DefinitionFiles all) {
        Set<String> queues = new HashSet<>(files.baseNames("queues", ".yml"));
        packs.forEach(pack -> queues.addAll(pack.queues()));
        List<DefinitionFile> changes = all.background().changes();
        changes.forEach(change -> new ChangeCheck(change).check(all.queues(), queues));
        new RebaseCheck(changes).check(queues);

        new QueryCheck("staffing", "staffing", all, files, errors)
                .check(all.background().staffings());

        Set<String> staffings = files.baseNames("staffing", ".yml");
        CapacityCheck capacityCheck = new CapacityCheck();
        all.background()
                .capacities()
                .forEach(capacity -> capacityCheck.check(capacity, all.queues(), queues, staffings));

        List<DefinitionFile> recommendations = all.background().recommendations();
        recommendations.forEach(recommendation -> new RecommendationCheck(recommendation).check(all.queues(), queues));
    }

    private Force bind(
            DefinitionFiles all, DefinitionFile definition, DefinitionFile connections, List<LocalDate> bankHolidays) {
        Force.Identity identity = definition.as(Force.Identity.class, Map.of(Force.FOLDER, folder));
        List<Feed> feeds = all.feeds().stream()
                .map(feed -> feed.as(FeedYaml.class)
                        .bind(files.text("feeds/" + feed.baseName() + ".sql"), identity.zone(), bankHolidays))
                .toList();
        Force.Meaning meaning = new Force.Meaning(
                all.stagings().stream()
                        .map(staging -> QueryFile.bind(staging, files, folder, StagingQuery.class))
                        .toList(),
                queues(all),
                records(all.milestones(), Milestones.class),
                all.rules().stream()
                        .flatMap(rules -> rules.as(RulesYaml.class).bind().stream())
                        .toList(),
                records(all.schemes(), GradingScheme.class),
                all.gradings().stream()
                        .map(grading -> QueryFile.bind(grading, files, folder, GradingQuery.class))
                        .toList(),
                all.facts().stream().map(Fact::of).toList(),
                background(all));
        return new Force(
                folder,
                identity,
                new Force.Sources(connections.as(ConnectionsYaml.class).in(folder), feeds, bankHolidays),
                meaning,
                files.digest());
    }

    private static List<Queue> queues(DefinitionFiles all) {
        Map<String, ServiceCalendar> calendars = records(all.calendars(), ServiceCalendar.class).stream()
                .collect(Collectors.toMap(ServiceCalendar::name, Function.identity()));
        return all.queues().stream()
                .map(queue -> queue.as(Queue.class, Map.of(Service.CALENDARS, calendars)))
                .toList();
    }

    private Force.Background background(DefinitionFiles all) {
        List<String> queues =
                all.queues().stream().map(DefinitionFile::baseName).toList();
        return new Force.Background(
                new Changes(all.background().changes().stream()
                        .map(change -> Change.of(change, queues))
                        .toList()),
                all.background().staffings().stream()
                        .map(staffing -> QueryFile.bind(staffing, files, folder, StaffingQuery.class))
                        .toList(),
                records(all.background().capacities(), Capacity.class),
                records(all.background().recommendations(), Recommendation.class));
    }

    private static <T> List<T> records(List<DefinitionFile> definitions, Class<T> type) {
        return definitions.stream().map(definition -> definition.as(type)).toList();
    }

    /** The files of one kind; the field that is called like the kind is their name. */
    private List<DefinitionFile> definitions(String subfolder, String kind) {
        return definitions(subfolder, kind, kind);
    }

    private List<DefinitionFile> definitions(String subfolder, String kind, String field) {
        DefinitionSchema schema = DefinitionSchema.of(kind);
        List<DefinitionFile> definitions = new ArrayList<>();
        for (String file : files.names(subfolder, ".yml")) {
            DefinitionFile definition = definition(file, schema);
            if (definition != null) {
                definitions.add(definition);
            }
        }
        DefinitionFiles.checkNames(definitions, field);
        return definitions;
    }

    private @Nullable DefinitionFile definition(String name, DefinitionSchema schema) {
        String text = files.text(name);
        DefinitionFile definition = text == null ? null : YamlReader.read(name, text, errors);
        return definition == null ? null : schema.check(definition);
    }
}
