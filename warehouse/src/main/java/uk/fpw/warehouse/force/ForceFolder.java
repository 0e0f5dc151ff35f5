package uk.fpw.warehouse.force;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.connection.ConnectionCheck;
import uk.fpw.warehouse.force.connection.ConnectionsYaml;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.force.fact.FactCheck;
import uk.fpw.warehouse.force.feed.BankHolidays;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedCheck;
import uk.fpw.warehouse.force.feed.FeedYaml;
import uk.fpw.warehouse.force.feed.FileFormats;
import uk.fpw.warehouse.force.feed.OriginCheck;
import uk.fpw.warehouse.force.grading.Grading;
import uk.fpw.warehouse.force.grading.Scheme;
import uk.fpw.warehouse.force.grading.SchemeCheck;
import uk.fpw.warehouse.force.queue.Milestones;
import uk.fpw.warehouse.force.queue.MilestonesCheck;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.queue.QueueCheck;
import uk.fpw.warehouse.force.queue.StageCheck;
import uk.fpw.warehouse.force.queue.StandardCheck;
import uk.fpw.warehouse.force.rule.RuleCheck;
import uk.fpw.warehouse.force.rule.RulesYaml;
import uk.fpw.warehouse.force.sql.QueryCheck;
import uk.fpw.warehouse.force.sql.QueryFile;
import uk.fpw.warehouse.force.staging.Staging;
import uk.fpw.warehouse.force.staging.StagingCheck;
import uk.fpw.warehouse.force.yaml.Definition;
import uk.fpw.warehouse.force.yaml.Definitions;
import uk.fpw.warehouse.force.yaml.FolderFiles;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.force.yaml.Mistake;
import uk.fpw.warehouse.force.yaml.Mistakes;
import uk.fpw.warehouse.force.yaml.Structure;
import uk.fpw.warehouse.force.yaml.YamlReader;

/** Reads a force folder: {@code docs/force-folder.md} says what is in it. */
public final class ForceFolder {

    private final Path folder;
    private final Mistakes mistakes = new Mistakes();
    private final FolderFiles files;

    private ForceFolder(Path folder) {
        this.folder = folder;
        this.files = FolderFiles.in(folder, mistakes);
    }

    /**
     * Reads and checks the folder. Whether the staging SQL and the rules can be run is not checked here but by Spark;
     * whether the drops and the warehouse can be reached shows when the night starts.
     *
     * @throws ForceFolderException with every mistake at once, by file and line
     */
    public static Force read(Path folder) {
        return new ForceFolder(folder.toAbsolutePath().normalize()).read();
    }

    /**
     * Reads {@code force.yml} alone, for what must still answer while another file of the folder is wrong.
     *
     * @throws ForceFolderException with every mistake in {@code force.yml}
     */
    public static Force.Identity readIdentity(Path folder) {
        return new ForceFolder(folder.toAbsolutePath().normalize()).readIdentity();
    }

    private Force.Identity readIdentity() {
        Definition force = definition(FolderFiles.FORCE, Structure.of("force"));
        if (force != null) {
            new ForceCheck(folder, mistakes).force(force);
        }
        List<Mistake> found = mistakes.sorted().stream()
                .filter(mistake -> mistake.file().equals(FolderFiles.FORCE))
                .toList();
        if (force == null || !found.isEmpty()) {
            throw new ForceFolderException(found.isEmpty() ? mistakes.sorted() : found);
        }
        return force.as(ForceYaml.class).identity(folder);
    }

    private Force read() {
        List<Definition> stagings = definitions("staging", Structure.of("staging"));
        boolean stagingsAreUnsure =
                stagings.size() < files.names("staging", ".yml").size()
                        || stagings.stream().anyMatch(staging -> !staging.sound());
        Definitions all = new Definitions(
                definition(FolderFiles.FORCE, Structure.of("force")),
                definition(FolderFiles.CONNECTIONS, Structure.of("connections")),
                definitions("feeds", Structure.of("feed")),
                stagings,
                stagingsAreUnsure,
                definitions("queues", Structure.of("queue")),
                definitions("milestones", Structure.of("milestones")),
                definitions("rules", Structure.of("rules")),
                definitions("schemes", Structure.of("scheme")),
                definitions("gradings", Structure.of("grading")),
                definitions("facts", Structure.of("fact")));
        check(all);
        String holidays = files.text(FolderFiles.BANK_HOLIDAYS);
        List<LocalDate> bankHolidays = holidays == null ? List.of() : BankHolidays.read(holidays, mistakes);
        if (all.force() == null || all.connections() == null || mistakes.count() > 0) {
            throw new ForceFolderException(mistakes.sorted());
        }
        return bind(all, all.force(), all.connections(), bankHolidays);
    }

