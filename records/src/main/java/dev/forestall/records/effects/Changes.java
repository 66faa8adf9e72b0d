package dev.forestall.records.effects;

import dev.forestall.records.database.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement and the rows that wait for it. For one thread. */
public final class Changes {

    private final String sql;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    public Changes(String sql) {
        this.sql = sql;
    }

    public void add(@Nullable Object... values) {
        rows.add(values);
    }

    public void write(Session session) {
        session.changeAll(sql, rows);
        rows.clear();
    }

    public void forget() {
        rows.clear();
    }
}
