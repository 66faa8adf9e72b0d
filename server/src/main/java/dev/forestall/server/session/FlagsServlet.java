package dev.forestall.server.session;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.channels.ParameterJson;
import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.json.JsonReader;
import dev.forestall.loop.host.StorageException;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.server.api.JsonBody;
import dev.forestall.server.security.ApiKey;
import dev.forestall.server.security.ApiKeys;
import dev.forestall.server.security.KeyText;
import dev.forestall.server.security.Scope;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * OpenFeature's remote evaluation protocol, under {@code /ofrep/v1/evaluate/flags}: a flag is a policy with {@code ask: in_session}. Errors always bear a body: clients read
 * an empty one as something else.
 */
public final class FlagsServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final int MAX_BODY = 64 << 10;
    private static final int MAX_DEPTH = 16;

    private final transient Questions questions;
    private final transient ApiKeys keys;
    private final transient Visitors visitors;
    private final transient List<String> origins;
    private final transient JsonReader reader = new JsonReader(MAX_DEPTH, MAX_BODY);

    /** @param origins pages of these origins may ask */
    public FlagsServlet(Questions questions, ApiKeys keys, Visitors visitors, List<String> origins) {
        this.questions = questions;
        this.keys = keys;
        this.visitors = visitors;
        this.origins = List.copyOf(origins);
    }

    /** What is wrong with a question, as the protocol names it. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;
        private final String code;

        Wrong(int status, String code, String detail) {
            super(detail);
            this.status = status;
            this.code = code;
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        allowPages(request, response);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        String flag = flag(request);
        try {
            switch (request.getMethod()) {
                case "OPTIONS" -> response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                case "POST" -> answer(flag, request, response);
                default -> throw new Wrong(405, "GENERAL", "flags are asked for by POST");
            }
        } catch (Wrong wrong) {
            fail(flag, wrong, response);
        } catch (StorageException down) {
            response.setHeader("Retry-After", "1");
            fail(flag, new Wrong(503, "GENERAL", "the database cannot be reached just now"), response);
        }
    }

    /** The flag that is asked for; empty for all. */
    private static String flag(HttpServletRequest request) {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private void allowPages(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        response.addHeader("Vary", "Origin");
        if (origin != null && origins.contains(origin)) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Methods", "POST");
            response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match, X-API-Key");
            response.setHeader("Access-Control-Expose-Headers", "ETag, Retry-After");
            response.setHeader("Access-Control-Max-Age", "86400");
        }
    }

    private void answer(String flag, HttpServletRequest request, HttpServletResponse response)
            throws IOException, Wrong {
        ApiKey key = key(request);
        Json.Entries context = context(request);
        Identifier who = who(key, context);
        List<String> flags = questions.flags();
        if (flag.isEmpty()) {
            List<Answered> answers = questions.ask(flags, who, true);
            writeAll(answers, request, response);
            return;
        }
        if (!flags.contains(flag)) {
            throw new Wrong(404, "FLAG_NOT_FOUND", "no policy of this name has 'ask: in_session'");
        }
        Answered answered = questions.ask(List.of(flag), who, false).getFirst();
        write(response, HttpServletResponse.SC_OK, JsonBody.of(json -> write(answered, json)));
    }

    private ApiKey key(HttpServletRequest request) throws Wrong {
        String header = request.getHeader("Authorization");
        String text = header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : request.getHeader("X-API-Key");
        ApiKey key = Optional.ofNullable(text)
                .flatMap(keys::find)
                .orElseThrow(() -> new Wrong(
                        401,
                        "GENERAL",
                        "name a key of this server: Authorization: Bearer fs_..., or fp_... in a page"));
        if (key.kind() == KeyText.Kind.WRITE) {
            throw new Wrong(403, "GENERAL", "this key is for sending events; a page asks with a public one, fp_...");
        }
        if (key.kind() == KeyText.Kind.SECRET && !key.may(Scope.DECISIONS_ASK)) {
            throw new Wrong(403, "GENERAL", "the key has not the scope decisions:ask");
        }
        return key;
    }

    private Json.Entries context(HttpServletRequest request) throws IOException, Wrong {
        byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new Wrong(400, "PARSE_ERROR", "the request is larger than " + MAX_BODY + " bytes");
        }
        return switch (reader.read(body)) {
            case JsonReader.Reading.Unreadable unreadable -> throw new Wrong(400, "PARSE_ERROR", unreadable.detail());
            case JsonReader.Reading.Read read
            when read.json() instanceof Json.Entries whole && whole.get("context") instanceof Json.Entries context ->
                context;
            case JsonReader.Reading.Read other ->
                throw new Wrong(400, "INVALID_CONTEXT", "expected {\"context\":{\"targetingKey\":\"...\"}}");
        };
    }

    private Identifier who(ApiKey key, Json.Entries context) throws Wrong {
        String target = context.scalar("targetingKey")
                .orElseThrow(() -> new Wrong(
                        400, "TARGETING_KEY_MISSING", "the context has no targetingKey: whom the question is about"));
        Identifier who = visitors.identifier(target, key.source())
                .orElseThrow(() -> new Wrong(
                        400,
                        "INVALID_CONTEXT",
                        "the targetingKey names nobody; expected an identifier, or its kind before it: one of "
                                + String.join(", ", visitors.kinds(key.source()))));
        boolean mayAsk = key.kind() == KeyText.Kind.SECRET
                || visitors.isAnonymous(who, key.source())
                || visitors.isProven(target, context.scalar("identityToken").orElse(""));
        if (!mayAsk) {
            throw new Wrong(
                    403,
                    "GENERAL",
                    "a page may ask about anonymousId:..., or about a user with the identityToken that its server made");
        }
        return who;
    }

    private static void writeAll(List<Answered> answers, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] body = JsonBody.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("flags");
            for (Answered each : answers) {
                write(each, json);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("metadata");
            json.writeEndObject();
            json.writeEndObject();
        });
        String tag = tag(body);
        response.setHeader("ETag", "\"" + tag + "\"");
        String known = request.getHeader("If-None-Match");
        if (known != null && bare(known).equals(tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        write(response, HttpServletResponse.SC_OK, body);
    }

    /** Clients send it quoted, bare or weak. */
    private static String bare(String tag) {
        String text = tag.strip();
        text = text.startsWith("W/") ? text.substring(2) : text;
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static String tag(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static void write(Answered answered, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", answered.policy());
        json.writeObjectFieldStart("value");
        json.writeStringField("action", answered.action());
        if (!answered.target().isEmpty()) {
            json.writeStringField("show", answered.target());
        }
        if (!answered.parameters().isEmpty()) {
            json.writeFieldName("with");
            ParameterJson.write(answered.parameters(), json);
        }
        json.writeEndObject();
        json.writeStringField("variant", answered.variant());
        json.writeStringField("reason", answered.why().reason());
        json.writeObjectFieldStart("metadata");
        if (answered.decision().isPresent()) {
            Answered.Decided decided = answered.decision().get();
            json.writeStringField("decision", decided.id());
            json.writeStringField("group", decided.isControl() ? "control" : "treatment");
            json.writeNumberField("propensity", decided.propensity());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void fail(String flag, Wrong wrong, HttpServletResponse response) throws IOException {
        write(response, wrong.status, JsonBody.of(json -> {
            json.writeStartObject();
            if (!flag.isEmpty()) {
                json.writeStringField("key", flag);
            }
            json.writeStringField("errorCode", wrong.code);
            json.writeStringField("errorDetails", String.valueOf(wrong.getMessage()));
            json.writeEndObject();
        }));
    }

    private static void write(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
