package uk.fpw.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.model.Model;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.ledger.ResultLedger.AccountedLoad;
import uk.fpw.warehouse.run.AuditResult;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;
import uk.fpw.warehouse.run.MetricsResult;

/** Decides whether a candidate may become a release. */
final class ReleaseGate {

    private final Force force;
    private final List<Model> models;

    ReleaseGate(Force force, List<Model> models) {
        this.force = force;
        this.models = models;
    }

    /**
     * Returns if the candidate may be released.
     *
     * @param loads the latest complete load of each feed for the candidate's business date
     * @param standing the release that readers see; null before the first
     * @param departures how the candidate departs from that release
     * @throws FpwException with {@code AUDIT_FAILED} listing everything that stands against it
     */
    void pass(
            ReleaseCandidate candidate,
            List<AccountedLoad> loads,
            @Nullable Release standing,
            List<ReleaseLimits.Verdict> departures) {
        requireComplete(candidate);
        List<Finding> findings = new ArrayList<>();
        findings.addAll(failedTests(candidate.result()));
        findings.addAll(loadsThatAreMissing(candidate, loads));
        findings.addAll(loadsThatDoNotAddUp(loads));
        findings.addAll(accountsThatDoNotAddUp(candidate));
        if (standing != null) {
            requireSameKey(candidate, standing);
            findings.addAll(stepsBack(candidate, standing));
        }
        departures.stream()
                .filter(ReleaseLimits.Verdict::stops)
                .map(verdict -> new Finding(
                        verdict.queue(),
                        verdict.code(),
                        null,
                        verdict.message() + ". If it is right, let it pass once: fpw accept " + verdict.queue() + ":"
                                + verdict.limit() + " --date " + candidate.businessDate()
                                + " --reason \"...\", and run the night again"))
                .forEach(findings::add);
        if (!findings.isEmpty()) {
            throw new FpwException(
                    ExitCode.AUDIT_FAILED,
                    "the audit failed, so nothing was published; "
                            + (standing == null
                                    ? "there is no earlier release"
                                    : "release " + standing.releaseId() + " still stands")
                            + remedy(findings)
                            + findings.stream().map(Finding::line).collect(Collectors.joining("\n")));
        }
    }

    private static String remedy(List<Finding> findings) {
        boolean isOfSoftware = findings.stream().anyMatch(finding -> AuditResult.isOfSoftware(finding.code()));
        return isOfSoftware
                ? ". What is counted twice is not the same, which nothing in the sources or the force folder can "
                        + "put right: keep the folder of this run and report it. Found:\n"
                : ". Mend what is listed here in the source or the force folder, then run the night again:\n";
    }

