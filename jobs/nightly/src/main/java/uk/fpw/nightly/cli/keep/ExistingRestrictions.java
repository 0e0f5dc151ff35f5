package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookLog;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.evidence.EvidenceFolder;
import uk.fpw.warehouse.store.evidence.EvidenceKey;
import uk.fpw.warehouse.store.ledger.Restrictions;
import uk.fpw.warehouse.store.ledger.Restrictions.Restriction;
import uk.fpw.warehouse.store.ledger.feed.RetentionLedger;
import uk.fpw.warehouse.store.rewrite.Restricting;

/** What {@code fpw restrict} does with restrictions that there are. Names no value. */
final class ExistingRestrictions {

    private final CliContext context;
    private final Path warehouse;
    private final ZoneId zone;
    private final HikariDataSource dataSource;
    private final Restrictions restrictions;

    ExistingRestrictions(CliContext context, Force force, HikariDataSource dataSource) {
        this.context = context;
        this.warehouse = force.storage().warehouse();
        this.zone = force.zone();
        this.dataSource = dataSource;
        this.restrictions = new Restrictions(dataSource);
    }

    /** Prints all restrictions, the first one first. */
    void print() {
        List<Restriction> all = restrictions.list();
        if (all.isEmpty()) {
            line("no restriction is recorded");
        }
        LocalDate today = LocalDate.now(context.clock().withZone(zone));
        for (Restriction one : all) {
            line(one.id() + "  " + day(one.cause().startedAt()) + "  "
                    + one.cause().kind()
                    + (one.cause().feed() == null
                            ? ""
                            : " of feed " + one.cause().feed()) + ", by "
                    + DisplayText.text(one.cause().by()) + ", "
                    + Plural.grouped(one.sealed().versionCount(), "version") + ": " + state(one, today));
            line("    " + DisplayText.whole(one.cause().ground()) + "; "
                    + DisplayText.whole(one.cause().reason()));
        }
    }

    private String state(Restriction one, LocalDate today) {
        Restrictions.End lifted = one.lifted();
        Restrictions.End erased = one.erased();
        String file = erased == null
                ? ""
                : "sealed file deleted on " + day(erased.at()) + " by " + DisplayText.text(erased.by()) + " ("
                        + DisplayText.whole(erased.reason()) + ")";
        if (lifted != null) {
            return "lifted on " + day(lifted.at()) + " by " + DisplayText.text(lifted.by()) + " ("
                    + DisplayText.whole(lifted.reason()) + "); " + (erased == null ? "sealed file kept" : file);
        }
        return erased != null
                ? "erased: " + file
                : "stands, to be reviewed on " + one.reviewOn()
                        + (one.reviewOn().isAfter(today) ? "" : " (due)");
    }

    /** Writes what a sealed file contains to a new file, after the read is on record. */
    void open(String id, Path output, String reason, RemovalSteps steps) {
        Restriction restriction = restrictions.find(id);
        EvidenceKey key = EvidenceKey.decrypt(encryptedKey(restriction), steps.key(KeyFormat.BASE32, dataSource));
        WarehouseFolder folder = new WarehouseFolder(warehouse);
        LookLog log = new LookLog(folder, "fpw restrict", ProcessOwner.nameWithLogin(), context.clock());
        try {
            if (Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(output.toString());
            }
            log.read(null, List.of("restriction " + restriction.id()), reason);
        } catch (FileAlreadyExistsException exists) {
            throw FpwException.configuration(
                    context.shown(output) + " already exists; give another --output. Nothing was opened", exists);
        } catch (IOException failed) {
            throw FpwException.unavailable(
                    "the read cannot be recorded in " + folder.looks() + ", so nothing is opened: " + failed, failed);
        }
        try (log) {
            write(restriction.id(), key, output);
            log.shown(restriction.sealed().versionCount());
        } catch (IOException failed) {
            throw FpwException.unavailable(
                    context.shown(output) + " cannot be written: " + failed.getMessage()
                            + "; check its folder and disk",
                    failed);
        }
        line("Wrote " + Plural.grouped(restriction.sealed().versionCount(), "version") + " of rows to "
                + context.shown(output) + ", as JSON lines. The read is on record. Left to you: the file; delete it "
                + "when it is no longer needed.");
    }

    /** Whole, or not at all: a sealed file that was cut off is noticed at its end only. */
    private void write(String id, EvidenceKey key, Path output) throws IOException {
        Path temporary = output.resolveSibling("." + output.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, EvidenceFolder.ownerOnly(temporary));
        try {
            try (InputStream in = new EvidenceFolder(warehouse).open(id, key);
                    OutputStream out = Files.newOutputStream(temporary, StandardOpenOption.WRITE)) {
                in.transferTo(out);
            }
            Files.move(temporary, output);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Lifts a restriction. */
    void lift(String id, String reason) {
        Restriction restriction = restrictions.find(id);
        if (restriction.lifted() == null && restriction.erased() != null) {
            throw FpwException.configuration("the sealed file of restriction " + restriction.id()
                    + " was deleted: its rows are erased, and there is nothing to lift. Nothing was changed");
        }
        ending().lift(restriction, end(reason));
        line("Restriction " + restriction.id() + " is lifted. The next load takes the rows that their source still "
                + "sends, as new ones; earlier versions stay in the sealed file only (fpw restrict --open), until fpw "
                + "restrict --erase deletes it.");
        new RetentionLedger(dataSource)
                .retainedFrom()
                .forEach((feed, day) -> line("Rows of feed " + feed + " that were closed before " + day
                        + " are not taken, since their time is over (fpw retain): they stay in the sealed file only."));
    }

    /** Deletes the sealed file of a restriction. */
    void erase(String id, String reason, @Nullable LocalDate until) {
        Restriction restriction = restrictions.find(id);
        boolean isKeptOut = restriction.lifted() == null && restriction.erased() == null;
        if (isKeptOut && until == null) {
            throw FpwException.configuration("restriction " + restriction.id() + " stands; give --until, the last date "
                    + "on which a source may still send the rows. Nothing was changed");
        }
        if (until != null
                && (!isKeptOut || until.isBefore(LocalDate.now(context.clock().withZone(zone))))) {
            throw FpwException.configuration(
                    isKeptOut
                            ? "--until " + until + " is in the past; give the last date on which a source may still "
                                    + "send the rows. Nothing was changed"
                            : "restriction " + restriction.id() + " no longer stands, so that no row is kept out by "
                                    + "it; leave out --until. Nothing was changed");
        }
        ending().erase(restriction, end(reason), until);
        line("The sealed file of restriction " + restriction.id() + " is deleted."
                + (until == null ? "" : " Its rows are erased, and kept out until " + until + ".")
                + " Left to you: earlier backups, which contain it; and files written by fpw restrict --open.");
    }

    private Restricting ending() {
        return new Restricting(dataSource, warehouse, ErasureList.fromEnvironment(context.environment()));
    }

    private Restrictions.End end(String reason) {
        return new Restrictions.End(context.clock().instant(), ProcessOwner.nameWithLogin(), reason);
    }

    private static String encryptedKey(Restriction restriction) {
        String encrypted = restriction.sealed().encryptedKey();
        if (encrypted == null) {
            throw FpwException.configuration(
                    "the sealed file of restriction " + restriction.id() + " was deleted; nothing can be opened");
        }
        return encrypted;
    }

    private String day(Instant at) {
        return LocalDate.ofInstant(at, zone).toString();
    }

    private void line(String words) {
        context.out().println(words);
    }
}
