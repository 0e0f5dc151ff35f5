package uk.fpw.nightly.run;

import uk.fpw.nightly.audit.AuditProcess;
import uk.fpw.nightly.site.Sites;
import uk.fpw.nightly.spark.SparkClient;

/**
 * The processes beside this one that a run computes and audits its candidate in, and makes the pages of its release.
 */
record RunProcesses(SparkClient spark, AuditProcess audit, Sites sites) {}
