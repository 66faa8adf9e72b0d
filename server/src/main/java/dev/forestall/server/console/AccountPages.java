package dev.forestall.server.console;

import dev.forestall.server.security.SignedIn;
import dev.forestall.server.security.Users;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in, and a password of one's own. */
@Controller
public final class AccountPages {

    private final Pages pages;
    private final Users users;
    private final boolean hasProvider;

    /** @param hasProvider whether one can sign in by an identity provider as well */
    public AccountPages(Pages pages, Users users, boolean hasProvider) {
        this.hasProvider = hasProvider;
        this.pages = pages;
        this.users = users;
    }

    /**
     * What the form says.
     *
     * @param problem why it did not work the last time; empty when it did, or was not tried
     * @param hasProvider whether one can sign in by an identity provider as well
     */
    public record Form(String problem, boolean hasProvider) {
        Form(String problem) {
            this(problem, false);
        }
    }

    @GetMapping("/")
    ResponseEntity<Void> home() {
        return to("/now");
    }

    static ResponseEntity<Void> to(String path) {
        return ResponseEntity.status(303).header(HttpHeaders.LOCATION, path).build();
    }

    @GetMapping("/login")
    ResponseEntity<String> login(
            HttpServletRequest request,
            @RequestParam @Nullable String failed,
            @RequestParam @Nullable String unknown,
            @RequestParam @Nullable String provider,
            @RequestParam(name = "wait") @Nullable String seconds) {
        String problem = "";
        if (seconds != null && seconds.matches("[0-9]{1,4}")) {
            problem = "Too many attempts. Try again in " + seconds + " seconds.";
        } else if (unknown != null) {
            problem =
                    "You are known to the identity provider, and have no role here. Somebody who keeps the groups there, or the settings"
                            + " here, can give you one.";
        } else if (provider != null) {
            problem = "The identity provider did not let you in, or could not be reached. The server's log says why.";
        } else if (failed != null) {
            problem =
                    "Name and password do not go together, or the password has run out. A new one-time password: reset it in the"
                            + " console as another administrator.";
        }
        return pages.page(
                request, "login.jte", "Sign in", new Form(problem, hasProvider), problem.isEmpty() ? 200 : 401);
    }

    @GetMapping("/account/password")
    ResponseEntity<String> password(HttpServletRequest request) {
        return pages.page(request, "password.jte", "Choose a password", new Form(""));
    }

    @PostMapping("/account/password")
    ResponseEntity<?> choose(
            HttpServletRequest request,
            @AuthenticationPrincipal SignedIn who,
            @RequestParam String password,
            @RequestParam String again) {
        String problem = "";
        if (who.user().isOfProvider()) {
            problem = "Your identity provider keeps your password. Change it there.";
        } else if (password.length() < Users.SHORTEST) {
            problem = "At least " + Users.SHORTEST + " letters are needed; a few words are easy to remember.";
        } else if (!password.equals(again)) {
            problem = "The two do not agree.";
        }
        if (!problem.isEmpty()) {
            return pages.page(request, "password.jte", "Choose a password", new Form(problem), 422);
        }
        users.choosePassword(who.getUsername(), password);
        return to("/now");
    }
}
