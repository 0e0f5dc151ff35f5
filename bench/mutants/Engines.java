import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The engines of the modules, created when needed. */
record Engines(Path root, Map<String, Engine> made) {
    Engines(Path root) {
        this(root, new HashMap<>());
    }

    Engine of(String module) {
        return made.computeIfAbsent(module, name -> new Engine(root, name));
    }
}
