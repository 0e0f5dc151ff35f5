package uk.fpw.nightly.catalog;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Serves the protocol over HTTP, or HTTPS beyond this machine. Connections, threads, headers and the time for a request
 * are bounded; bodies of requests are not read.
 */
public final class CatalogServer implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int BACKLOG = 32;
    private static final int LONGEST_PATH = 1000;

    private static final String BEARER = "Bearer ";

    /** Names of this machine for itself. A browser sends another one for a page that leads to this address. */
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final CatalogProtocol protocol;
    private final @Nullable String tokenDigest;
    private final HttpServer server;
    private final ExecutorService threads;
    private final boolean isSecure;

    private CatalogServer(
            CatalogProtocol protocol,
            @Nullable String token,
            HttpServer server,
            ExecutorService threads,
            boolean isSecure) {
        this.protocol = protocol;
        this.tokenDigest = token == null ? null : Sha256.hex(token);
        this.server = server;
        this.threads = threads;
        this.isSecure = isSecure;
    }

    /**
     * Starts to serve.
     *
     * @param port 0 for a free one
     * @param token what readers must send; null if anybody who reaches the address may read
     * @param tls certificate and key; null for plain HTTP, which is for the loopback address only
     * @throws FpwException with {@code CONFIGURATION} if the address cannot be used, or is neither loopback nor secured
     */
    public static CatalogServer start(
            CatalogProtocol protocol, InetAddress address, int port, @Nullable String token, @Nullable SSLContext tls) {
        if ((tls == null || token == null) && !address.isLoopbackAddress()) {
            throw FpwException.configuration("the catalog is served beyond this machine with TLS and a token only");
        }
        setBounds();
        InetSocketAddress socket = new InetSocketAddress(address, port);
        try {
            HttpServer server = tls == null ? HttpServer.create(socket, BACKLOG) : secure(socket, tls);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            CatalogServer catalog = new CatalogServer(protocol, token, server, threads, tls != null);
            server.setExecutor(threads);
            server.createContext("/", catalog::handle);
            server.start();
            return catalog;
        } catch (IOException unusable) {
            throw FpwException.configuration(
                    "the catalog cannot be served at " + address.getHostAddress() + ", port " + port + ": "
                            + unusable.getMessage() + "; choose another port with --port",
                    unusable);
        }
    }

    private static HttpServer secure(InetSocketAddress socket, SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(socket, BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    /** The bounds of the JDK's server, which it reads once from these properties: seconds, numbers and bytes. */
    private static void setBounds() {
        System.setProperty("sun.net.httpserver.maxReqTime", "20");
        System.setProperty("sun.net.httpserver.maxRspTime", "120");
        System.setProperty("sun.net.httpserver.idleInterval", "30");
        System.setProperty("sun.net.httpserver.maxReqHeaders", "60");
        System.setProperty("sun.net.httpserver.maxReqHeaderSize", "32768");
        System.setProperty("jdk.httpserver.maxConnections", "64");
    }

    /** The port that it listens at. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            CatalogResponse response;
            try {
                response = respond(exchange);
            } catch (RuntimeException unexpected) {
                response = protocol.unexpected(unexpected);
            }
            send(exchange, response);
        }
    }

    private CatalogResponse respond(HttpExchange exchange) {
        if (!isSecure && !isForThisMachine(exchange)) {
            return protocol.error(403, "ForbiddenException", "this catalog answers to localhost and 127.0.0.1 only");
        }
        if (!isAllowed(exchange)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            return protocol.error(401, "NotAuthorizedException", "this catalog needs its token");
        }
        String path = exchange.getRequestURI().getRawPath();
        return path == null || path.length() > LONGEST_PATH
                ? protocol.error(414, "BadRequestException", "the path has more than " + LONGEST_PATH + " characters")
                : protocol.respond(exchange.getRequestMethod(), path);
    }

    private static boolean isForThisMachine(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        return host != null
                && LOOPBACK.contains(host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT));
    }

    /** Compares digests, so that the time it takes says nothing about the token. */
    private boolean isAllowed(HttpExchange exchange) {
        if (tokenDigest == null) {
            return true;
        }
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        return sent != null
                && sent.startsWith(BEARER)
                && MessageDigest.isEqual(
                        bytes(Sha256.hex(sent.substring(BEARER.length()).strip())), bytes(tokenDigest));
    }

    private static void send(HttpExchange exchange, CatalogResponse response) throws IOException {
        String json = response.json();
        if (response.status() == 405) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            exchange.getResponseHeaders().set("Connection", "close");
        }
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (json == null || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        byte[] body = bytes(json);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(response.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Ends all connections. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
