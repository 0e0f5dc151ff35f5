import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
        Map<String, List<ContainedLibrary>> contained = contained(lib);
        Map<String, String> licences = new TreeMap<>();
        for (Path part : sorted(lib)) {
            Path bom = part.resolve("bom.json");
            if (Files.isRegularFile(bom)) {
                JsonNode bill = JSON.readTree(bom.toFile());
                for (JsonNode component : bill.path("components")) {
                    licences.put(jar(component), licence(component));
                    addContained((ObjectNode) component, contained.getOrDefault(jar(component), List.of()));
                }
                Files.writeString(
                        target.resolve("bom-" + part.getFileName() + ".json"),
                        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(bill) + "\n");
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
                What a jar contains are libraries that its publisher packed into it (shaded), under their own licences.

                """);
        for (Map.Entry<String, String> jar : jars.entrySet()) {
            list.append(jar.getKey()).append("  ").append(jar.getValue()).append('\n');
            for (ContainedLibrary library : contained.getOrDefault(jar.getKey(), List.of())) {
                list.append("    contains ").append(library.name()).append('\n');
            }
        }
        Files.writeString(target.resolve("THIRD-PARTY.txt"), list);
    }

    /** Adds the libraries that a jar contains to its entry, without licences: jars state them in their notices only. */
    private static void addContained(ObjectNode component, List<ContainedLibrary> libraries) {
        if (libraries.isEmpty()) {
            return;
        }
        ArrayNode contained = component.putArray("components");
        for (ContainedLibrary library : libraries) {
            contained
                    .addObject()
                    .put("type", "library")
                    .put("group", library.group())
                    .put("name", library.artifact())
                    .put("version", library.version())
                    .put("purl", library.purl());
        }
    }

    /** Libraries inside the jars of all programs, by the name of the jar; only jars that contain some. */
    private static Map<String, List<ContainedLibrary>> contained(Path lib) throws IOException {
        Map<String, List<ContainedLibrary>> contained = new TreeMap<>();
        for (Path part : sorted(lib)) {
            for (Path jar : Files.isDirectory(part) ? sorted(part) : List.<Path>of()) {
                String name = jar.getFileName().toString();
                if (name.endsWith(".jar") && !name.startsWith("fpw-") && !contained.containsKey(name)) {
                    contained.put(name, ContainedLibrary.in(jar));
                }
            }
        }
        contained.values().removeIf(List::isEmpty);
        return contained;
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

    /**
     * A library whose classes are in another one's jar, as Maven's files in that jar say ({@code
     * META-INF/maven/.../pom.properties}).
     */
    private record ContainedLibrary(String group, String artifact, String version)
            implements Comparable<ContainedLibrary> {

        static List<ContainedLibrary> in(Path jar) throws IOException {
            TreeSet<ContainedLibrary> found = new TreeSet<>();
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : zip.stream().toList()) {
                    if (entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom[.]properties")) {
                        Properties properties = new Properties();
                        properties.load(zip.getInputStream(entry));
                        found.add(new ContainedLibrary(
                                properties.getProperty("groupId", ""),
                                properties.getProperty("artifactId", ""),
                                properties.getProperty("version", "")));
                    }
                }
            }
            String name = jar.getFileName().toString();
            found.removeIf(library -> name.startsWith(library.artifact() + "-" + library.version()));
            return List.copyOf(found);
        }

        String name() {
            return group + ":" + artifact + ":" + version;
        }

        String purl() {
            return "pkg:maven/" + group + "/" + artifact + "@" + version + "?type=jar";
        }

        @Override
        public int compareTo(ContainedLibrary other) {
            return name().compareTo(other.name());
        }
    }
}
