package dev.forestall.dispatch;

import java.util.List;

/**
 * Where the messages of a channel are posted.
 *
 * @param secrets the newest first; what is sent is signed with each, so that a receiver may change over in its own time
 */
public record Endpoint(String url, List<String> secrets) {

    public Endpoint {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException(
                    "an endpoint without a secret: nobody could tell its messages from forged ones");
        }
    }

    /** Without the secrets; of the address only what names no customer. */
    @Override
    public String toString() {
        return url.replaceFirst("[?#].*", "");
    }
}
