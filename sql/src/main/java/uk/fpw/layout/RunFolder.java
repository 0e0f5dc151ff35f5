package uk.fpw.layout;

import java.nio.file.Path;
import java.util.List;

/** The folder of one run: its logs, and the files exchanged between the processes of the run. */
public record RunFolder(Path path) {

    /** The run folder that contains a file, such as the result file. */
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

    /** Request to the Spark process; contains the database password while that process works. */
    public Path runFile() {
        return path.resolve("run.json");
    }

    /** Request to the Spark process to prepare itself before the real work. */
    public Path prepareFile() {
        return path.resolve("prepare.json");
    }

    /** Description of the computed candidate. */
    public Path resultFile() {
        return path.resolve("result.json");
    }

    /** Results of the examples in the force folder. */
    public Path examplesFile() {
        return path.resolve("examples.json");
    }

    /** Folders that Spark leaves empty when it exits normally, and full when it is killed. */
    public List<Path> sparkScratch() {
        return List.of(sparkLocal(), sparkWarehouse());
    }

    /** Spark's shuffle and spill files. */
    public Path sparkLocal() {
        return path.resolve("spark-local");
    }

    /** The warehouse folder of Spark's built-in catalog, which is not used. */
    public Path sparkWarehouse() {
        return path.resolve("spark-warehouse");
    }

    /** The log of the audit process. */
    public Path auditLog() {
        return path.resolve("audit.log");
    }

    /** DuckDB's native library, and what the audit process spills to disk. */
    public Path auditScratch() {
        return path.resolve("audit-scratch");
    }

    /** Rows in the files of a feed that are no longer current; the audit process skips them. */
    public Path supersededFile(String feed) {
        return path.resolve("superseded-" + feed + ".tsv");
    }

    /** Request to the audit process. */
    public Path auditRunFile(String task) {
        return path.resolve(task + "-run.json");
    }

    /** Past figures that changed, written by the audit process. */
    public Path figureChangeFile() {
        return path.resolve("figure_change.parquet");
    }

    /** How complete months were some days after their end, written by the audit process. */
    public Path settlingFile() {
        return path.resolve("settling.parquet");
    }

    /** Expected final counts of the latest months, written by the audit process. */
    public Path settlingMonthFile() {
        return path.resolve("settling_month.parquet");
    }

    /** Result of the audit process. */
    public Path auditResultFile(String task) {
        return path.resolve(task + ".json");
    }
}
