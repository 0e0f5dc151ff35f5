package uk.fpw.query.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatementsTest {

    @Test
    void statementEndsAtASemicolonThatIsNoPartOfATextNameOrComment() {
        assertThat(Statements.of("select 1; select ';', \"a;b\", $$;$$ -- no;\n, 'it''s;' /* ; */ ;"))
                .isEqualTo(new Statements(
                        List.of("select 1", "select ';', \"a;b\", $$;$$ -- no;\n, 'it''s;' /* ; */"), ""));
    }

    @Test
    void whatHasNotEndedIsTheRest() {
        assertThat(Statements.of("select 1; select 'a;").rest()).isEqualTo("select 'a;");
        assertThat(Statements.of("select 1;\n select 'a  \n").rest()).isEqualTo("select 'a  \n");
        assertThat(Statements.of("select /* ;").rest()).isEqualTo("select /* ;");
        assertThat(Statements.of("select \"; 1").rest()).isEqualTo("select \"; 1");
    }

    @Test
    void blanksAndCommentsAreNoStatement() {
        assertThat(Statements.of(" ; -- a\n; /* b */ ")).isEqualTo(new Statements(List.of(), ""));
        assertThat(Statements.isBlank("-- a\n/* b\n */\n")).isTrue();
        assertThat(Statements.isBlank("-- a\nselect")).isFalse();
        assertThat(Statements.isBlank("/* not closed")).isFalse();
    }
}
