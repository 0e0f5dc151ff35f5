package uk.fpw.layout;

import java.nio.file.Path;
import java.util.List;

/** The folder of one run: its logs, and the files by which the processes of the run speak with one another. */
public record RunFolder(Path path) {

    /** The folder in which a file of a run lies, such as the result file. */
    public static RunFolder of(Path file) {
        Path folder = file.getParent();
        return new RunFolder(folder == null ? Path.of("") : folder);
    }

    /** The log of the run. */
    public Path log() {
        return path.resolve("fpw.log");
    }

    /** The log of the Spark process. */
    public Path sparkLog() {
        return path.resolve("spark.log");
    }

    /** What the Spark process is asked to do; it holds the database password while the process works. */
    public Path runFile() {
        return path.resolve("run.json");
    }

    /** What the Spark process is asked to do ahead of its work. */
    public Path prepareFile() {
        return path.resolve("prepare.json");
    }

    /** The candidate that the run has computed. */
    public Path resultFile() {
        return path.resolve("result.json");
    }

    /** What the examples of the force folder came to. */
    public Path examplesFile() {
        return path.resolve("examples.json");
    }

    /** Folders that Spark leaves empty when it ends, and full when it dies. */
    public List<Path> sparkScratch() {
        return List.of(sparkLocal(), sparkWarehouse());
    }

    /** Rows of Spark on their way. */
    public Path sparkLocal() {
        return path.resolve("spark-local");
    }

    /** Tables of Spark's own catalog, of which there are none. */
    public Path sparkWarehouse() {
        return path.resolve("spark-warehouse");
    }

    /** The log of the audit process. */
    public Path auditLog() {
        return path.resolve("audit.log");
    }

    /** What does not fit into the memory of the audit process, and DuckDB's library. */
    public Path auditScratch() {
        return path.resolve("audit-scratch");
    }

    /** Rows in the files of a feed that are not current, which the audit process passes over. */
    public Path supersededFile(String feed) {
        return path.resolve("superseded-" + feed + ".tsv");
    }

    /** Input of the audit process. */
    public Path auditRunFile(String task) {
        return path.resolve(task + "-run.json");
    }

    /** The changed figures of the past, which the audit process has found. */
    public Path figureChangeFile() {
        return path.resolve("figure_change.parquet");
    }

    /** How complete months were some days after their end, which the audit process has found. */
    public Path settlingFile() {
        return path.resolve("settling.parquet");
    }

    /** What is expected of the latest months, which the audit process has found. */
    public Path settlingMonthFile() {
        return path.resolve("settling_month.parquet");
    }

    /** What the audit process has found. */
    public Path auditResultFile(String task) {
        return path.resolve(task + ".json");
    }
}
