package uk.fpw.warehouse.force;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * Reads and checks the folder.
     *
     * @throws ForceFolderException with every mistake at once
     */
    public static Force read(Path folder) {
        return new ForceFolder(folder.toAbsolutePath().normalize()).read();
    }

    private Force read() {
        @Nullable Definition force = definition(FolderFiles.FORCE);
        @Nullable Definition connections = definition(FolderFiles.CONNECTIONS);
        List<Definition> feeds = definitions("feeds");
        List<Definition> stagings = definitions("staging");
        List<Definition> queues = definitions("queues");
        List<Definition> rules = definitions("rules");
        if (force == null || connections == null || mistakes.count() > 0) {
            throw new ForceFolderException(mistakes.sorted());
        }
        return bind(force.tree(), connections.tree(), feeds, stagings, queues, rules);
    }

    private Force bind(
            JsonNode force,
            JsonNode connections,
            List<Definition> feeds,
            List<Definition> stagings,
            List<Definition> queues,
            List<Definition> rules) {
        Binder binder = new Binder(folder);
        ZoneId zone = ZoneId.of(force.required("zone").asText());
        return new Force(
                folder,
                force.required("force").asText(),
                force.required("name").asText(),
                zone,
                binder.storage(force),
                binder.drops(connections),
                feeds.stream().map(feed -> binder.feed(feed.tree(), zone)).toList(),
                stagings.stream().map(staging -> staging(binder, staging)).toList(),
                queues.stream().map(queue -> binder.queue(queue.tree())).toList(),
                rules.stream()
                        .flatMap(rule -> binder.rules(rule.tree()).stream())
                        .toList(),
                List.of(),
                files.digest());
    }

    private Staging staging(Binder binder, Definition staging) {
        String sqlFile = "staging/" + staging.baseName() + ".sql";
        String sql = files.text(sqlFile);
        return binder.staging(staging.tree(), sql == null ? "" : sql, folder.resolve(sqlFile));
    }

    private List<Definition> definitions(String kind) {
        List<Definition> definitions = new ArrayList<>();
        for (String name : files.names(kind, ".yml")) {
            Definition definition = definition(name);
            if (definition != null) {
                definitions.add(definition);
            }
        }
        return definitions;
    }

    private @Nullable Definition definition(String name) {
        String text = files.text(name);
        return text == null ? null : YamlReader.read(name, text, mistakes);
    }
}
