package uk.fpw.report.page;

import uk.fpw.layout.site.KeptPages;

/** Entries of the navigation, in its order. */
public enum Section {
    TODAY("Today", "index.html"),
    QUEUES("Queues", "queues/index.html"),
    GRADES("Grades", "grades/index.html"),
    THEN_AND_NOW("Then and now", "then-and-now/index.html"),
    CHANGES("What changed", "changes/index.html"),
    QUALITY("Data quality", "quality/index.html"),
    RUNS("Runs", "runs/index.html"),
    DICTIONARY("Dictionary", "dictionary/index.html"),
    KEPT("Kept releases", KeptPages.FOLDER + "/index.html");

    private final String title;
    private final String path;

    Section(String title, String path) {
        this.title = title;
        this.path = path;
    }

    /** Text of the entry. */
    public String title() {
        return title;
    }

    /** Its page, from the folder of the site. */
    public String path() {
        return path;
    }
}
