package uk.fpw.warehouse.store.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.installation.Installation;
import uk.fpw.warehouse.installation.ObjectStoreSettings;

/**
 * Opens the object store that a warehouse's identity names, with the settings of the installation. Its libraries are in
 * a folder of the installation of their own, which is read when the first such warehouse is opened and never otherwise.
 * Credentials are no setting: the libraries look for them in the environment and the files of this user.
 */
public final class ObjectStores {

    /** Folder of the installation with the libraries. */
    public static final String PART = "s3";

    private static final String INSTALLED = "fpw.lib";

    private ObjectStores() {}

    /** Loaded once, so that all stores of a process share their classes. */
    private static final class Loaded {
        static final @Nullable ObjectStoreProvider PROVIDER = load();
    }

    /**
     * The files of the tables of a warehouse.
     *
     * @param identity an identity with {@link WarehouseIdentity#tables}
     * @throws FpwException with {@code CONFIGURATION} if the installation has no such store, or not its libraries
     */
    public static TableStorage storage(WarehouseIdentity identity) {
        String tables = Objects.requireNonNull(identity.tables(), "tables");
        Map<String, String> environment = Installation.environment(System.getenv());
        ObjectStoreSettings settings = ObjectStoreSettings.of(tables, environment);
        return new ObjectStorage(provider().open(settings.properties()), identity, settings.maxCopyBytes());
    }

    /** Properties of Iceberg's access to the files of a warehouse; see {@link #storage}. They contain no secret. */
    public static Map<String, String> properties(WarehouseIdentity identity) {
        Map<String, String> properties = new TreeMap<>(ObjectStoreSettings.of(
                        Objects.requireNonNull(identity.tables(), "tables"), Installation.environment(System.getenv()))
                .properties());
        // Files are put together here before they are sent.
        properties.put(
                "s3.staging-dir",
                new WarehouseFolder(identity.path()).scratch().resolve(PART).toString());
        return properties;
    }

    /** Iceberg's access to files, from the properties of a catalog. */
    public static FileIO files(Map<String, String> catalogProperties) {
        return provider().files(catalogProperties);
    }

    private static ObjectStoreProvider provider() {
        ObjectStoreProvider found = Loaded.PROVIDER;
        if (found == null) {
            throw FpwException.configuration(
                    "the tables of this warehouse are in an object store, and the installation "
                            + "has no libraries for it (lib/" + PART + "); unpack the archive again");
        }
        return found;
    }

    private static @Nullable ObjectStoreProvider load() {
        ClassLoader here = ObjectStores.class.getClassLoader();
        ObjectStoreProvider present =
                ServiceLoader.load(ObjectStoreProvider.class, here).findFirst().orElse(null);
        Path folder = Path.of(System.getProperty(INSTALLED, "")).resolve(PART);
        if (present != null || System.getProperty(INSTALLED) == null || !Files.isDirectory(folder)) {
            return present;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            URL[] urls = new URL[jars.size()];
            for (int index = 0; index < urls.length; index++) {
                urls[index] = jars.get(index).toUri().toURL();
            }
            // Never closed: it lives as long as the process.
            URLClassLoader loader = new URLClassLoader(urls, here);
            return ServiceLoader.load(ObjectStoreProvider.class, loader)
                    .findFirst()
                    .orElse(null);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + folder, unreadable);
        }
    }
}
