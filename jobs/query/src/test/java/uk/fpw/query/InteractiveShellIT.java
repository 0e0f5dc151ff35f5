package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.query.shell.InteractiveShell;
import uk.fpw.query.shell.Shell;
import uk.fpw.query.shell.ShellHistory;
import uk.fpw.query.shell.SqlCompleter;
import uk.fpw.query.shell.SqlParser;

/** {@code fpw shell} on a terminal whose keyboard and screen are streams of the test. */
class InteractiveShellIT extends BostonWarehouse {

    private static final String CTRL_C = "\u0003";
    private static final String CTRL_P = "\u0010";
    private static final String TAB = "\t";

    @Test
    void statementGoesOnUntilItsSemicolonAndAFailureEndsNothing() throws IOException {
        String screen = typed(null, 50, """
                select waiting_count
                from mart.queue_daily where waiting_count = 7;
                select nope;
                .run nosuch
                select 'a' as first; select 'b' as second;
                """);

        assertThat(screen)
                .contains(LINE + ". End statements with a semicolon; .help for more")
                .contains("fpw> select waiting_count")
                .contains("...> from mart.queue_daily")
                .containsSubsequence("waiting_count", "-------------", "            7", "1 row · " + LINE)
                .contains("the SQL cannot be run: Referenced column \"nope\"")
                .contains("there is no ready-made query 'nosuch'")
                .containsSubsequence("first", "a", "second", "b");
    }

    @Test
    void tabCompletesAndCtrlCDropsTheLine() throws IOException {
        String screen = typed(
                null,
                50,
                List.of(
                        new Keys("fpw> ", "select 'dropped' as text"),
                        new Keys("as text", CTRL_C),
                        new Keys(
                                "fpw> .*fpw> ",
                                "sel" + TAB + "waiting_c" + TAB + "from mart.queue_d" + TAB
                                        + "where share is null;\n.quit\nselect 'not reached';\n")));

        assertThat(screen)
                .contains("waiting_count from mart.queue_daily where share is null;")
                .containsSubsequence("waiting_count", "-------------", "            5")
                .doesNotContain("1 row · " + LINE + "\r\ntext")
                .doesNotContain("not reached");
    }

    @Test
    void candidatesAreWordsTablesColumnsAndCommands() {
        assertThat(candidates("sel")).contains("select").doesNotContain("SELECT");
        assertThat(candidates("SEL")).contains("SELECT");
        assertThat(candidates("select count(wai")).contains("waiting_count", "spell_id", "mart.queue_daily", "where");
        assertThat(candidates("from core.spell select sp")).contains("spell_id").doesNotContain("waiting_count");
        assertThat(candidates("from mart.")).containsExactly("mart.queue_daily", "core.spell", "core.irregularity");
        assertThat(candidates("select mart.queue_daily.w")).contains("mart.queue_daily.waiting_count");
        assertThat(candidates(".d")).contains(".describe", ".definition", ".quit");
        assertThat(candidates(".describe ")).containsExactly("mart.queue_daily", "core.spell", "core.irregularity");
        assertThat(candidates(".run w")).contains("waiting_now");
        assertThat(candidates(".format ")).containsExactly("table", "csv", "json");
    }

    @Test
    void answerThatIsLongerThanTheScreenIsPaged() throws IOException {
        String paged = typed(null, 10, "select * from range(500) as r (n);\nq select 'after' as text;\n");
        assertThat(paged).containsPattern("\\s6\\s+answer").contains("after").doesNotContain("499");

        String whole = typed(null, 10, "select * from range(3) as r (n);\n");
        assertThat(whole).containsSubsequence("0", "1", "2", "3 rows");
    }

    @Test
    void terminalThatCannotMoveItsCursorIsPrintedTo() throws IOException {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        try (Shell shell = shell();
                Terminal terminal = new DumbTerminal(
                        "test",
                        Terminal.TYPE_DUMB,
                        new ByteArrayInputStream(
                                "select * from range(100) as r (n);\n".getBytes(StandardCharsets.UTF_8)),
                        screen,
                        StandardCharsets.UTF_8)) {
            terminal.setSize(new Size(80, 10));
            assertThat(new InteractiveShell(terminal, shell, null).run()).isZero();
        }
        assertThat(screen.toString(StandardCharsets.UTF_8)).contains("99", "100 rows · " + LINE);
    }

    @Test
    void valueThatATerminalWouldObeyIsShownWithoutItsControlCharacters() throws IOException {
        String screen = typed(null, 50, """
                .format csv
                select 'a' || chr(27) || '[2Jb' || chr(155) || 'c' || chr(13) || 'd' as text;
                """);

        assertThat(screen).contains("a?[2Jb?c?d").doesNotContain("\u001b[2Jb");
    }

    @Test
    void symbolicLinkIsNoHistory() throws IOException {
        Path state = Files.createDirectory(folder.resolve("linked"));
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "");
        Files.createSymbolicLink(state.resolve("shell_history"), elsewhere);

