package uk.fpw.nightly.cli.option;

import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.measure.LimitUses;
import uk.fpw.nightly.run.LeftOutRows;
import uk.fpw.nightly.run.Rejections;
import uk.fpw.nightly.run.change.QuotedSentences;
import uk.fpw.nightly.site.ForceDictionary;
import uk.fpw.nightly.site.Sites;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.installation.Installation;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.release.ReleaseFiles;

/** Makes pages for commands other than a run. */
public final class PageMaking {

    private PageMaking() {}

    /**
     * The pages of a warehouse.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code CONFIGURATION} if the installation's file has errors
     */
    public static Sites of(
            CliContext context,
            ForceOption force,
            Force.Identity read,
            DataSource dataSource,
            WarehouseCatalog catalog) {
        return new Sites(
                read,
                Installation.of(context.environment()),
                dataSource,
                context.processes(),
                context.clock(),
                new Sites.Sources(
                        release -> {
                            ReleaseFiles.renewCopies(catalog.storage(), catalog.warehouse(), release.releaseId());
                            return QuotedSentences.of(dataSource, catalog, facts(readable(context, force)), release);
                        },
                        release -> ForceDictionary.of(readable(context, force), release),
                        () -> LeftOutRows.of(new Rejections(dataSource, catalog, readable(context, force))),
                        () -> LimitUses.current(dataSource, readable(context, force))));
    }

    private static List<Fact> facts(@Nullable Force force) {
        return force == null ? List.of() : force.facts();
    }

    /** The force as currently defined; null if the folder has an error, which must not prevent the pages. */
    private static @Nullable Force readable(CliContext context, ForceOption force) {
        try {
            return ForceFolder.read(force.find(context));
        } catch (ForceFolderException invalid) {
            return null;
        }
    }
}