    /** What the Spark process left unfinished is no audit matter: the night should have ended before. */
    private void requireComplete(ReleaseCandidate candidate) {
        MetricsResult result = candidate.result();
        if (result.failure() != null || !result.mistakes().isEmpty()) {
            throw new FpwException(
                    ExitCode.INTERNAL,
                    "release " + candidate.releaseId() + ": the Spark process made no candidate: "
                            + (result.failure() != null
                                    ? result.failure()
                                    : result.mistakes().size() + " mistakes in the force folder"));
        }
        if (!result.isAudited()) {
            throw new FpwException(
                    ExitCode.CONFIGURATION,
                    "candidate " + candidate.releaseId()
                            + " was not audited: its run was cut off, or was one of an earlier version; compute it "
                            + "again: fpw metrics --date "
                            + candidate.businessDate());
        }
        Set<String> expected = models.stream().map(Model::table).collect(Collectors.toCollection(TreeSet::new));
        Set<String> given = result.tables().stream()
                .map(MetricsResult.TableVersion::table)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!expected.equals(given)) {
            throw new FpwException(
                    ExitCode.INTERNAL,
                    "release " + candidate.releaseId() + ": the candidate has the tables " + given + ", the models are "
                            + expected + "; application and Spark process are of different versions");
        }
    }

    private static List<Finding> failedTests(MetricsResult result) {
        return result.quality().stream()
                .filter(test -> test.severity().equals("stop") && test.failedCount() > 0)
                .map(test -> new Finding(test.table(), test.code(), test.failedCount(), test.message()))
                .toList();
    }

    /**
     * What the candidate was computed without; a feed that was never loaded is nothing that a release can do without.
     */
    private List<Finding> loadsThatAreMissing(ReleaseCandidate candidate, List<AccountedLoad> loads) {
        List<Finding> findings = new ArrayList<>();
        List<ReleasedFeed> feeds = candidate.feeds(force, Map.of());
        for (Feed feed : force.feeds()) {
            ReleasedFeed known = feeds.stream()
                    .filter(covered -> covered.name().equals(feed.name()))
                    .findFirst()
                    .orElse(null);
            boolean isLoadedSince = loads.stream()
                    .anyMatch(load -> load.feed().equals(feed.name())
                            && (known == null || load.sourceDate().isAfter(known.completeTo())));
            if (isLoadedSince) {
                findings.add(new Finding(
                        feed.name(),
                        "LOADED_AFTER_CANDIDATE",
                        null,
                        "it was loaded after the candidate was computed; compute it again: fpw metrics --date "
                                + candidate.businessDate()));
            } else if (known == null) {
                findings.add(missing(feed, "it was never loaded", candidate, ""));
            } else if (known.isLacking() && !feed.hasUndeclaredDelivery() && !candidate.mayLackFeeds()) {
                findings.add(missing(
                        feed,
                        "it was not loaded for " + known.dueTo() + " but last for " + known.completeTo(),
                        candidate,
                        ", or release without it: fpw release --incomplete"));
            }
        }
        if (findings.isEmpty() && feeds.stream().allMatch(ReleasedFeed::isLacking)) {
            findings.add(new Finding(
                    "release " + candidate.releaseId(),
                    "NOTHING_LOADED",
                    null,
                    "no feed at all was loaded for " + candidate.businessDate()));
        }
        return findings;
    }

    private static Finding missing(Feed feed, String problem, ReleaseCandidate candidate, String alternative) {
        return new Finding(
                feed.name(),
                "LOAD_MISSING",
                null,
                problem + "; load it: fpw ingest " + feed.name() + " --date " + candidate.businessDate() + alternative);
    }

    private static List<Finding> loadsThatDoNotAddUp(List<AccountedLoad> loads) {
        return loads.stream()
                .filter(load -> load.received() == null || !Objects.equals(load.received(), load.accounted()))
                .map(load -> new Finding(
                        load.feed(),
                        "LOAD_DOES_NOT_ADD_UP",
                        null,
                        "received " + orUnknown(load.received()) + ", but loaded + unchanged + repeated + refused = "
                                + orUnknown(load.accounted())))
                .toList();
    }

    private List<Finding> accountsThatDoNotAddUp(ReleaseCandidate candidate) {
        List<Finding> findings = new ArrayList<>();
        List<MetricsResult.FeedAccount> accounts = candidate.result().accounts();
        for (Feed feed : force.feeds()) {
            if (accounts.stream().noneMatch(account -> account.feed().equals(feed.name()))) {
                findings.add(new Finding(
                        feed.name(),
                        "ACCOUNT_MISSING",
                        null,
                        "where its current rows went was not counted, which is unknown, not zero"));
            }
        }
        long excluded = 0;
        for (MetricsResult.FeedAccount account : accounts) {
            long left = account.rowsExcluded();
            excluded += left;
            if (account.currentCount() != account.usedCount() + left) {
                findings.add(new Finding(
                        account.feed(),
                        "ACCOUNT_DOES_NOT_ADD_UP",
                        Math.abs(account.currentCount() - account.usedCount() - left),
                        "current " + account.currentCount() + ", but used " + account.usedCount() + " + excluded "
                                + left + " = " + (account.usedCount() + left)));
            }
        }
        long listed = candidate.table("core.exclusion").rowCount();
        if (listed != excluded) {
            findings.add(new Finding(
                    "core.exclusion",
                    "EXCLUSIONS_DO_NOT_ADD_UP",
                    Math.abs(listed - excluded),
                    "it lists " + listed + " rows, the accounts of the feeds count " + excluded));
        }
        return findings;
    }

    private static void requireSameKey(ReleaseCandidate candidate, Release standing) {
        String fingerprint = candidate.keyFingerprint();
        if (fingerprint != null
                && standing.keyFingerprint() != null
                && !fingerprint.equals(standing.keyFingerprint())) {
            throw new FpwException(
                    ExitCode.CONFIGURATION,
                    "the pseudonym key is another (fingerprint " + fingerprint + ") than that of release "
                            + standing.releaseId() + " (" + standing.keyFingerprint()
                            + "): every item would look new. Set FPW_PSEUDONYM_KEY to the key of that release");
        }
    }

    private static List<Finding> stepsBack(ReleaseCandidate candidate, Release standing) {
        List<Finding> findings = new ArrayList<>();
        if (candidate.businessDate().isBefore(standing.businessDate())) {
            findings.add(new Finding(
                    "release " + candidate.releaseId(),
                    "BUSINESS_DATE_GOES_BACK",
                    null,
                    "the business date " + candidate.businessDate() + " is earlier than that of release "
                            + standing.releaseId() + ", " + standing.businessDate()
                            + "; the business date never decreases"));
        }
        for (Release.Table table : candidate.tables()) {
            Release.Table before = standing.table(table.name());
            if (table.name().startsWith("mart.") && table.rowCount() == 0 && before != null && before.rowCount() > 0) {
                findings.add(new Finding(
                        table.name(),
                        "EMPTY",
                        null,
                        "it has no rows, but " + before.rowCount() + " in release " + standing.releaseId()
                                + "; the night looks truncated"));
            }
        }
        return findings;
    }

    private static String orUnknown(@Nullable Long count) {
        return count == null ? "unknown" : count.toString();
    }

    /** One thing that stands against a release; {@code rows} is null where it is no matter of rows. */
    private record Finding(
            String subject, String code, @Nullable Long rows, String message) {
        String line() {
            String count = rows == null ? "" : String.format(Locale.ROOT, " (%d %s)", rows, rows == 1 ? "row" : "rows");
            return "  " + subject + " " + code + count + ": " + message;
        }
    }
}
