package uk.fpw.ingest.database;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Part of a JDBC driver that gives recorded responses. */
final class FakeDriver {

    /** The response to a call of a method. */
    interface Answer {
        @Nullable
        Object to(Object[] arguments) throws SQLException;
    }

    private FakeDriver() {}

    /** Part of a driver with these methods; others do nothing. */
    static <T> T part(Class<T> type, Map<String, Answer> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Answer answer = answers.get(method.getName());
                    return answer == null ? null : answer.to(arguments == null ? new Object[0] : arguments);
                }));
    }
}