        assertThat(ShellHistory.in(state, List.of(warehouse), new PrintWriter(err)))
                .isNull();
        assertThat(err.toString())
                .isEqualTo("fpw shell: the history is not saved: " + state.resolve("shell_history")
                        + " is a symbolic link; remove it\n");
    }

    @Test
    void whatWasTypedIsKeptForItsUserAlone() throws IOException {
        Path state = folder.resolve("state");
        Path file = ShellHistory.in(state, List.of(warehouse), new PrintWriter(err));
        typed(file, 50, "select 'kept' as text;\n select 'after a blank' as text;\n");

        assertThat(file).hasFileName("shell_history").content().contains("kept").doesNotContain("after a blank");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(ShellHistory.in(state, List.of(warehouse), new PrintWriter(err)))
                .isEqualTo(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(typed(file, 50, CTRL_P + "\n")).contains("select 'kept' as text;");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void nothingThatIsTypedIsKeptInTheWarehouseOrTheForceFolder() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), warehouse);
        for (Path state : List.of(warehouse.resolve("a/state"), link.resolve("state"))) {
            assertThat(ShellHistory.in(state, List.of(folder.resolve("force"), warehouse), new PrintWriter(err)))
                    .isNull();
            assertThat(state).doesNotExist();
            assertThat(err.toString())
                    .isEqualTo("fpw shell: the history is not saved: " + state + " lies in " + warehouse
                            + "; set FPW_STATE to a folder outside of it\n");
            err.getBuffer().setLength(0);
        }
    }

    @Test
    void statementThatRunsIsEndedByCtrlC() throws IOException {
        Timer timer = new Timer(true);
        try (Shell shell = shell()) {
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            shell.cancel();
                        }
                    },
                    500,
                    500);
            assertThatThrownBy(() -> shell.run(
                            "select count(*) from range(10000000) a, range(10000000) b where a.range * b.range % 7 = 3",
                            80, new PrintWriter(out), new PrintWriter(err)))
                    .isInstanceOf(QueryException.class)
                    .hasMessage("stopped");
            timer.cancel();
            assertThat(shell.run("select 'goes on' as text", 80, new PrintWriter(out), new PrintWriter(err)))
                    .isTrue();
            assertThat(out.toString()).contains("goes on");
        } finally {
            timer.cancel();
        }
    }

    private static Shell shell() {
        ReleaseManifest release = new AvailableReleases(warehouse).read(null);
        return new Shell(
                release,
                new FeedHistory(warehouse, release, null),
                new ReadRecord(warehouse, "fpw shell", ".reason TEXT"),
                OutputFormat.TABLE,
                true);
    }

    /** The content of the screen after typing at the first prompt, when the input has ended. */
    private static String typed(@Nullable Path history, int height, String keys) throws IOException {
        return typed(history, height, List.of(new Keys("fpw> ", keys)));
    }

    private static String typed(@Nullable Path history, int height, List<Keys> keys) throws IOException {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        try (Shell shell = shell();
                Terminal terminal = new ExternalTerminal(
                        "test", "xterm", new Keyboard(screen, keys), screen, StandardCharsets.UTF_8)) {
            terminal.setSize(new Size(120, height));
            assertThat(new InteractiveShell(terminal, shell, history).run()).isZero();
        }
        return shown(screen);
    }

    /** Removes control sequences for cursor and colours. */
    private static String shown(ByteArrayOutputStream screen) {
        return screen.toString(StandardCharsets.UTF_8).replaceAll("\u001b(?:\\[[0-9;?]*[A-Za-z]|[=>])", "");
    }

    /**
     * Keys that are typed when the screen shows something.
     *
     * @param awaited regular expression for the screen
     */
    private record Keys(String awaited, String keys) {}

    private static final class Keyboard extends InputStream {

        private final ByteArrayOutputStream screen;
        private final Iterator<Keys> further;
        private InputStream keys = InputStream.nullInputStream();

        Keyboard(ByteArrayOutputStream screen, List<Keys> keys) {
            this.screen = screen;
            this.further = keys.iterator();
        }

        @Override
        public int read() throws IOException {
            int key = keys.read();
            while (key < 0 && further.hasNext()) {
                Keys next = further.next();
                await(Pattern.compile(next.awaited(), Pattern.DOTALL));
                keys = new ByteArrayInputStream(next.keys().replace('\n', '\r').getBytes(StandardCharsets.UTF_8));
                key = keys.read();
            }
            return key;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int key = read();
            if (key < 0) {
                return -1;
            }
            bytes[offset] = (byte) key;
            return 1;
        }

        private void await(Pattern awaited) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!awaited.matcher(shown(screen)).find() && System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }

    private List<String> candidates(String line) {
        List<Candidate> candidates = new ArrayList<>();
        try (Shell shell = shell();
                Terminal terminal =
                        new DumbTerminal(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream())) {
            new SqlCompleter(shell.release(), shell::keywords)
                    .complete(
                            new LineReaderImpl(terminal),
                            new SqlParser().parse(line, line.length(), ParseContext.COMPLETE),
                            candidates);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return candidates.stream().map(Candidate::value).toList();
    }
}
