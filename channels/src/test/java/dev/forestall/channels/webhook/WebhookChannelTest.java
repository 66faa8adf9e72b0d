package dev.forestall.channels.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.forestall.dispatch.Answer;
import dev.forestall.dispatch.Deliveries;
import dev.forestall.dispatch.Endpoint;
import dev.forestall.loop.action.Parameter;
import dev.forestall.testkit.ManualClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a receiver that checks messages with the reference library. */
class WebhookChannelTest {

    private static final String SECRET = Signatures.newSecret();

    /** How the receiver answers. */
    private interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** What arrived and passed the receiver's check. */
    private record Message(String id, String body) {}

    private final List<Message> verified = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ManualClock clock = new ManualClock(Instant.now().toEpochMilli());
    private volatile Behaviour behaviour = status(200);
    private HttpServer receiver;
    private WebhookClient client;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(threads);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try {
                new Webhook(SECRET).verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
                verified.add(new Message(exchange.getRequestHeaders().getFirst("webhook-id"), body));
            } catch (Exception forged) {
                exchange.sendResponseHeaders(400, -1);
                exchange.close();
                return;
            }
            behaviour.answer(exchange);
            exchange.close();
        });
        receiver.start();
        client = new WebhookClient(Egress.allowing(List.of("127.0.0.1:" + port())));
    }

    @AfterEach
    void stopReceiver() throws IOException {
        client.close();
        receiver.stop(0);
        threads.close();
    }

    private int port() {
        return receiver.getAddress().getPort();
    }

    private static Behaviour status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    private WebhookChannel channel() {
        return new WebhookChannel(client, new Endpoint("http://127.0.0.1:" + port() + "/hook", List.of(SECRET)), clock);
    }

    private Answer send() {
        return channel().send(Deliveries.of("k3f9q1", 1));
    }

    @Test
    void a_receiver_with_the_reference_library_accepts_the_message_and_reads_it() {
        Answer answer = channel()
                .send(Deliveries.of(
                        "k3f9q1",
                        1,
                        new Parameter("branch", new Parameter.Value.Text("Köln \"Mitte\"")),
                        new Parameter("calls", new Parameter.Value.Number(2))));
        assertThat(answer).isInstanceOf(Answer.Taken.class);
        assertThat(verified).singleElement().satisfies(message -> {
            assertThat(message.id()).isEqualTo("k3f9q1");
            assertThat(message.body()).isEqualTo("""
                            {"type":"action.requested","timestamp":"2026-03-02T10:00:00Z","data":{"id":"k3f9q1","revision":1,"action":"write",\
                            "kind":"message","target":"outage","channel":"email","purpose":"service","customer":"ann","journey_key":"run-1",\
                            "language":"de","zone":"Europe/Berlin","expires_at":"2026-03-02T11:00:00Z",\
                            "parameters":{"branch":"Köln \\"Mitte\\"","calls":2}}}""");
        });
    }

    @Test
    void every_attempt_bears_the_same_id_and_the_same_bytes() {
        channel().send(Deliveries.of("k3f9q1", 1));
        clock.pass(Duration.ofMinutes(3));
        channel().send(Deliveries.of("k3f9q1", 2));
        assertThat(verified).hasSize(2);
        assertThat(verified.get(0)).isEqualTo(verified.get(1));
    }

    @Test
    void what_is_too_large_is_announced_only() {
        Parameter large = new Parameter("text", new Parameter.Value.Text("x".repeat(30_000)));
        channel().send(Deliveries.of("k3f9q1", 1, large));
        assertThat(verified)
                .singleElement()
                .satisfies(message ->
                        assertThat(message.body()).contains("\"thin\":true").hasSizeLessThan(1_000));
    }

    @Test
    void answers_mean_what_the_contract_says() {
        behaviour = status(204);
        assertThat(send()).isInstanceOf(Answer.Taken.class);
        behaviour = status(302, "Location", "http://127.0.0.1:" + port() + "/elsewhere");
        assertThat(send()).isInstanceOf(Answer.Refused.class);
        behaviour = status(410);
        assertThat(send()).isInstanceOf(Answer.Gone.class);
        behaviour = status(500);
        assertThat(send()).isEqualTo(new Answer.NotNow(Optional.empty(), "status 500"));
        behaviour = status(404);
        assertThat(send()).isEqualTo(new Answer.NotNow(Optional.empty(), "status 404"));
        behaviour = status(503, "Retry-After", "120");
        assertThat(send()).isEqualTo(new Answer.NotNow(Optional.of(Duration.ofMinutes(2)), "status 503"));
        behaviour = status(429, "Retry-After", "99999999");
        assertThat(send()).isEqualTo(new Answer.NotNow(Optional.of(Duration.ofDays(1)), "status 429"));
        behaviour = status(503, "Retry-After", "soon");
        assertThat(send()).isEqualTo(new Answer.NotNow(Optional.empty(), "status 503"));
    }

    @Test
    void a_redirect_is_not_followed() {
        behaviour = status(307, "Location", "http://127.0.0.1:" + port() + "/elsewhere");
        send();
        assertThat(verified).hasSize(1);
    }

    @Test
    void a_receiver_that_never_answers_is_given_up_after_fifteen_seconds() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        behaviour = exchange -> {
            arrived.countDown();
            await(stuck);
        };
        Future<Answer> answer = threads.submit(this::send);
        arrived.await();
        clock.pass(Duration.ofSeconds(14));
        assertThat(answer.isDone()).isFalse();
        clock.pass(Duration.ofSeconds(2));
        assertThat(answer.get()).isInstanceOf(Answer.Lost.class);
        stuck.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_receiver_that_says_more_than_anybody_reads_is_cut_off_and_its_status_counts() {
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream endless = exchange.getResponseBody()) {
                byte[] much = new byte[8_192];
                for (int i = 0; i < 10_000; i++) {
                    endless.write(much);
                }
            }
        };
        assertThat(send()).isInstanceOf(Answer.Taken.class);
    }

    @Test
    void a_receiver_that_is_not_there_is_tried_again() {
        receiver.stop(0);
        assertThat(send()).isInstanceOf(Answer.Lost.class);
    }

    @Test
    void an_address_inside_is_not_called_even_if_a_name_leads_there() throws IOException {
        try (WebhookClient strict = new WebhookClient(Egress.strict())) {
            for (String url : List.of("https://localhost/hook", "https://127.0.0.1/hook", "https://[::1]/hook")) {
                Answer answer = new WebhookChannel(strict, new Endpoint(url, List.of(SECRET)), clock)
                        .send(Deliveries.of("k3f9q1", 1));
                assertThat(answer).isInstanceOf(Answer.Refused.class);
                assertThat(answer.detail()).contains("egress.allow");
            }
        }
        assertThat(verified).isEmpty();
    }
}
