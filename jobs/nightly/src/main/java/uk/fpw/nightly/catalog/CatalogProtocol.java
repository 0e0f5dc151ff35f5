package uk.fpw.nightly.catalog;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.Endpoint;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.GetNamespaceResponse;
import org.apache.iceberg.rest.responses.ListNamespacesResponse;
import org.apache.iceberg.rest.responses.ListTablesResponse;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;

/**
 * The part of Iceberg's REST protocol that reads: its routes and responses, without a server. Whatever is not listed to
 * a reader is to him as if it did not exist. Thread-safe.
 */
public final class CatalogProtocol {

    private static final List<Endpoint> ENDPOINTS = List.of(
            Endpoint.V1_LIST_NAMESPACES,
            Endpoint.V1_LOAD_NAMESPACE,
            Endpoint.V1_NAMESPACE_EXISTS,
            Endpoint.V1_LIST_TABLES,
            Endpoint.V1_LOAD_TABLE,
            Endpoint.V1_TABLE_EXISTS);

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,127}");

    private static final String NO_TABLE = "NoSuchTableException";
    private static final String NO_NAMESPACE = "NoSuchNamespaceException";

    private final CatalogViews views;
    private final @Nullable RecordedLoads recorded;
    private final Consumer<String> problems;
    private final ObjectMapper mapper;

    /**
     * The protocol over the tables of a warehouse.
     *
     * @param recorded records reads of tables about single cases; null if the views have none
     * @param problems gets a sentence for the operator whenever something cannot be served
     */
    public CatalogProtocol(CatalogViews views, @Nullable RecordedLoads recorded, Consumer<String> problems) {
        this.views = views;
        this.recorded = recorded;
        this.problems = problems;
        this.mapper = JsonMapper.builder()
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .build();
        RESTSerializers.registerAll(mapper);
    }

    /**
     * The response to a request.
     *
     * @param path as it was sent, percent-encoded and without the query, such as {@code /v1/namespaces/mart/tables}
     */
    CatalogResponse respond(String method, String path) {
        boolean isHead = method.equals("HEAD");
        if (!isHead && !method.equals("GET")) {
            return refusal();
        }
        CatalogResponse response;
        try {
            response = read(path, isHead);
        } catch (FpwException unavailable) {
            problems.accept(String.valueOf(unavailable.getMessage()));
            response = error(
                    UNAVAILABLE,
                    "ServiceUnavailableException",
                    "the warehouse cannot be read; try again, and if it stays so, "
                            + "ask its operator, who has a message about it");
        }
        return isHead ? new CatalogResponse(response.status() == OK ? NO_CONTENT : response.status(), null) : response;
    }

    /** The response to every request that would change something. */
    private CatalogResponse refusal() {
        return error(
                METHOD_NOT_ALLOWED,
                "UnsupportedOperationException",
                "this catalog is read-only: tables are written by fpw nightly alone");
    }

    private CatalogResponse read(String path, boolean isHead) {
        List<String> parts = Arrays.asList(path.split("/", -1));
        if (parts.size() < 3 || !parts.get(0).isEmpty() || !parts.get(1).equals("v1")) {
            return unknownPath();
        }
        List<String> route = parts.subList(2, parts.size());
        if (route.equals(List.of("config"))) {
            return json(ConfigResponse.builder().withEndpoints(ENDPOINTS).build());
        }
        if (!route.get(0).equals("namespaces")) {
            return unknownPath();
        }
        CatalogView view = views.latest();
        if (route.size() == 1) {
            return json(ListNamespacesResponse.builder()
                    .addAll(view.namespaces().keySet().stream()
                            .map(Namespace::of)
                            .toList())
                    .build());
        }
        String namespace = route.get(1);
        if (route.size() == 2) {
            return view.tables(namespace) == null
                    ? missing(NO_NAMESPACE, "namespace", namespace)
                    : json(GetNamespaceResponse.builder()
                            .withNamespace(Namespace.of(namespace))
                            .build());
        }
        if (!route.get(2).equals("tables") || route.size() > 4) {
            return unknownPath();
        }
        return route.size() == 3 ? tables(view, namespace) : table(view, namespace, route.get(3), isHead);
    }

    private CatalogResponse tables(CatalogView view, String namespace) {
        List<String> names = view.tables(namespace);
        return names == null
                ? missing(NO_NAMESPACE, "namespace", namespace)
                : json(ListTablesResponse.builder()
                        .addAll(names.stream()
                                .map(name -> TableIdentifier.of(namespace, name))
                                .toList())
                        .build());
    }

    private CatalogResponse table(CatalogView view, String namespace, String name, boolean isHead) {
        CatalogView.Entry entry = view.table(namespace, name);
        if (entry == null) {
            return missing(NO_TABLE, "table", NAME.matcher(namespace).matches() ? namespace + "." + name : "");
        }
        if (isHead) {
            return new CatalogResponse(OK, null);
        }
        TableMetadata metadata = entry.metadata();
        if (metadata == null) {
            throw FpwException.unavailable(entry.problem());
        }
        if (entry.isAboutSingleCases()) {
            Objects.requireNonNull(recorded, "records of reads")
                    .record(Objects.requireNonNull(view.current(), "current release"), namespace + "." + name);
        }
        return json(LoadTableResponse.builder().withTableMetadata(metadata).build());
    }

    private CatalogResponse missing(String type, String what, String name) {
        boolean isName = Arrays.stream(name.split("\\.", -1))
                .allMatch(part -> NAME.matcher(part).matches());
        return error(
                NOT_FOUND,
                type,
                "there is no " + what + (isName ? " " + name : " of that name")
                        + ", or it has rows of single cases or people and is not offered here");
    }

    private CatalogResponse unknownPath() {
        return error(
                NOT_FOUND, "NotFoundException", "this catalog serves namespaces and tables, and nothing at this path");
    }

    /** The response to a request that met a bug; the operator gets the details. */
    CatalogResponse unexpected(RuntimeException failed) {
        problems.accept("unexpected error (probably a bug in this software): " + failed);
        return error(500, "InternalServerError", "unexpected error; the operator has a message about it");
    }

    /** An error in the form of the protocol. */
    CatalogResponse error(int status, String type, String message) {
        return new CatalogResponse(
                status,
                text(ErrorResponse.builder()
                        .responseCode(status)
                        .withType(type)
                        .withMessage(message)
                        .build()));
    }

    private CatalogResponse json(Object value) {
        return new CatalogResponse(OK, text(value));
    }

    private String text(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
