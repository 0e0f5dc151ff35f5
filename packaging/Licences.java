import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Lists every jar of the archive with its licence, as the bills of materials (CycloneDX) state it, and copies these and
 * the notices that the jars carry. Arguments: the folder {@code lib}, and the folder to write to.
 */
final class Licences {

    /** Of libraries whose publishers name none in their POM, by the licence file of the jar or of its project. */
    private static final Map<String, String> READ_BY_HAND = Map.of(
            "datasketches-memory-3.0.2.jar", "Apache-2.0",
            "oro-2.0.8.jar", "Apache-1.1",
            "xbean-asm9-shaded-4.28.jar", "Apache-2.0");

    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws IOException {
        Path lib = Path.of(arguments[0]);
        Path target = Path.of(arguments[1]);
        Map<String, String> licences = new TreeMap<>();
        for (Path part : sorted(lib)) {
            Path bom = part.resolve("bom.json");
            if (Files.isRegularFile(bom)) {
                Files.copy(bom, target.resolve("bom-" + part.getFileName() + ".json"));
                for (JsonNode component : JSON.readTree(bom.toFile()).path("components")) {
                    licences.put(jar(component), licence(component));
                }
            }
        }
        Map<String, String> jars = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        for (Path part : sorted(lib)) {
            for (Path jar : sorted(part)) {
                String name = jar.getFileName().toString();
                if (!name.endsWith(".jar") || name.startsWith("fpw-")) {
                    continue;
                }
                String stated = licences.getOrDefault(name, "");
                String licence = stated.isEmpty() ? READ_BY_HAND.getOrDefault(name, "") : stated;
                if (licence.isEmpty()) {
                    unknown.add(part.getFileName() + "/" + name);
                }
                jars.put(name, licence);
                copyNotices(jar, target);
            }
        }
        if (!unknown.isEmpty()) {
            System.err.println("packaging/Licences.java: no licence in the bill of materials for " + unknown
                    + "; look it up and add it to READ_BY_HAND");
            System.exit(1);
        }
        StringBuilder list = new StringBuilder("""
                Libraries in lib/, each under its own licence, as its publisher states it.
                Licences and notices that a jar carries are in the folder with its name; bom-*.json: CycloneDX.

                """);
        jars.forEach((jar, licence) -> list.append(jar).append("  ").append(licence).append('\n'));
        Files.writeString(target.resolve("THIRD-PARTY.txt"), list);
    }

    private static String jar(JsonNode component) {
        String purl = component.path("purl").asText();
        String classifier = purl.replaceFirst(".*[?&]classifier=([^&]*).*", "-$1");
        return component.path("name").asText() + "-" + component.path("version").asText()
                + (classifier.equals(purl) ? "" : classifier) + ".jar";
    }

    private static String licence(JsonNode component) {
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode each : component.path("licenses")) {
            JsonNode licence = each.path("license");
            String name = each.has("expression")
                    ? each.path("expression").asText()
                    : licence.path("id").asText(licence.path("name").asText());
            names.add(name.strip().replaceAll("\\s+", " "));
        }
        names.remove("");
        return String.join(", ", names);
    }

    /** The files of META-INF that are about licences. */
    private static void copyNotices(Path jar, Path target) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                String name = entry.getName();
                if (!entry.isDirectory() && name.matches("(?i)(META-INF/)?(LICEN[CS]E|NOTICE)[A-Z.-]{0,20}")) {
                    Path folder = Files.createDirectories(
                            target.resolve(jar.getFileName().toString().replaceFirst("\\.jar$", "")));
                    Path copy = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
                    if (!Files.exists(copy)) {
                        Files.copy(zip.getInputStream(entry), copy);
                    }
                }
            }
        }
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
