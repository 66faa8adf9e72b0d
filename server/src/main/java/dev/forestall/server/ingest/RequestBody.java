package dev.forestall.server.ingest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a request, unpacked, up to a limit. */
final class RequestBody {

    private RequestBody() {}

    /** It is longer than the limit. */
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** It says that it is packed, and is not, or in a way that we do not know. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String detail) {
            super(detail);
        }
    }

    static byte[] read(HttpServletRequest request, int limit) throws IOException, TooLarge, Unreadable {
        if (request.getContentLengthLong() > limit) {
            throw new TooLarge();
        }
        String encoding = request.getHeader("Content-Encoding");
        try (InputStream in = unpacked(request.getInputStream(), encoding)) {
            // One byte more than may be: whether there is more is all that has to be known.
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new TooLarge();
            }
            return bytes;
        } catch (ZipException damaged) {
            throw new Unreadable("the body says that it is gzip, and it is not");
        }
    }

    /** As it comes, without a limit. */
    static InputStream unpacked(HttpServletRequest request) throws IOException, Unreadable {
        return unpacked(request.getInputStream(), request.getHeader("Content-Encoding"));
    }

    private static InputStream unpacked(InputStream in, String encoding) throws IOException, Unreadable {
        if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
            return in;
        }
        if (encoding.toLowerCase(Locale.ROOT).equals("gzip")) {
            return new GZIPInputStream(in);
        }
        throw new Unreadable("the body is packed in a way that is not known here; gzip is");
    }
}
