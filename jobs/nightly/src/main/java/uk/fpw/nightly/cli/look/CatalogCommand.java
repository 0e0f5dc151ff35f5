package uk.fpw.nightly.cli.look;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookLog;
import uk.fpw.nightly.catalog.CatalogProtocol;
import uk.fpw.nightly.catalog.CatalogServer;
import uk.fpw.nightly.catalog.CatalogViews;
import uk.fpw.nightly.catalog.RecordedLoads;
import uk.fpw.nightly.catalog.ServerCertificate;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.cli.option.ReasonOption;
import uk.fpw.nightly.program.StopSignals;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.installation.CatalogAddress;
import uk.fpw.warehouse.installation.Installation;

/** Implements {@code fpw catalog}. */
@Command(
        name = "catalog",
        description = {
            "Serves the released tables of figures as a read-only Iceberg catalog, by Iceberg's REST protocol, until "
                    + "it is stopped: for pyiceberg, DuckDB and Spark.",
            "main of each table is the current release; each release that is kept is a tag by its id, and by the name "
                    + "it is pinned as. Readers open the files of the tables themselves, so they need read access to "
                    + "the warehouse folder.",
            "It serves this machine alone, unless installation.yml has an address with a certificate, and a token."
        })
public final class CatalogCommand implements Callable<Integer> {

    private static final int PORT = 8181;

    private static final int TOKEN_BYTES = 32;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port; 0 for a free one. Default: that of installation.yml, else " + PORT + ".")
    private @Nullable Integer port;

    @Option(
            names = "--restricted",
            description = "Also serve tables of single cases and people (core, raw, mart.case_silence, ...), to this "
                    + "machine alone and with a token. Each table that a reader opens is recorded first, with the "
                    + "reason. fpw looks shows the record.")
    private boolean restricted;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why these tables are read, for the record; needed for --restricted, up to 1,000 characters.")
    private @Nullable String reason;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CliContext context;

    /** Creates the command with the environment and streams of a context. */
    public CatalogCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (restricted != (reason != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    restricted
                            ? "--restricted needs --reason: each read of single cases or people is on record"
                            : "--reason is for --restricted; figures are read without one");
        }
        Force.Identity read = force.readIdentity(context);
        CatalogViews views = CatalogViews.of(read, force.find(context), context.environment(), restricted);
        ReleaseId current = views.current();
        Consumer<String> problems = problem -> context.err().println("fpw: " + problem);
        if (reason == null) {
            return serve(read, current, new CatalogProtocol(views, null, problems));
        }
        String why = ReasonOption.oneLine(reason, spec);
        WarehouseFolder warehouse = new WarehouseFolder(read.storage().warehouse());
        try (LookLog log = new LookLog(warehouse, "fpw catalog", ProcessOwner.nameWithLogin(), context.clock())) {
            return serve(read, current, new CatalogProtocol(views, new RecordedLoads(log, why), problems));
        }
    }

    private int serve(Force.Identity read, @Nullable ReleaseId current, CatalogProtocol protocol) {
        CatalogAddress shared =
                restricted ? null : Installation.of(context.environment()).catalog();
        String token = token(shared, context.environment());
        int wanted = port != null ? port : shared != null && shared.port() != null ? shared.port() : PORT;
        CompletableFuture<ExitCode> stopped = new CompletableFuture<>();
        StopSignals signals = StopSignals.handledBy(stopped::complete);
        try (signals;
                CatalogServer server = CatalogServer.start(
                        protocol,
                        address(shared),
                        wanted,
                        token,
                        shared == null ? null : ServerCertificate.read(shared))) {
            context.out()
                    .println("catalog of " + read.name() + " at "
                            + (shared == null ? "http://127.0.0.1:" : "https://" + shared.address() + ":")
                            + server.port() + ", "
                            + (current == null ? "without a release yet" : "release " + current)
                            + "; stop it with Ctrl-C");
            if (restricted && CatalogAddress.token(context.environment()) == null) {
                context.out().println("token of this session: " + token);
            }
            return stopped.join().code();
        }
    }

    private @Nullable String token(@Nullable CatalogAddress shared, Map<String, String> environment) {
        if (shared != null) {
            return shared.requireToken(environment);
        }
        String given = CatalogAddress.token(environment);
        if (given != null || !restricted) {
            return given;
        }
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static InetAddress address(@Nullable CatalogAddress shared) {
        try {
            return InetAddress.getByName(shared == null ? "127.0.0.1" : shared.address());
        } catch (UnknownHostException unknown) {
            throw FpwException.configuration(
                    "catalog.address of the installation is not an address of this machine: " + unknown.getMessage(),
                    unknown);
        }
    }
}
