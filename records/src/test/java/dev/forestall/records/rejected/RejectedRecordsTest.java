package dev.forestall.records.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Rejected;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.Page;
import dev.forestall.records.postgres.EmbeddedPostgres;
import dev.forestall.records.rejected.RejectedRecords.Arrived;
import dev.forestall.records.rejected.RejectedRecords.Kept;
import dev.forestall.records.rejected.RejectedRecords.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedRecordsTest {

    private static final String CODE = EventError.values()[0].code();

    @TempDir
    static Path directory;

    private static EmbeddedPostgres server;
    private static Database database;

    @BeforeAll
    static void open() {
        server = EmbeddedPostgres.start(directory, Path.of("target", "postgresql"), Duration.ofSeconds(60));
        database = Database.open(server.access(), 4);
    }

    @AfterAll
    static void close() {
        database.close();
        server.close();
    }

    private static List<Arrived> arrived(int from, int to) {
        List<Arrived> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Rejected rejected = new Rejected(EventError.values()[0], "amount", "is no money");
            all.add(new Arrived("web", "order_placed", rejected, "{\"n\":" + (i + 1) + "}", 1_000L * i));
        }
        return all;
    }

    private static List<Long> numbers(RejectedRecords records, Tenant tenant) {
        return records.kept(tenant, "web", CODE, Optional.empty(), 100).rows().stream()
                .map(Kept::number)
                .toList();
    }

    @Test
    void all_are_counted_and_of_many_the_first_some_and_the_latest_are_kept() {
        Tenant tenant = new Tenant("many");
        RejectedRecords records = new RejectedRecords(database, 3);
        records.add(tenant, arrived(0, 2));
        assertThat(numbers(records, tenant)).containsExactly(2L, 1L);
        assertThat(records.kinds(tenant))
                .singleElement()
                .satisfies(kind -> assertThat(kind.isSampled()).isFalse());
        records.add(tenant, arrived(2, 21));
        assertThat(numbers(records, tenant)).containsExactly(21L, 16L, 8L, 4L, 3L, 2L, 1L);
        records.add(tenant, arrived(21, 30));
        assertThat(numbers(records, tenant)).containsExactly(30L, 16L, 8L, 4L, 3L, 2L, 1L);
        Kind kind = records.kinds(tenant).getFirst();
        assertThat(kind.seen()).isEqualTo(30);
        assertThat(kind.kept()).isEqualTo(7);
        assertThat(kind.isSampled()).isTrue();
        assertThat(kind.lastMillis()).isEqualTo(29_000);
        Page<Kept> page = records.kept(tenant, "web", CODE, Optional.empty(), 3);
        assertThat(page.rows().getFirst().raw()).isEqualTo("{\"n\":30}");
        assertThat(records.kept(tenant, "web", CODE, page.next(), 10).rows()).hasSize(4);
    }

    @Test
    void what_was_replayed_is_noted() {
        Tenant tenant = new Tenant("replayed");
        RejectedRecords records = new RejectedRecords(database, 3);
        records.add(tenant, arrived(0, 2));
        Kept latest =
                records.kept(tenant, "web", CODE, Optional.empty(), 1).rows().getFirst();
        records.replayed(tenant, List.of(latest.ordinal()), 5_000);
        assertThat(records.kept(tenant, "web", CODE, Optional.empty(), 1)
                        .rows()
                        .getFirst()
                        .replayedMillis())
                .hasValue(5_000);
        assertThat(records.kinds(new Tenant("nobody"))).isEmpty();
    }
}
