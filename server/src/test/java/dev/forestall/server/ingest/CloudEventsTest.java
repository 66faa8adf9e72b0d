package dev.forestall.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.server.TestServer;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the SDK of CloudEvents sends arrives, in each of the three modes. */
class CloudEventsTest {

    private final TestServer server = TestServer.running();

    private static CloudEvent submitted(String id, String subject) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create("/shop/eu"))
                .withType("application_submitted")
                .withSubject(subject)
                .withData("application/json", "{\"amount\":12000,\"shop\":7}".getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private HttpRequest.Builder request() {
        return server.request("/v1/cloudevents").header("Authorization", "Bearer " + server.writeKey());
    }

    private HttpResponse<String> binary(CloudEvent event) {
        HttpRequest.Builder request = request();
        byte[][] body = {new byte[0]};
        MessageWriter<?, ?> writer = HttpMessageFactory.createWriter(
                request::header, bytes -> body[0] = bytes == null ? new byte[0] : bytes);
        writer.writeBinary(event);
        return server.send(request.POST(BodyPublishers.ofByteArray(body[0])));
    }

    private HttpResponse<String> structured(CloudEvent event) {
        HttpRequest.Builder request = request();
        byte[][] body = {new byte[0]};
        HttpMessageFactory.createWriter(request::header, bytes -> body[0] = bytes)
                .writeStructured(event, JsonFormat.CONTENT_TYPE);
        return server.send(request.POST(BodyPublishers.ofByteArray(body[0])));
    }

    /** The SDK for Java has no batches; its format writes the events of one. */
    private HttpResponse<String> batch(List<CloudEvent> events) {
        String all = events.stream()
                .map(event -> new String(
                        EventFormatProvider.getInstance()
                                .resolveFormat(JsonFormat.CONTENT_TYPE)
                                .serialize(event),
                        StandardCharsets.UTF_8))
                .collect(Collectors.joining(",", "[", "]"));
        return server.send(request()
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(BodyPublishers.ofString(all)));
    }

    private static String counts(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        return List.of("Accepted", "Rejected", "Duplicates").stream()
                .map(name -> answer.headers().firstValue("Forestall-" + name).orElse("none"))
                .collect(Collectors.joining(" "));
    }

    @Test
    void an_event_arrives_in_each_mode_and_once() {
        server.until(
                () -> assertThat(counts(binary(submitted("ce 1", "cloudy")))).isEqualTo("1 0 0"),
                row -> row.subject().key().equals("cloudy"));
        assertThat(counts(structured(submitted("ce 1", "cloudy")))).isEqualTo("0 0 1");
        assertThat(counts(structured(submitted("ce 2", "cloudy")))).isEqualTo("1 0 0");
        assertThat(counts(batch(List.of(submitted("ce 2", "cloudy"), submitted("ce 3", "cloudy")))))
                .isEqualTo("1 0 1");
    }

    @Test
    void what_a_header_cannot_say_stands_in_it_in_percents() {
        HttpResponse<String> header = server.send(request()
                .header("ce-specversion", "1.0")
                .header("ce-id", "ce 10")
                .header("ce-source", "/shop/%C3%BCber%2520")
                .header("ce-type", "application_submitted")
                .header("ce-subject", "rainy")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"amount\":1,\"shop\":7}")));
        assertThat(counts(header)).isEqualTo("1 0 0");
        HttpResponse<String> same = server.send(
                request()
                        .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"specversion\":\"1.0\",\"id\":\"ce 10\",\"source\":\"/shop/\u00fcber%20\","
                                                + "\"type\":\"application_submitted\",\"subject\":\"rainy\",\"data\":{\"amount\":1,\"shop\":7}}")));
        assertThat(counts(same)).isEqualTo("0 0 1");
    }

    @Test
    void what_a_batch_says_wrongly_is_rejected_and_the_rest_is_kept() {
        CloudEvent unknown = CloudEventBuilder.v1(submitted("ce 4", "rainy"))
                .withType("nothing_known")
                .build();
        assertThat(counts(batch(List.of(unknown, submitted("ce 5", "rainy"))))).isEqualTo("1 1 0");
        HttpResponse<String> noType = server.send(request()
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString("{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/x\"}")));
        assertThat(counts(noType)).isEqualTo("0 1 0");
    }

    @Test
    void what_is_no_cloud_event_is_refused_and_so_is_who_has_no_key() {
        assertThat(server.send(request().POST(BodyPublishers.ofString("{}"))).body())
                .contains("API-001")
                .contains("ce-specversion");
        assertThat(server.send(server.request("/v1/cloudevents").POST(BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(server.send(server.request("/v1/cloudevents?access_token=" + server.writeKey())
                                .header("Content-Type", "application/cloudevents-batch+json")
                                .POST(BodyPublishers.ofString("[]")))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void who_delivers_is_told_that_it_may() {
        HttpResponse<String> answer = server.send(server.request("/v1/cloudevents")
                .header("WebHook-Request-Origin", "events.example")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(answer.headers().firstValue("WebHook-Allowed-Origin")).contains("events.example");
        assertThat(answer.headers().firstValue("WebHook-Allowed-Rate")).contains("*");
    }
}
