package uk.fpw.nightly.site;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.model.Family;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.force.queue.Milestones;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.recommendation.Recommendation;
import uk.fpw.warehouse.store.ledger.Release;

/** The part of the dictionary that comes from a force folder, without its paths, addresses and password variables. */
public final class ForceDictionary {

    private ForceDictionary() {}

    /** The terms of a force; {@link DictionaryInput#UNKNOWN} if it is null because its folder could not be read. */
    public static DictionaryInput of(@Nullable Force force, Release release) {
        return force == null ? DictionaryInput.UNKNOWN : of(force, release.forceDigest());
    }

    /**
     * The terms of a force.
     *
     * @param releasedDigest digest of the folder that the release was made with
     */
    static DictionaryInput of(Force force, String releasedDigest) {
        return new DictionaryInput(
                force.digest(),
                force.digest().equals(releasedDigest),
                force.feeds().stream().map(ForceDictionary::feed).toList(),
                force.rules().stream()
                        .map(rule -> new DictionaryInput.Rule(
                                rule.code(),
                                rule.feed(),
                                rule.severity().name().toLowerCase(Locale.ROOT),
                                rule.expression(),
                                rule.message()))
                        .toList(),
                queries(force),
                force.queues().stream().map(queue -> counted(force, queue)).toList(),
                force.milestones().stream()
                        .map(milestones -> counted(force, milestones))
                        .toList(),
                Stream.of(Change.Kind.values()).map(Change.Kind::text).toList(),
                force.recommendations().stream()
                        .map(one -> new DictionaryInput.Recommended(
                                one.name(),
                                sorted(one.figures().stream()
                                        .flatMap(figure -> feedsBehind(force, figure))
                                        .toList())))
                        .toList());
    }

    /** Those of the figure's queue; of a query those of judgements if it reads only marts of these, otherwise all. */
    private static Stream<String> feedsBehind(Force force, Recommendation.Figure figure) {
        String query = figure.query();
        if (query == null) {
            return force.queues().stream()
                    .filter(queue -> queue.name().equals(figure.queue()))
                    .flatMap(queue -> force.feedsBehind(queue).stream());
        }
        List<Model> marts = Models.marts().stream()
                .filter(mart -> Pattern.compile("\\b" + mart.name() + "\\b")
                        .matcher(query)
                        .find())
                .toList();
        boolean isOfJudgements = !marts.isEmpty() && marts.stream().allMatch(mart -> mart.countedBy() == Family.SCHEME);
        return isOfJudgements
                ? force.gradings().stream().flatMap(grading -> grading.feeds().stream())
                : force.feeds().stream().map(Feed::name);
    }

    private static DictionaryInput.Feed feed(Feed feed) {
        Origin.DroppedFile file = feed.droppedFile();
        return new DictionaryInput.Feed(
                feed.name(),
                feed.source(),
                feed.description(),
                feed.connection(),
                reads(feed),
                feed.extract() == Feed.Extract.FULL
                        ? "every row each time: a row that is missing was deleted"
                        : "changed rows: a row that is missing did not change",
                delivery(feed) + freshness(feed),
                feed.key(),
                feed.item(),
                feed.scope() == null ? null : feed.scope().where(),
                feed.columns().stream()
                        .map(column -> new DictionaryInput.Column(
                                column.name(),
                                column.from(),
                                column.type().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                column.privacy() == Feed.Privacy.PSEUDONYMISE,
                                column.required() || feed.key().contains(column.name()),
                                column.description()))
                        .toList(),
                file == null ? List.of() : sorted(file.ignored()),
                feed.owner());
    }

    private static String reads(Feed feed) {
        if (feed.origin() instanceof Origin.DatabaseRows rows) {
            return rows.table() == null ? "the query feeds/" + feed.name() + ".sql" : "the table " + rows.table();
        }
        return feed.origin() instanceof Origin.DroppedFile file ? "the file " + file.file() : "";
    }

    private static String delivery(Feed feed) {
        Delivery delivery = feed.delivery();
        if (delivery != null) {
            return delivery.describe();
        }
        return feed.hasUndeclaredDelivery() ? "on dates that the feed does not define" : "read in every run";
    }

    private static String freshness(Feed feed) {
        Freshness freshness = feed.freshness();
        return freshness == null ? "" : "; " + freshness.describe();
    }

    private static List<DictionaryInput.Query> queries(Force force) {
        return Stream.of(
                        force.stagings().stream()
                                .map(query -> new DictionaryInput.Query(
                                        query.name(),
                                        "staging",
                                        query.itemKind(),
                                        query.feeds(),
                                        query.events(),
                                        query.sql())),
                        force.gradings().stream()
                                .map(query -> new DictionaryInput.Query(
                                        query.name(), "grading", null, query.feeds(), List.of(), query.sql())),
                        force.staffings().stream()
                                .map(query -> new DictionaryInput.Query(
                                        query.name(), "staffing", null, query.feeds(), List.of(), query.sql())))
                .flatMap(queries -> queries)
                .toList();
    }

    private static DictionaryInput.Counted counted(Force force, Queue queue) {
        return new DictionaryInput.Counted(
                queue.name(),
                queue.title(),
                queue.itemKind(),
                sorted(queue.events()),
                List.copyOf(force.feedsBehind(queue)));
    }

    private static DictionaryInput.Counted counted(Force force, Milestones milestones) {
        List<String> events = Stream.concat(
                        Stream.of(milestones.opens(), milestones.closes()),
                        milestones.steps().stream().flatMap(step -> Stream.of(step.done(), step.notApplicable())))
                .flatMap(Collection::stream)
                .toList();
        return new DictionaryInput.Counted(
                milestones.name(),
                milestones.title(),
                milestones.itemKind(),
                sorted(events),
                List.copyOf(force.feedsBehind(milestones)));
    }

    private static List<String> sorted(Collection<String> texts) {
        return List.copyOf(new TreeSet<>(texts));
    }
}
