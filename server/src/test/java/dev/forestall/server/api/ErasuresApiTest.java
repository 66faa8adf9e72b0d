package dev.forestall.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forestall.server.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A customer is erased while the server runs. */
class ErasuresApiTest {

    private final TestServer server = TestServer.running();

    private HttpResponse<String> erase(String customer, String key) {
        return server.send(server.request("/api/v1/erasures")
                .header("Authorization", "Bearer " + server.secretKey())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(
                        "{\"customer\":\"" + customer + "\",\"because\":\"wants to be forgotten\"}")));
    }

    @Test
    void nothing_is_found_of_them_any_more_and_that_they_were_erased_is() throws IOException {
        server.submitted("mortimer");
        server.post("/v1/track", "{\"userId\":\"mortimer\",\"event\":\"nothing_known\"}");
        server.submitted("mortimera");
        assertThat(server.api("/api/v1/customers/mortimer").statusCode()).isEqualTo(200);

        HttpResponse<String> answer = erase("mortimer", "erase-mortimer");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode erasure = new ObjectMapper().readTree(answer.body());
        assertThat(erasure.path("names").asInt()).isPositive();
        assertThat(erasure.path("rows").path("projection.customers").asInt()).isEqualTo(1);
        assertThat(erasure.path("rows").path("operational.rejected").asInt()).isPositive();
        assertThat(answer.body()).doesNotContain("mortimer");

        assertThat(server.api("/api/v1/customers/mortimer").statusCode()).isEqualTo(404);
        assertThat(server.api("/api/v1/customers?limit=500").body())
                .doesNotContain("\"mortimer\"")
                .contains("mortimera");
        assertThat(server.page("/system")).doesNotContain("mortimer ");
        assertThat(server.page("/system/audit"))
                .contains("customer.erased")
                .contains(erasure.path("id").asText())
                .doesNotContain("mortimer");
        assertThat(server.api("/api/v1/erasures").body())
                .contains(erasure.path("id").asText())
                .contains("wants to be forgotten");

        // Sent again because the answer was lost, it is not done again; done again, there is nobody.
        assertThat(erase("mortimer", "erase-mortimer").body()).isEqualTo(answer.body());
        assertThat(erase("mortimer", "another-key").statusCode()).isEqualTo(404);
    }

    @Test
    void an_administrator_erases_on_the_customers_page_and_nobody_else_sees_how() {
        server.submitted("pagina");
        assertThat(server.page("/customers/pagina")).contains("Erase for good");
        assertThat(server.inTheConsole("/customers/pagina", "/customers/pagina/erase", Map.of("because", " ")))
                .contains("Say why");
        assertThat(server.inTheConsole("/customers/pagina", "/customers/pagina/erase", Map.of("because", "a wish")))
                .contains("They are erased");
        assertThat(server.page("/customers/pagina")).doesNotContain("Erase for good");
    }

    @Test
    void whoever_comes_again_under_the_name_is_somebody_new() {
        server.submitted("phoenix");
        assertThat(erase("phoenix", "erase-phoenix").statusCode()).isEqualTo(200);
        server.until(
                () -> server.sent(
                        "{\"userId\":\"phoenix\",\"messageId\":\"phoenix again\",\"event\":\"application_submitted\","
                                + "\"properties\":{\"amount\":5000,\"shop\":7}}"),
                row -> row.subject().key().equals("phoenix"));
        assertThat(server.api("/api/v1/customers/phoenix").statusCode()).isEqualTo(200);
    }
}
