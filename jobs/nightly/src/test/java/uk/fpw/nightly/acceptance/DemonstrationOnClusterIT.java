package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.testing.PostgresServer;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * The nights of the synthetic force with everything beyond one machine: a Spark cluster, an object store and
 * PostgreSQL. Their releases are those of Spark in one process, a folder and the embedded database. Prints how long
 * each took.
 */
@Tag("thorough")
class DemonstrationOnClusterIT {

    private static final String SECRET = "a-secret-that-every-part-of-it-knows";

    @TempDir
    private Path folder;

    @Test
    void nightsAreThoseOfOneMachine() throws Exception {
        TestDatabase database = PostgresServer.running().newDatabase();
        Installation distant = Installation.in(folder);
        UsualSource source = UsualSource.fenmarch(distant, LocalDate.of(2015, 12, 31), 3);
        Path near = source.force();
        Path far = far(near, database);
        Installation local = distant.here();
        Path store = Files.createDirectories(folder.resolve("store"));
        Path workers = Files.createDirectories(folder.resolve("cluster"));
        Path lib = Path.of(System.getProperty("fpw.dist")).resolve("lib");
        try (S3Proxy objects = S3Proxy.start(store, ObjectStoreForces.SECRET_OF_STORE);
                StandaloneCluster cluster = StandaloneCluster.start(workers, lib, SECRET, objects.credentials())) {
            Path settings =
                    Files.writeString(folder.resolve("installation.yml"), objects.settings() + cluster.settings());
            S3Proxy.closeToWriters(settings);
            objects.credentials().forEach(distant::set);
            distant.set("FPW_INSTALLATION", settings.toString())
                    .set("FPW_SPARK_SECRET", SECRET)
                    .set("SPARK_HOME", cluster.home().toString());
            for (LocalDate night : source.nights()) {
                source.goOnTo(night);
                Installation.Outcome here = nightly(local, near, night);
                Installation.Outcome there = nightly(distant, far, night);
                List<String> digests = ObjectStoreForces.digests(local, near);
                assertThat(ObjectStoreForces.digests(distant, far)).isEqualTo(digests);
                System.out.println("Night of " + night + ": one machine "
                        + here.took().toSeconds()
                        + " s, cluster, store and PostgreSQL " + there.took().toSeconds() + " s; digests of both: "
                        + digests);
            }
        }
    }

    /** The same force in another folder, with tables in the store. */
    private static Path far(Path near, TestDatabase database) throws IOException {
        Path far = TestForceFolders.copy(near, near.resolveSibling("fenmarch-far"));
        Path settings = far.resolve("force.yml");
        Files.writeString(settings, Files.readString(settings).replaceFirst("(?m)^  warehouse: .*$", """
                                  warehouse: ../../var/far
                                  tables: s3://%s/fenmarch
                                  database: "%s"
                                  user: %s
                                  password_variable: %s\
                                """.formatted(
                        S3Proxy.BUCKET, database.url(), database.user(), Installation.DATABASE_PASSWORD_VARIABLE)));
        return far;
    }

    private static Installation.Outcome nightly(Installation fpw, Path force, LocalDate night) {
        return fpw.succeed("nightly", "--force", force.toString(), "--date", night.toString());
    }
}
