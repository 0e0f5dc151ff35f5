package uk.fpw.report.page;

/** Where the page of a queue is. */
public final class QueuePaths {

    private QueuePaths() {}

    /** Its path; the name of a queue is one of {@code [a-z][a-z0-9_]*}. */
    public static String of(String queue) {
        return "queues/" + queue + ".html";
    }
}
