package dev.forestall.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.forestall.run.PackArchive;
import dev.forestall.server.ApiError;
import dev.forestall.server.TestServer;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;

/** The description of the API says what the API does: each route and parameter, and each field of what it answers. */
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestServer server = TestServer.running();
    private final JsonNode description = description();
    private final Set<String> asked = new TreeSet<>();

    private JsonNode description() {
        try {
            return JSON.readTree(server.api("/api/v1/openapi.json").body());
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    void it_is_openapi_as_those_read_it_who_make_clients() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        var read = new OpenAPIV3Parser().readContents(description.toString(), null, options);
        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getOpenapi()).startsWith("3.1");
        assertThat(read.getOpenAPI().getWebhooks()).containsOnlyKeys("action.requested");
    }

    @Test
    void it_has_each_route_and_each_parameter_of_the_handlers_and_no_other() {
        SortedMap<String, Set<String>> handled = new TreeMap<>();
        for (JavaMethod each : new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.forestall.server.api")
                        .stream()
                        .flatMap(type -> type.getMethods().stream())
                        .toList()) {
            Method method = each.reflect();
            GetMapping get = method.getAnnotation(GetMapping.class);
            PostMapping post = method.getAnnotation(PostMapping.class);
            if (get != null) {
                handled.put("get " + get.value()[0], parameters(method));
            } else if (post != null) {
                handled.put("post " + post.value()[0], parameters(method));
            }
        }
        assertThat(described()).isEqualTo(handled);
    }

    private static Set<String> parameters(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter each : method.getParameters()) {
            RequestParam query = each.getAnnotation(RequestParam.class);
            if (query != null) {
                // One that may be missing has a default, or may be null.
                boolean isRequired = query.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                        && Arrays.stream(each.getAnnotatedType().getAnnotations())
                                .noneMatch(annotation -> annotation
                                        .annotationType()
                                        .getSimpleName()
                                        .equals("Nullable"));
                names.add("query " + (query.name().isEmpty() ? each.getName() : query.name())
                        + (isRequired ? " (required)" : ""));
            }
            if (each.isAnnotationPresent(PathVariable.class)) {
                names.add("path " + each.getName() + " (required)");
            }
        }
        return names;
    }

    private SortedMap<String, Set<String>> described() {
        SortedMap<String, Set<String>> described = new TreeMap<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    Set<String> names = new TreeSet<>();
                    for (JsonNode each : operation.getValue().path("parameters")) {
                        JsonNode parameter = resolved(each);
                        if (!parameter.path("in").asText().equals("header")) {
                            names.add(parameter.path("in").asText() + " "
                                    + parameter.path("name").asText()
                                    + (parameter.path("required").asBoolean() ? " (required)" : ""));
                        }
                    }
                    described.put(operation.getKey() + " " + path.getKey(), names);
                }));
        return described;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? description.at(node.path("$ref").asText().substring(1)) : node;
    }

    @Test
    void what_is_answered_is_what_is_described() throws IOException {
        server.submitted("sara");
        server.post("/v1/track", "{\"userId\":\"sara\",\"event\":\"Coupon Used\",\"properties\":{\"code\":\"x\"}}");
        server.until(
                () -> List.of("1", "2", "3")
                        .forEach(id -> server.sent("{\"userId\":\"sara\",\"messageId\":\"call " + id
                                + " of sara\",\"event\":\"documents_call_started\"}")),
                row -> row.subject().key().equals("sara") && row.kind().equals("alert"));
        get("/api/v1/customers", "/api/v1/customers?limit=1");
        get("/api/v1/customers/{name}", "/api/v1/customers/sara");
        get("/api/v1/customers/{name}", "/api/v1/customers/nobody-of-this-name");
        JsonNode said = get("/api/v1/customers/{name}/timeline", "/api/v1/customers/sara/timeline");
        get("/api/v1/customers/{name}/export", "/api/v1/customers/sara/export");
        get("/api/v1/customers/{name}/export", "/api/v1/customers/nobody-of-this-name/export");
        get(
                "/api/v1/traces/{id}",
                "/api/v1/traces/" + said.path("data").get(0).path("id").asText());
        JsonNode requests = get("/api/v1/action-requests", "/api/v1/action-requests?state=refused");
        for (JsonNode each : requests.path("data")) {
            get(
                    "/api/v1/action-requests/{id}",
                    "/api/v1/action-requests/" + each.path("id").asText());
        }
        get("/api/v1/action-requests/{id}", "/api/v1/action-requests/none");
        get("/api/v1/alerts", "/api/v1/alerts");
        get("/api/v1/value", "/api/v1/value");
        get("/api/v1/definitions", "/api/v1/definitions");
        get("/api/v1/definitions/{id}", "/api/v1/definitions/none");
        get("/api/v1/openapi.json", "/api/v1/openapi.json");
        get("/api/v1/rejected", "/api/v1/rejected");
        JsonNode record = get("/api/v1/rejected/records", "/api/v1/rejected/records?source=app&code=EVT-001")
                .path("data")
                .get(0);
        String id = record.path("id").asText();
        get("/api/v1/rejected/records/{id}", "/api/v1/rejected/records/" + id);
        post("/api/v1/rejected/records/{id}/declare", "/api/v1/rejected/records/" + id + "/declare", "{}");
        post("/api/v1/rejected/replay", "/api/v1/rejected/replay", "{\"source\":\"app\",\"code\":\"EVT-001\"}");
        post("/api/v1/rejected/replay", "/api/v1/rejected/replay", "{}");

        JsonNode checked = described(
                "post",
                "/api/v1/definitions/check",
                server.send(request("/api/v1/definitions/check")
                        .header("Content-Type", "application/zip")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                PackArchive.of(Path.of("src/test/resources/pack"))))));
        String pack = checked.path("id").asText();
        get("/api/v1/definitions/{id}", "/api/v1/definitions/" + pack);
        post(
                "/api/v1/definitions/{id}/deploy",
                "/api/v1/definitions/" + pack + "/deploy",
                "{\"because\":\"the same\"}");
        post("/api/v1/definitions/{id}/deploy", "/api/v1/definitions/none/deploy", "{\"because\":\"none\"}");
        post(
                "/api/v1/definitions/rollback",
                "/api/v1/definitions/rollback",
                "{\"because\":\"a try\",\"replaces\":\"none\"}");

        post("/api/v1/erasures", "/api/v1/erasures", "{\"customer\":\"sara\",\"because\":\"a wish\"}");
        post("/api/v1/erasures", "/api/v1/erasures", "{\"customer\":\"sara\",\"because\":\"a wish\"}");
        post("/api/v1/erasures", "/api/v1/erasures", "{}");
        get("/api/v1/erasures", "/api/v1/erasures");

        Set<String> all = new TreeSet<>(described().keySet());
        // What never ends has a test of its own.
        all.remove("get /api/v1/stream");
        assertThat(asked).isEqualTo(all);
    }

    private HttpRequest.Builder request(String path) {
        return server.request(path)
                .header("Authorization", "Bearer " + server.secretKey())
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }

    private JsonNode get(String route, String path) throws IOException {
        return described("get", route, server.send(request(path).GET()));
    }

    private JsonNode post(String route, String path, String body) throws IOException {
        return described(
                "post",
                route,
                server.send(request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    /** Holds an answer against its description. */
    private JsonNode described(String method, String route, HttpResponse<String> answer) throws IOException {
        String name = method + " " + route;
        asked.add(name);
        JsonNode responses = description.path("paths").path(route).path(method).path("responses");
        JsonNode response = resolved(responses.path(Integer.toString(answer.statusCode())));
        String type = answer.headers().firstValue("Content-Type").orElse("");
        JsonNode schema = response.path("content").path(type).path("schema");
        assertThat(schema.isMissingNode())
                .as(name + " answers " + answer.statusCode() + " " + type + ", which is not described: "
                        + answer.body())
                .isFalse();
        JsonNode body = JSON.readTree(answer.body());
        List<String> wrong = new ArrayList<>();
        hold(schema, body, name, wrong);
        assertThat(wrong).isEmpty();
        return body;
    }

    /** Stricter than a schema is for clients: each field that is described is there, and no other. */
    private void hold(JsonNode described, JsonNode value, String at, List<String> wrong) {
        JsonNode schema = resolved(described);
        if (!types(schema).contains(typeOf(value))) {
            wrong.add(at + " is " + typeOf(value) + ", and described as " + types(schema));
            return;
        }
        if (value.isArray()) {
            for (JsonNode each : value) {
                hold(schema.path("items"), each, at + "[]", wrong);
            }
        } else if (value.isObject() && schema.has("properties")) {
            Set<String> expected = new TreeSet<>();
            schema.path("properties").fieldNames().forEachRemaining(expected::add);
            Set<String> found = new TreeSet<>();
            value.fieldNames().forEachRemaining(found::add);
            if (!found.equals(expected)) {
                wrong.add(at + " has " + found + ", and is described with " + expected);
            }
            value.properties()
                    .forEach(each -> hold(
                            schema.path("properties").path(each.getKey()),
                            each.getValue(),
                            at + "." + each.getKey(),
                            wrong));
        } else if (schema.has("enum")) {
            Set<String> possible = new TreeSet<>();
            schema.path("enum").forEach(each -> possible.add(each.asText()));
            if (!possible.contains(value.asText())) {
                wrong.add(at + " is " + value + ", and described as one of " + possible);
            }
        }
    }

    private static Set<String> types(JsonNode schema) {
        Set<String> types = new TreeSet<>();
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            type.forEach(each -> types.add(each.asText()));
        } else {
            types.add(type.asText());
        }
        return types;
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case OBJECT -> "object";
            case NULL -> "null";
            default -> "missing";
        };
    }

    @Test
    void each_operation_names_the_problems_that_there_are() {
        Set<String> possible = new TreeSet<>(List.of("200", "202"));
        Arrays.stream(ApiError.values()).forEach(each -> possible.add(Integer.toString(each.status())));
        description
                .path("paths")
                .forEach(path -> path.forEach(operation -> {
                    Set<String> statuses = new TreeSet<>();
                    operation.path("responses").fieldNames().forEachRemaining(statuses::add);
                    assertThat(possible).containsAll(statuses);
                    assertThat(statuses).contains("400", "401", "429", "503");
                    assertThat(operation.path("operationId").asText()).matches(Pattern.compile("[a-z][A-Za-z]+"));
                }));
    }
}
