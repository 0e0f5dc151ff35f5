package uk.fpw.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.WrittenFile;

/**
 * What a reader needs to query a release without the catalog: the file {@link ReleaseFolder#releaseFile()}. It is
 * written before the release becomes current, and rewritten only when tables of the release expire.
 *
 * @param feeds how far each feed was known; empty in files of versions that did not record it
 * @param accepted the acceptances as sentences, for earlier versions, which read only these
 * @param acceptances accepted limits of the release; parsed from the sentences if the file has only those
 * @param definitions the force's definitions as rows, by table name; empty in files of versions that did not record
 *     them
 * @param definitionDigest digest of the definitions used for the recount, see
 *     {@link uk.fpw.model.FigureDefinition#digest}; null in files of versions that did not record it
 * @param tables every table of the release, in order of computation
 */
@JsonPropertyOrder("format")
public record ReleaseFile(
        @JsonUnwrapped Made made,
        @JsonUnwrapped Owner owner,
        @JsonUnwrapped Versions versions,
        List<ReleasedFeed> feeds,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> accepted,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ReleasedAcceptance> acceptances,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) ObjectNode definitions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String definitionDigest,
        List<Table> tables) {

    /** Format version of the file; a reader rejects a higher one. */
    public static final int FORMAT = 1;

    /** How long the {@code core} tables of every release are kept. */
    public static final int CORE_DAYS = 3;

    /** Retention of {@code core} tables, as part of a message. */
    public static final String CORE_IS_KEPT =
            "core tables are kept for " + CORE_DAYS + " days, and with the latest three and the pinned releases";

    /** Files of earlier versions lack feeds, acceptances and definitions. */
    public ReleaseFile {
        feeds = List.copyOf(requireNonNullElseGet(feeds, List::<ReleasedFeed>of));
        accepted = List.copyOf(requireNonNullElseGet(accepted, List::<String>of));
        acceptances = acceptances == null
                ? accepted.stream().map(ReleasedAcceptance::ofSentence).toList()
                : List.copyOf(acceptances);
        definitions = requireNonNullElseGet(definitions, JsonMappers.snakeCase()::createObjectNode);
        tables = List.copyOf(requireNonNull(tables, "tables: missing"));
    }

    /** A release without acceptances and without a recount. */
    public ReleaseFile(Made made, Owner owner, Versions versions, List<ReleasedFeed> feeds, List<Table> tables) {
        this(
                made,
                owner,
                versions,
                feeds,
                List.of(),
                List.of(),
                JsonMappers.snakeCase().createObjectNode(),
                null,
                tables);
    }

    /** The release with accepted limits. */
    public ReleaseFile withAcceptances(List<ReleasedAcceptance> accepting) {
        return new ReleaseFile(
                made,
                owner,
                versions,
                feeds,
                accepting.stream().map(ReleasedAcceptance::describe).toList(),
                accepting,
                definitions,
                definitionDigest,
                tables);
    }

    /**
     * The release with the definitions behind its figures.
     *
     * @param digest digest of the definitions used for the recount; null if not recorded
     */
    public ReleaseFile withDefinitions(ObjectNode defined, @Nullable String digest) {
        return new ReleaseFile(made, owner, versions, feeds, accepted, acceptances, defined, digest, tables);
    }

    /** Which release it is, its business date, and when it was released. */
    public record Made(ReleaseId releaseId, LocalDate businessDate, Instant releasedAt) {
        public Made {
            requireNonNull(releaseId, "release_id: missing");
            requireNonNull(businessDate, "business_date: missing");
            requireNonNull(releasedAt, "released_at: missing");
        }
    }

    /**
     * Whose release it is.
     *
     * @param code short name of the force
     * @param name display name of the force
     * @param zone time zone that defines the force's calendar days
     */
    public record Owner(
            @JsonProperty("force") String code,
            @JsonProperty("force_name") String name,
            ZoneId zone) {
        public Owner {
            requireNonNull(code, "force: missing");
            requireNonNull(name, "force_name: missing");
            requireNonNull(zone, "zone: missing");
        }
    }

    /**
     * The versions of software and definitions behind a release, and the digest of the result.
     *
     * @param forceDigest digest of the force folder
     * @param keyFingerprint fingerprint of the pseudonym key; null if the force needs none
     * @param digest digest of all tables of the release
     */
    public record Versions(
            String softwareVersion,
            String forceDigest,
            @Nullable String keyFingerprint,
            String digest) {
        public Versions {
            requireNonNull(softwareVersion, "software_version: missing");
            requireNonNull(forceDigest, "force_digest: missing");
            requireNonNull(digest, "digest: missing");
        }
    }

    /**
     * One table.
     *
     * @param name qualified name, such as {@code mart.queue_daily}
     * @param files its Parquet files, relative to the warehouse folder; none for a table without rows
     * @param fileDigests size and checksum of each file as written; empty in release files of versions that did not
     *     record them
     * @param expired whether its rows have been deleted. The files stay listed, because earlier versions do not know
     *     this flag and would read the table as empty
     */
    public record Table(
            String name,
            String description,
            long rowCount,
            String digest,
            List<Column> columns,
            List<String> files,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FileDigest> fileDigests,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean expired) {

        /** A table without file digests. */
        public Table(
                String name,
                String description,
                long rowCount,
                String digest,
                List<Column> columns,
                List<String> files) {
            this(name, description, rowCount, digest, columns, files, List.of(), false);
        }

        @JsonCreator
        public Table {
            requireNonNull(name, "tables: a name is missing");
            description = requireNonNullElse(description, "");
            requireNonNull(digest, () -> "digest of " + name + ": missing");
            columns = List.copyOf(requireNonNull(columns, () -> "columns of " + name + ": missing"));
            files = List.copyOf(requireNonNull(files, () -> "files of " + name + ": missing"));
            fileDigests = List.copyOf(requireNonNullElseGet(fileDigests, List::<FileDigest>of));
        }

        /** The same rows in other files with another digest. */
        public Table with(String otherDigest, List<String> otherFiles, List<FileDigest> otherFileDigests) {
            return new Table(name, description, rowCount, otherDigest, columns, otherFiles, otherFileDigests, expired);
        }

        /** The table with that many rows. */
        public Table withRowCount(long otherRowCount) {
            return new Table(name, description, otherRowCount, digest, columns, files, fileDigests, expired);
        }

        /** The table marked as expired. */
        Table withoutRows() {
            return new Table(name, description, rowCount, digest, columns, files, fileDigests, true);
        }

        /** The files with their digests; empty if the table has expired. */
        public List<WrittenFile> writtenIn(Path warehouse) {
            return IntStream.range(0, expired ? 0 : files.size())
                    .mapToObj(i -> {
                        Path path = warehouse.resolve(files.get(i)).normalize();
                        return i < fileDigests.size()
                                ? new WrittenFile(
                                        path,
                                        fileDigests.get(i).bytes(),
                                        fileDigests.get(i).crc32())
                                : new WrittenFile(path);
                    })
                    .toList();
        }
    }

    /**
     * One column.
     *
     * @param type as in the model: {@code text, bigint, int, double, boolean, date, timestamp, map}
     * @param description including the unit and how values may be aggregated
     */
    public record Column(String name, String type, String description) {
        public Column {
            requireNonNull(name, "columns: a name is missing");
            requireNonNull(type, () -> "type of " + name + ": missing");
            description = requireNonNullElse(description, "");
        }
    }

    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    int format() {
        return FORMAT;
    }

    /** See {@link JsonChecksum}. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    String checksum() {
        return JsonChecksum.NONE;
    }

    /** Id of the release. */
    public ReleaseId releaseId() {
        return made.releaseId();
    }

    /** The last day whose events are counted. */
    public LocalDate businessDate() {
        return made.businessDate();
    }

    /**
     * The release with the rows of some tables (qualified names) expired; this object if they all have expired already.
     */
    public ReleaseFile withExpired(Predicate<String> names) {
        if (tables.stream().noneMatch(table -> !table.expired() && names.test(table.name()))) {
            return this;
        }
        return with(
                versions,
                tables.stream()
                        .map(table -> names.test(table.name()) ? table.withoutRows() : table)
                        .toList());
    }

    /** The release with other versions and tables. */
    public ReleaseFile with(Versions otherVersions, List<Table> otherTables) {
        return new ReleaseFile(made, owner, otherVersions, feeds, otherTables)
                .withAcceptances(acceptances)
                .withDefinitions(definitions, definitionDigest);
    }

    /** The file as JSON. */
    public byte[] toJson() {
        return JsonChecksum.write(this);
    }

    /**
     * Reads the file.
     *
     * @throws OtherFormatException if it has a format that this version does not read
     * @throws DamagedFileException if it is missing or does not match its checksum
     * @throws IOException if it cannot be read or is not a release file; the message says why
     */
    public static ReleaseFile read(Path file) throws IOException {
        try {
            byte[] content = Files.readAllBytes(file);
            JsonNode root = JsonMappers.snakeCase().readTree(content);
            boolean isOfThisFormat = root.path("format").asInt() == FORMAT;
            // Files of older versions have no checksum, and those of another format need not have this one.
            JsonChecksum.require(
                    file, content, !isOfThisFormat || !new String(content, UTF_8).contains("\"file_digests\""));
            if (!isOfThisFormat) {
                throw new OtherFormatException(root.path("format").toString(), FORMAT);
            }
            addDueDates(root);
            requireRowCounts(root);
            return JsonMappers.snakeCase().treeToValue(root, ReleaseFile.class);
        } catch (NoSuchFileException missing) {
            throw new DamagedFileException(file, "it is missing");
        } catch (JsonProcessingException wrong) {
            throw new DamagedFileException(file, JsonMappers.reason(wrong));
        }
    }

    /** In files of earlier versions, every feed was due up to the business date. */
    private static void addDueDates(JsonNode root) {
        for (JsonNode feed : root.path("feeds")) {
            if (!feed.hasNonNull("due_to") && feed instanceof ObjectNode fields) {
                fields.set("due_to", root.path("business_date"));
            }
        }
    }

    /** Without a row count a table would be read as empty. */
    private static void requireRowCounts(JsonNode root) throws IOException {
        for (JsonNode table : root.path("tables")) {
            JsonNode rowCount = table.path("row_count");
            if (table.hasNonNull("name") && !rowCount.isIntegralNumber()) {
                throw new IOException("row_count of " + table.path("name").asText() + ": "
                        + (rowCount.isMissingNode() || rowCount.isNull() ? "missing" : "not a whole number"));
            }
        }
    }
}
