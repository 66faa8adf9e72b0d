package dev.forestall.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.report.Report.Failure;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.postgres.EmbeddedPostgres;
import dev.forestall.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTest {

    private static final String BY = "user:u-1";

    @TempDir
    static Path directory;

    private static EmbeddedPostgres server;
    private static Database database;

    private final ManualClock clock = new ManualClock(Desk.START);
    private final Mailbox email = new Mailbox(true);
    private final Mailbox voice = new Mailbox(false);
    private Desk desk;

    @BeforeAll
    static void startDatabase() {
        server = EmbeddedPostgres.start(
                directory.resolve("database"), Path.of("target", "postgresql"), Duration.ofSeconds(60));
        database = Database.open(server.access(), 16);
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
        server.close();
    }

    @BeforeEach
    void openDesk(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName().replace('_', '-');
        Tenant tenant = new Tenant(name.substring(0, Math.min(60, name.length())));
        Channels channels = channel ->
                Optional.ofNullable(Map.of("email", email, "voice", voice).get(channel));
        desk = new Desk(directory.resolve(name), database, tenant, channels, clock);
        desk.sending.dryRun(false, BY);
    }

    @AfterEach
    void closeDesk() {
        desk.close();
    }

    @Test
    void a_request_is_sent_once_with_its_name_as_key() throws Exception {
        desk.twice("asked", "ann");
        desk.settle();
        assertThat(desk.stands("ann", "write")).isEqualTo("sent");
        assertThat(email.received()).containsExactly(desk.request("ann", "write"));
        clock.pass(Duration.ofHours(20));
        desk.settle();
        assertThat(email.received()).hasSize(1);
    }

    @Test
    void a_new_installation_decides_everything_and_sends_nothing() throws Exception {
        database.doIn(desk.tenant, session -> session.change("DELETE FROM operational.sending"));
        desk.twice("asked", "ann");
        desk.settle();
        assertThat(desk.sending.status().isDryRun()).isTrue();
        assertThat(desk.stands("ann", "write")).isEqualTo("refused dry_run");
        assertThat(email.received()).isEmpty();
    }

    @Test
    void what_a_kill_switch_stops_is_held_over_a_restart_and_due_again_when_it_is_lifted() throws Exception {
        desk.sending.stop(Scope.CHANNEL, "email", "wrong text", BY);
        desk.twice("asked", "ann");
        desk.twice("complained", "bob");
        desk.settle();
        assertThat(desk.stands("ann", "write")).isEqualTo("held kill_switch");
        assertThat(desk.stands("bob", "call")).isEqualTo("sent");
        desk.restart();
        desk.settle();
        assertThat(desk.stands("ann", "write")).isEqualTo("held kill_switch");
        assertThat(desk.sending.resume(Scope.CHANNEL, "email", "text is right", BY))
                .isTrue();
        desk.settle();
        assertThat(desk.stands("ann", "write")).isEqualTo("sent");
        assertThat(email.received()).hasSize(1);
    }

    @Test
    void a_policy_that_asks_for_too_much_is_stopped_by_itself_until_a_person_lets_it_go_on() throws Exception {
        for (int i = 0; i < Desk.MOST; i++) {
            desk.twice("asked", "c-" + i);
        }
        desk.settle();
        assertThat(desk.sending.status().stops()).isEmpty();
        assertThat(email.received()).hasSize(Desk.MOST);
        for (int i = Desk.MOST; i < Desk.MOST + 5; i++) {
            desk.twice("asked", "c-" + i);
        }
        desk.twice("complained", "bob");
        desk.settle();
        assertThat(desk.sending.status().stops()).singleElement().satisfies(stop -> {
            assertThat(stop.scope()).isEqualTo(Scope.POLICY);
            assertThat(stop.name()).isEqualTo("answer");
            assertThat(stop.by()).isEqualTo("automatic stop");
            assertThat(stop.reason()).isEqualTo("more than 20 requests within 3600 s");
        });
        assertThat(desk.stands("c-" + (Desk.MOST + 4), "write")).isEqualTo("held kill_switch");
        assertThat(desk.stands("bob", "call")).isEqualTo("sent");
        int before = email.received().size();
        desk.restart();
        desk.settle();
        assertThat(email.received()).hasSize(before);
        assertThat(desk.sending.resume(Scope.POLICY, "answer", "there was an outage", BY))
                .isTrue();
        desk.settle();
        assertThat(email.received()).hasSize(Desk.MOST + 5);
        assertThat(desk.sending.status().stops()).isEmpty();
    }

    @Test
    void what_is_held_can_be_dropped_by_a_person() throws Exception {
        desk.sending.stop(Scope.ALL, "", "all stop", BY);
        desk.twice("asked", "ann");
        desk.settle();
        desk.sending.withdraw(desk.request("ann", "write"), "not wanted", BY);
        desk.sending.resume(Scope.ALL, "", "go on", BY);
        desk.settle();
        assertThat(desk.stands("ann", "write")).isEqualTo("withdrawn");
        assertThat(email.received()).isEmpty();
    }

    @Test
    void a_budget_that_is_spent_defers_to_its_next_period() throws Exception {
        desk.sending.budget(Scope.POLICY, "answer", 25, "EUR", false, ZoneId.of("UTC"));
        for (String customer : new String[] {"ann", "bob", "cem"}) {
            desk.twice("asked", customer);
            desk.settle();
        }
        assertThat(email.received()).hasSize(2);
        assertThat(desk.stands("cem", "write")).isEqualTo("deferred budget");
        clock.pass(Duration.ofHours(11));
        desk.settle();
        assertThat(desk.stands("cem", "write")).isEqualTo("deferred budget");
        // The request expires before the budget's next day.
        clock.pass(Duration.ofHours(2));
        desk.settle();
        assertThat(desk.stands("cem", "write")).isEqualTo("expired");
    }

    @Test
    void what_was_not_taken_is_sent_again_by_the_schedule_with_the_same_key_and_another_permit() throws Exception {
        email.answer = delivery ->
                delivery.attempt() < 3 ? new Answer.NotNow(Optional.empty(), "503") : new Answer.Taken("p-1", "200");
        desk.twice("asked", "ann");
        desk.settle();
        assertThat(desk.stands("ann", "write")).isEqualTo("deferred retry");
        clock.pass(Duration.ofSeconds(3));
        desk.settle();
        assertThat(email.received()).hasSize(1);
        clock.pass(Duration.ofSeconds(4));
        desk.settle();
        assertThat(email.received()).hasSize(2);
        clock.pass(Duration.ofMinutes(7));
        desk.settle();
        assertThat(desk.stands("ann", "write")).isEqualTo("sent");
        assertThat(email.received()).hasSize(3).containsOnly(desk.request("ann", "write"));
    }

    @Test
    void what_is_tried_again_blocks_neither_another_channel_nor_another_customer() throws Exception {
        email.answer = delivery -> new Answer.NotNow(Optional.empty(), "503");
        desk.twice("asked", "ann");
        desk.settle();
        desk.twice("complained", "ann");
        desk.settle();
        assertThat(desk.stands("ann", "write")).isEqualTo("deferred retry");
        assertThat(desk.stands("ann", "call")).isEqualTo("sent");
    }

    @Test
    void a_receiver_that_asks_for_patience_is_left_alone_for_everybody() throws Exception {
        email.answer = delivery -> new Answer.NotNow(Optional.of(Duration.ofMinutes(10)), "429");
        desk.twice("asked", "ann");
        desk.settle();
        desk.twice("asked", "bob");
        desk.settle();
        assertThat(email.received()).hasSize(1);
        assertThat(desk.stands("bob", "write")).isEqualTo("deferred receiver");
        email.answer = delivery -> new Answer.Taken("", "200");
        clock.pass(Duration.ofMinutes(11));
        desk.settle();
        assertThat(desk.stands("ann", "write")).isEqualTo("sent");
        assertThat(desk.stands("bob", "write")).isEqualTo("sent");
    }

    @Test
    void when_no_attempt_is_left_before_it_expires_it_is_dead_and_can_be_sent_again_as_a_new_request()
            throws Exception {
        email.answer = delivery -> new Answer.NotNow(Optional.empty(), "500");
        desk.twice("asked", "ann");
        desk.settle();
        for (int half = 0; half < 22; half++) {
            clock.pass(Duration.ofMinutes(30));
            desk.settle();
        }
        assertThat(desk.stands("ann", "write")).isEqualTo("dead attempts");
        String dead = desk.request("ann", "write");
        email.answer = delivery -> new Answer.Taken("", "200");
        desk.sending.resend(dead, "the receiver is back", BY);
        desk.settle();
        assertThat(desk.all("ann", "write")).containsExactlyInAnyOrder("dead attempts", "sent");
        assertThat(email.received().getLast()).isNotEqualTo(dead);
    }

    @Test
    void a_refused_message_is_failed_for_good() throws Exception {
        email.answer = delivery -> new Answer.Refused(Failure.HARD_BOUNCE, "no such user");
        desk.twice("asked", "ann");
        desk.settle();
        assertThat(desk.stands("ann", "write")).isEqualTo("failed refused");
        assertThatThrownBy(() -> desk.sending.withdraw(desk.request("ann", "write"), "too late", BY))
                .hasMessageStartingWith(DispatchError.ILLEGAL_MOVE.code())
                .hasMessageContaining("is failed");
    }

    @Test
    void a_receiver_that_is_gone_stops_its_channel() throws Exception {
        email.answer = delivery -> new Answer.Gone("410");
        desk.twice("asked", "ann");
        desk.settle();
        desk.twice("asked", "bob");
        desk.settle();
        assertThat(desk.stands("ann", "write")).isEqualTo("failed refused");
        assertThat(desk.stands("bob", "write")).isEqualTo("held kill_switch");
        assertThat(desk.sending.status().stops())
                .singleElement()
                .satisfies(stop -> assertThat(stop.name()).isEqualTo("email"));
    }

    @Test
    void a_lost_answer_is_uncertain_where_no_key_is_honoured_and_never_sent_again_by_itself() throws Exception {
        voice.answer = delivery -> new Answer.Lost("connection reset");
        desk.twice("complained", "ann");
        desk.settle();
        assertThat(desk.stands("ann", "call")).isEqualTo("uncertain");
        clock.pass(Duration.ofHours(71));
        desk.settle();
        assertThat(desk.stands("ann", "call")).isEqualTo("uncertain");
        clock.pass(Duration.ofHours(2));
        desk.settle();
        assertThat(desk.stands("ann", "call")).isEqualTo("expired uncertain");
        assertThat(voice.received()).hasSize(1);
    }

    @Test
    void a_person_says_what_became_of_an_uncertain_request() throws Exception {
        voice.answer = delivery -> new Answer.Lost("connection reset");
        desk.twice("complained", "ann");
        desk.settle();
        String request = desk.request("ann", "call");
        desk.sending.settle(request, true, "seen in the provider's list", BY);
        desk.settle();
        assertThat(desk.stands("ann", "call")).isEqualTo("sent person");
        assertThatThrownBy(() -> desk.sending.settle(request, false, "twice", BY))
                .hasMessageStartingWith(DispatchError.ILLEGAL_MOVE.code());
    }

    @Test
    void a_lost_answer_is_sent_again_with_the_same_key_where_keys_are_honoured() throws Exception {
        email.answer = delivery -> delivery.attempt() == 1 ? new Answer.Lost("reset") : new Answer.Taken("", "200");
        desk.twice("asked", "ann");
        desk.settle();
        clock.pass(Duration.ofSeconds(10));
        desk.settle();
        assertThat(desk.stands("ann", "write")).isEqualTo("sent");
        assertThat(email.received()).hasSize(2).containsOnly(desk.request("ann", "write"));
    }

    @Test
    void a_channel_that_nobody_serves_holds_its_requests_until_it_is_served() throws Exception {
        desk.close();
        desk = new Desk(
                directory.resolve("unserved"), database, new Tenant("unserved"), name -> Optional.empty(), clock);
        desk.sending.dryRun(false, BY);
        desk.twice("asked", "ann");
        desk.settle();
        assertThat(desk.stands("ann", "write")).isEqualTo("held no_channel");
    }

    @Test
    void once_it_is_started_it_works_by_itself() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        email.answer = delivery -> {
            received.countDown();
            return new Answer.Taken("", "ok");
        };
        desk.dispatcher.start();
        desk.twice("asked", "ann");
        received.await();
        while (!desk.all("ann", "write").equals(List.of("sent"))) {
            Thread.onSpinWait();
        }
        assertThat(email.received()).hasSize(1);
    }

    @Test
    void a_receiver_that_hangs_holds_up_no_other_channel() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        email.answer = delivery -> {
            await(hanging);
            return new Answer.Taken("", "ok");
        };
        voice.answer = delivery -> {
            called.countDown();
            return new Answer.Taken("", "ok");
        };
        desk.dispatcher.start();
        desk.twice("asked", "ann");
        desk.twice("complained", "bob");
        called.await();
        assertThat(desk.stands("ann", "write")).isNotEqualTo("sent");
        hanging.countDown();
    }

    @Test
    void a_customer_is_dealt_with_for_one_request_at_a_time() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        AtomicBoolean isWritten = new AtomicBoolean();
        AtomicBoolean isCalledAfterwards = new AtomicBoolean();
        email.answer = delivery -> {
            written.countDown();
            await(hanging);
            isWritten.set(true);
            return new Answer.Taken("", "ok");
        };
        voice.answer = delivery -> {
            isCalledAfterwards.set(isWritten.get());
            called.countDown();
            return new Answer.Taken("", "ok");
        };
        desk.dispatcher.start();
        desk.twice("asked", "ann");
        written.await();
        desk.twice("complained", "ann");
        while (desk.all("ann", "call").isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(desk.stands("ann", "call")).isEqualTo("requested");
        hanging.countDown();
        called.await();
        assertThat(isCalledAfterwards).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void what_no_request_is_named_is_said() {
        assertThatThrownBy(() -> desk.sending.resend("nothing", "why", BY))
                .hasMessageStartingWith(DispatchError.UNKNOWN_REQUEST.code());
    }
}
