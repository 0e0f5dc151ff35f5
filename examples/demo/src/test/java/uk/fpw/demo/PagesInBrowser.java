package uk.fpw.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The pages of the last release of {@link DemoIT}, within which they are opened in a real browser: Debian's Chromium,
 * or the one at the path {@code FPW_CHROMIUM}.
 */
@SuppressWarnings("NullAway.Init") // without a browser nothing is started, and nothing asked
class PagesInBrowser {

    private static final Path CHROMIUM =
            Path.of(Objects.requireNonNullElse(System.getenv("FPW_CHROMIUM"), "/usr/bin/chromium"));

    /** A desktop, a small one, and a telephone, in pixels. */
    private static final List<Integer> WIDTHS = List.of(1200, 1000, 390);

    /** The width of an A4 sheet between margins of a centimetre, in pixels. */
    private static final int SHEET = 718;

    private static Playwright playwright;
    private static Browser browser;
    private static Path site;

    private final List<String> said = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeEach
    void open() {
        // here and not in a method before all tests, for which surefire would report no skipped test
        if (browser == null) {
            Assumptions.abort("no browser in " + CHROMIUM + ": install chromium, or set FPW_CHROMIUM to its path");
        }
        context = browser.newContext();
        page = context.newPage();
        page.onConsoleMessage(message -> said.add(message.text()));
        page.onPageError(said::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(site.toUri().toString())) {
                said.add("requested " + request.url());
            }
        });
    }

    @BeforeAll
    static void start() throws IOException {
        if (!Files.isExecutable(CHROMIUM)) {
            return;
        }
        site = DemoRun.run().force().resolve("../../var/fenmarch/site").toRealPath();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM));
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @AfterEach
    void noMessageInTheConsole() {
        if (context != null) {
            context.close();
        }
        assertThat(said).isEmpty();
    }

    @Test
    void everyLinkLeadsSomewhereAndNoPageIsWiderThanItsWindow() throws IOException {
        Map<Path, Set<String>> anchors = new TreeMap<>();
        Map<Path, List<?>> links = new TreeMap<>();
        List<String> tooWide = new ArrayList<>();
        for (Path file : files()) {
            open(file);
            List<?> ids = (List<?>) page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)");
            assertThat(ids).as(file.toString()).doesNotHaveDuplicates();
            anchors.put(file, new HashSet<>(ids.stream().map(String::valueOf).toList()));
            links.put(file, (List<?>) page.evaluate("[...document.querySelectorAll('a[href]')]"
                    + ".map(each => new URL(each.getAttribute('href'), document.baseURI).href)"));
            for (int width : WIDTHS) {
                page.setViewportSize(width, 800);
                if (!fits()) {
                    tooWide.add(file + " at " + width);
                }
            }
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            page.setViewportSize(SHEET, 1000);
            if (!fits()) {
                tooWide.add(file + " on paper");
            }
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        }
        assertThat(tooWide).isEmpty();
        List<String> dead = new ArrayList<>();
        links.forEach((from, all) -> all.stream()
                .map(String::valueOf)
                .filter(link -> !leadsTo(URI.create(link), anchors))
                .forEach(link -> dead.add(from + ": " + link)));
        assertThat(dead).isEmpty();
        assertThat(links.values()).noneMatch(List::isEmpty);
    }

    @Test
    void noPageHasASeriousFault() throws IOException {
        Map<String, List<String>> faults = new TreeMap<>();
        // the rules read the style sheet again, which the pages allow no script to do
        try (BrowserContext trusting = browser.newContext(new Browser.NewContextOptions().setBypassCSP(true))) {
            Page judged = trusting.newPage();
            for (Path file : files()) {
                // all pages of tables come from one template
                if (!file.getFileName().toString().matches("(bi|core|mart|ops)-.*")
                        || file.endsWith("mart-queue_daily.html")) {
                    judged.navigate(file.toUri().toString());
                    List<String> found = faults(judged);
                    if (!found.isEmpty()) {
                        faults.put(site.relativize(file).toString(), found);
                    }
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void dictionaryShowsWhatContainsTheWordsTyped() {
        open(site.resolve("dictionary/index.html"));
        Locator results = page.locator("#results > li");
        assertThat(results.count()).isZero();

        page.locator("input[data-search]").fill("OLDEST_wait_days");
        assertThat(results.first().textContent()).startsWith("oldest_wait_days column;");
        page.locator("input[data-search]").fill("overdue");
        assertThat(results.locator("> a").allTextContents())
                .as("another word for the same")
                .contains("past_standard_count");
        results.locator("> a").first().click();
        assertThat(page.url()).contains("/dictionary/");
        open(site.resolve("dictionary/index.html"));
        page.locator("input[data-search]").fill("nosuchword");
        assertThat(results.count()).isZero();
        assertThat(page.locator("#results-count").textContent()).startsWith("Nothing is found.");
    }

    @Test
    void picturesShowTheRowAtThePointerAndByKeys() {
        open(site.resolve("queues/awaiting_examination.html"));
        Locator figure = page.locator("figure:has(svg.wide[data-x])").first();
        Locator picture = figure.locator("svg.wide");
        picture.hover();
        String hovered = figure.locator(".hover").first().textContent();
        assertThat(hovered).startsWith("Day: ");
        page.mouse().move(0, 0);
        assertThat(figure.locator(".hover").first().textContent()).isEmpty();

        picture.focus();
        page.keyboard().press("Home");
        String first = figure.locator(".hover").first().textContent();
        page.keyboard().press("ArrowRight");
        assertThat(figure.locator(".hover").first().textContent())
                .startsWith("Day: ")
                .isNotEqualTo(first);
    }

    @Test
    void tableIsSavedAsItStandsThere() throws IOException {
        open(site.resolve("changes/index.html"));
        Download saved =
                page.waitForDownload(() -> page.locator("button.save").first().click());
        assertThat(saved.suggestedFilename()).startsWith("OFFICIAL-SENSITIVE ").endsWith(".csv");
        assertThat(Files.readString(saved.path()))
                .startsWith("\uFEFFCause,Which means,Figures,Added,Taken away\r\n")
                .hasLineCount(page.locator("main table").first().locator("tr").count());
    }

    @Test
    void sliceIsShownWhenItIsChosen() {
        open(site.resolve("queues/awaiting_examination.html"));
        Locator select = page.locator("select[data-choose]").first();
        Locator choices = page.locator("[data-group='" + select.getAttribute("data-choose") + "']");
        assertThat(choices.count()).isGreaterThan(1);
        assertThat(shown(choices)).isEqualTo(1);
        String other = choices.nth(1).getAttribute("data-choice");

        select.selectOption(other);

        assertThat(shown(choices)).isEqualTo(1);
        assertThat(choices.nth(1).isVisible()).isTrue();
    }

    @Test
    void paperHasTheMarkingAndNothingToClick() throws IOException {
        open(site.resolve("queues/awaiting_examination.html"));
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(shown(page.locator("nav, select, input"))).isZero();
        // at the head of each sheet it is in the margin, which no element has
        assertThat(page.locator("footer .marking").isVisible()).isTrue();
        assertThat(page.locator("text=Next expected by").first().isVisible()).isTrue();
        for (String name : List.of("index", "queues/awaiting_examination", "then-and-now/index", "quality/index")) {
            open(site.resolve(name + ".html"));
            byte[] pdf = page.pdf(new Page.PdfOptions().setFormat("A4"));
            assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
            Files.write(Path.of("target", name.replace('/', '-') + ".pdf"), pdf);
        }
    }

    @Test
    void withoutScriptEverythingIsThere() {
        try (BrowserContext plain = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page still = plain.newPage();
            still.navigate(
                    site.resolve("queues/awaiting_examination.html").toUri().toString());
            assertThat(shown(still.locator("[data-script], select"))).isZero();
            assertThat(shown(still.locator("[data-choice]")))
                    .isEqualTo(still.locator("[data-choice]").count());
            still.navigate(site.resolve("dictionary/index.html").toUri().toString());
            assertThat(shown(still.locator("[data-script], input"))).isZero();
            assertThat(shown(still.locator("ul.entries > li"))).isGreaterThan(100);
            still.navigate(site.resolve("dictionary/columns-o.html").toUri().toString());
            assertThat(shown(still.locator("ul.entries > li"))).isGreaterThan(20);
        }
    }

    private static List<String> faults(Page judged) {
        AxeRunOptions options = new AxeRunOptions();
        // other results are not needed in full: the text of every element without a fault takes half of the time
        options.setResultTypes(List.of("violations"));
        // no page contains another one, for which the rules would open a further page each time
        assertThat(judged.frames()).hasSize(1);
        return new AxeBuilder(judged)
                .options(options).setLegacyMode(true).analyze().getViolations().stream()
                        .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                        .map(rule -> rule.getId() + " " + rule.getNodes().get(0).getHtml())
                        .toList();
    }

    private void open(Path file) {
        page.navigate(file.toUri().toString());
    }

    private boolean fits() {
        return (boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth");
    }

    private static long shown(Locator elements) {
        return ((Number) elements.evaluateAll("all => all.filter(each => each.checkVisibility()).length")).longValue();
    }

    private static boolean leadsTo(URI link, Map<Path, Set<String>> anchors) {
        Set<String> there = "file".equals(link.getScheme()) ? anchors.get(Path.of(link.getPath())) : null;
        return there != null && (link.getFragment() == null || there.contains(link.getFragment()));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(site)) {
            return all.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }
}
