package uk.fpw.warehouse.force.pack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Finds the packs that a {@code force.yml} names, and checks what they expect of its staging queries. */
public record PackCheck(DefinitionFile force) {

    private static final String FIELD = "packs";

    /** The packs that exist, in the order of the file; reports the others. */
    public List<Pack> find() {
        List<Pack> packs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (DefinitionFile.Entry entry : force.texts(FIELD)) {
            if (!entry.text().matches("\\S+ \\d+")) {
                continue; // the schema reports it
            }
            if (!Pack.known().contains(entry.text())) {
                entry.error(
                        "there is no pack '" + entry.text() + "' in this version of the software",
                        Suggestions.remedy(entry.text(), Pack.known(), FIELD));
                continue;
            }
            Pack pack = Pack.of(entry.text());
            if (names.add(pack.name())) {
                packs.add(pack);
            } else {
                entry.error("the pack '" + pack.name() + "' is already named", "choose one version of it");
            }
        }
        return packs;
    }

    /** Reports queues of the folder that have the name of a queue of a pack: nothing overrides a pack silently. */
    public static void refuseOtherQueues(List<Pack> packs, List<DefinitionFile> own) {
        for (Pack pack : packs) {
            refuse(
                    pack,
                    "queue",
                    pack.queues(),
                    own,
                    "; 'variant_of: %s' says that it counts the same items in " + "another way");
        }
    }

    /** Reports schemes of the folder that have the name of a scheme of a pack. */
    public static void refuseOtherSchemes(List<Pack> packs, List<DefinitionFile> own) {
        for (Pack pack : packs) {
            refuse(pack, "scheme", pack.schemes(), own, "");
        }
    }

    /** Reports facts of the folder that have the name of a fact of a pack. */
    public static void refuseOtherFacts(List<Pack> packs, List<DefinitionFile> own) {
        for (Pack pack : packs) {
            refuse(pack, "fact", pack.facts(), own, "");
        }
    }

    private static void refuse(
            Pack pack, String kind, List<String> names, List<DefinitionFile> own, String furtherRemedy) {
        own.stream()
                .filter(file -> names.contains(file.baseName()))
                .forEach(file -> file.error(
                        kind,
                        "'" + file.baseName() + "' is a " + kind + " of the pack " + pack.label(),
                        "remove the file, or give the " + kind + " and its file another name"
                                + furtherRemedy.replace("%s", file.baseName())));
    }

    /**
     * Reports what a pack expects and no query of the folder gives, with its meaning.
     *
     * @return whether everything is there
     */
    public boolean check(Pack pack, DefinitionFiles all) {
        return (pack.schemes().isEmpty() || hasGradings(pack, all))
                && (pack.itemKind() == null || hasEvents(pack, pack.itemKind(), all));
    }

    /** Which values its query returns is known only from rows, which the examples of the pack test. */
    private boolean hasGradings(Pack pack, DefinitionFiles all) {
        if (all.gradings().isEmpty()) {
            error(
                    pack,
                    "there is no grading query, which the pack " + pack.label() + " needs for its scheme "
                            + String.join(", ", pack.schemes()),
                    "add gradings/NAME.yml and NAME.sql that return "
                            + pack.judgements().stream()
                                    .map(column -> column.name() + " (" + column.means() + ")")
                                    .collect(Collectors.joining(", ")));
        }
        return !all.gradings().isEmpty();
    }

    private boolean hasEvents(Pack pack, String itemKind, DefinitionFiles all) {
        if (all.stagingsAreUnsure()) {
            return false;
        }
        int before = force.errors().count();
        List<DefinitionFile> stagings = all.stagingsOf(itemKind);
        if (stagings.isEmpty()) {
            error(
                    pack,
                    "no staging query returns items of kind '" + itemKind + "', which the pack " + pack.label()
                            + " counts",
                    "add a staging query with item_kind: " + itemKind + " and the events "
                            + String.join(", ", names(pack.events())));
            return false;
        }
        require(pack, pack.events(), DefinitionFiles.union(stagings, "events"), "event", "events");
        require(pack, pack.attributes(), DefinitionFiles.union(stagings, "attributes"), "attribute", "attributes");
        return force.errors().count() == before;
    }

    private void require(Pack pack, List<Pack.Meaning> expected, Set<String> given, String what, String field) {
        for (Pack.Meaning meaning : expected) {
            if (!given.contains(meaning.name())) {
                error(
                        pack,
                        "no staging query of item kind '" + pack.itemKind() + "' gives the " + what + " '"
                                + meaning.name() + "' of the pack " + pack.label() + " (" + meaning.means() + ")",
                        "return it in a staging query and add it to its " + field
                                + "; if no system records it, the pack does not fit this force yet");
            }
        }
    }

    private static List<String> names(List<Pack.Meaning> meanings) {
        return meanings.stream().map(Pack.Meaning::name).toList();
    }

    private void error(Pack pack, String problem, String remedy) {
        String field = force.texts(FIELD).stream()
                .filter(entry -> entry.text().equals(pack.label()))
                .map(DefinitionFile.Entry::path)
                .findFirst()
                .orElse(FIELD);
        force.error(field, problem, remedy);
    }
}
