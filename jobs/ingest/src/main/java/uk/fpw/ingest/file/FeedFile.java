package uk.fpw.ingest.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.force.feed.Origin;

/**
 * The file of a feed for a business date.
 *
 * @param path absolute path
 * @param isProfiled whether the file is being profiled before there is a feed, so that messages must not suggest
 *     correcting a definition
 */
public record FeedFile(Feed feed, Path path, boolean isProfiled) implements RowSource {

    /** A file of a defined feed. */
    public FeedFile(Feed feed, Path path) {
        this(feed, path, false);
    }

    /** The expected place of the feed's file for a date, whether it exists or not. */
    public static FeedFile of(Force force, Feed feed, LocalDate businessDate) {
        Origin.DroppedFile dropped = feed.droppedFile();
        Path folder = force.connection(feed.connection()).folder();
        if (dropped != null && folder != null) {
            return new FeedFile(feed, folder.resolve(dropped.on(businessDate)));
        }
        throw new IllegalArgumentException("feed " + feed.name() + " does not read files");
    }

    private FileConnector connector() {
        return FileConnectors.of(dropped().format());
    }

    /** The feed's declaration of its files. */
    public Origin.DroppedFile dropped() {
        return Objects.requireNonNull(feed.droppedFile());
    }

    /** File name without folder. */
    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public String place() {
        return path.toString();
    }

    @Override
    public String definition() {
        return isProfiled ? "the profile" : RowSource.super.definition();
    }

    /** End of a remedy, which suggests that a field of the definition may be wrong; empty if there is no definition. */
    String orCorrect(String field) {
        return isProfiled ? "" : ", or correct " + field + " in " + definition();
    }

    @Override
    public String what() {
        return "the file";
    }

    @Override
    public String numbering() {
        return connector().numbering();
    }

    /** On a day without changes the file has no rows. */
    @Override
    public boolean readsChangesOnly() {
        return feed.extract() == Feed.Extract.CHANGES;
    }

    @Override
    public @Nullable FeedFile ofDate(LocalDate date) {
        FeedFile other = new FeedFile(feed, path.resolveSibling(dropped().on(date)));
        return Files.isReadable(other.path()) && !other.path().equals(path) ? other : null;
    }

    @Override
    public @Nullable LocalDate date(Freshness freshness) {
        return switch (freshness.datedBy()) {
            case FILE_NAME -> dropped().dateOf(name());
            case MODIFICATION_TIME -> lastWrittenOn(freshness.zone());
            case CONTROL_FILE -> controlDate(freshness);
            case COLUMN, NOTHING -> null;
        };
    }

    private LocalDate controlDate(Freshness freshness) {
        FeedFile control = new FeedFile(feed, path.resolveSibling(String.valueOf(freshness.controlFile())));
        if (!Files.isRegularFile(control.path())) {
            throw FpwException.unavailable(
                    control.path() + ": the control file does not exist, so " + name() + " counts as not delivered ("
                            + definition() + ": freshness); check that the source has written it");
        }
        control.refuseLinkElsewhere();
        LocalDate date = ControlFile.date(control.path(), freshness.pattern());
        if (date == null) {
            throw control.badData(
                    0,
                    "there is no date in the control file as " + definition() + " expects it (freshness)",
                    "correct pattern there, or ask the source what it writes");
        }
        return date;
    }

    private LocalDate lastWrittenOn(ZoneId zone) {
        try {
            return LocalDate.ofInstant(Files.getLastModifiedTime(path).toInstant(), zone);
        } catch (IOException gone) {
            throw changed();
        }
    }

    /**
     * Opens the file and checks its header.
     *
     * @throws FpwException with {@code UNAVAILABLE} if it does not exist or cannot be read, {@code BAD_DATA} if its
     *     beginning does not match the feed
     */
    @Override
    public SourceRows open() {
        if (!Files.exists(path)) {
            throw missing();
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw FpwException.unavailable(path + ": is not a file that this user can read (" + definition()
                    + ": file: " + dropped().file() + "); correct its permissions");
        }
        refuseLinkElsewhere();
        return connector().open(this);
    }

    /** The failure for a file that does not exist. */
    FpwException missing() {
        Delivery delivery = feed.delivery();
        return FpwException.unavailable(
                path + ": the file does not exist" + (hasFolder() ? "" : ", and neither is its folder") + " ("
                        + definition()
                        + ": connection: " + feed.connection() + ", file: "
                        + dropped().file() + (delivery == null ? "" : ", " + delivery.describe())
                        + "); check that the source has delivered it, or correct "
                        + (hasFolder() ? "'file'" : "the connection's 'path' in connections.yml"));
    }

    /** The failure for a file that changed while it was read. */
    public FpwException changed() {
        return FpwException.unavailable(path
                + ": the file changed while it was being read; run again when "
                + "the source has finished writing it");
    }

    /** The failure for missing changes of a date that block those of later dates. */
    FpwException stillMissing(LocalDate date) {
        Delivery delivery = feed.delivery();
        return FpwException.unavailable(path + ": the changes of " + date
                + " are still missing, and must be loaded before those of later dates ("
                + definition() + ": extract: changes" + (delivery == null ? "" : ", " + delivery.describe())
                + "); request the file, or, if nothing changed on that day, provide "
                + "a file of that name with only the header");
    }

    /** Whether the drop folder exists. */
    boolean hasFolder() {
        Path folder = path.getParent();
        return folder != null && Files.isDirectory(folder);
    }

    /** Users with write access to the drop folder must not gain access to other files of this user, such as keys. */
    void refuseLinkElsewhere() {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder == null || !path.toRealPath().startsWith(folder.toRealPath())) {
                throw badData(
                        0,
                        "is a symbolic link to a file outside its folder",
                        "copy the file itself there, or use its folder as the path of the connection");
            }
        } catch (IOException failed) {
            throw FpwException.unavailable(path + ": cannot be read; check the storage and run again", failed);
        }
    }

    /** Invalid data at a line of this file; line 0 for the whole file. */
    FpwException badData(long line, String problem, String remedy) {
        return badData(line > 0 ? ":" + line : "", problem, remedy);
    }

    /**
     * Invalid data at a place, to be appended to the path, such as {@code :1} or {@code : row 1}; empty for the whole
     * file.
     */
    public FpwException badData(String place, String problem, String remedy) {
        return new FpwException(ExitCode.BAD_DATA, path + place + ": " + problem + "; " + remedy);
    }
}