    private void check(Definitions all) {
        ForceCheck forceCheck = new ForceCheck(folder, mistakes);
        if (all.force() != null) {
            forceCheck.force(all.force());
        }
        if (all.connections() != null) {
            new ConnectionCheck(all.connections(), folder, mistakes).check();
        }
        Definitions.checkNames(all.feeds(), "feed", mistakes);
        OriginCheck.checkQueries(files, mistakes);
        FileFormats formats = FileFormats.find();
        all.feeds().forEach(feed -> new FeedCheck(feed, files, formats, mistakes).check(all.connections()));

        StagingCheck stagingCheck = new StagingCheck(all, files, mistakes);
        stagingCheck.checkPairs();
        Definitions.checkNames(all.stagings(), "staging", mistakes);
        all.stagings().forEach(stagingCheck::check);

        Definitions.checkNames(all.queues(), "queue", mistakes);
        all.queues().forEach(queue -> new QueueCheck(queue, mistakes).check(all));
        all.queues().forEach(queue -> new StandardCheck(queue, mistakes).check());
        new StageCheck(all.queues(), mistakes).check();

        Definitions.checkNames(all.milestones(), "milestones", mistakes);
        all.milestones().forEach(milestones -> new MilestonesCheck(milestones, mistakes).check(all));

        RuleCheck ruleCheck = new RuleCheck(all, files, mistakes);
        Definitions.checkNames(all.rules(), "feed", mistakes);
        all.rules().forEach(ruleCheck::check);

        Definitions.checkNames(all.schemes(), "scheme", mistakes);
        all.schemes().forEach(scheme -> new SchemeCheck(scheme, mistakes).check());

        QueryCheck gradingCheck = new QueryCheck("gradings", "grading query", all, files, mistakes);
        gradingCheck.checkPairs();
        Definitions.checkNames(all.gradings(), "grading", mistakes);
        all.gradings().forEach(gradingCheck::checkFeeds);

        Definitions.checkNames(all.facts(), "fact", mistakes);
        all.facts().forEach(fact -> new FactCheck(fact, mistakes).check());
    }

    private Force bind(Definitions all, Definition definition, Definition connections, List<LocalDate> bankHolidays) {
        Force.Identity identity = definition.as(ForceYaml.class).identity(folder);
        List<Feed> feeds = all.feeds().stream()
                .map(feed -> feed.as(FeedYaml.class)
                        .bind(files.text("feeds/" + feed.baseName() + ".sql"), identity.zone(), bankHolidays))
                .toList();
        Force.Meaning meaning = new Force.Meaning(
                all.stagings().stream()
                        .map(staging -> QueryFile.bind(staging, files, folder, Staging.class))
                        .toList(),
                records(all.queues(), Queue.class),
                records(all.milestones(), Milestones.class),
                all.rules().stream()
                        .flatMap(rules -> rules.as(RulesYaml.class).bind().stream())
                        .toList(),
                records(all.schemes(), Scheme.class),
                all.gradings().stream()
                        .map(grading -> QueryFile.bind(grading, files, folder, Grading.class))
                        .toList(),
                all.facts().stream().map(Fact::of).toList());
        return new Force(
                folder,
                identity,
                new Force.Sources(connections.as(ConnectionsYaml.class).in(folder), feeds, bankHolidays),
                meaning,
                files.digest());
    }

    private static <T> List<T> records(List<Definition> definitions, Class<T> type) {
        return definitions.stream().map(definition -> definition.as(type)).toList();
    }

    private List<Definition> definitions(String kind, Structure structure) {
        List<Definition> definitions = new ArrayList<>();
        for (String name : files.names(kind, ".yml")) {
            Definition definition = definition(name, structure);
            if (definition != null) {
                definitions.add(definition);
            }
        }
        return definitions;
    }

    private @Nullable Definition definition(String name, Structure structure) {
        String text = files.text(name);
        Definition definition = text == null ? null : YamlReader.read(name, text, mistakes);
        return definition == null ? null : structure.check(definition, mistakes);
    }
}
