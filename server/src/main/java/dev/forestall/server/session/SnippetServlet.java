package dev.forestall.server.session;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** {@code /s.js}, for pages of others: it asks what to show, and says what visitors do who have agreed to that. */
public final class SnippetServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient byte[] script;
    private final String tag;

    public SnippetServlet() {
        try (InputStream file = SnippetServlet.class.getResourceAsStream("/snippet/s.js")) {
            if (file == null) {
                throw new IllegalStateException("the script for pages is not in this program");
            }
            this.script = file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        this.tag = "\"" + integrity(script) + "\"";
    }

    /** As pages write it into the attribute {@code integrity}. */
    static String integrity(byte[] script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-384").digest(script);
            return "sha384-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-384", impossible);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", "public, max-age=300");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // A page that checks the script's integrity has to be let read it; there is nothing in it that is not public.
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("text/javascript;charset=utf-8");
        response.setContentLength(script.length);
        response.getOutputStream().write(script);
    }
}
