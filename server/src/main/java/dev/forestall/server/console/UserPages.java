package dev.forestall.server.console;

import dev.forestall.records.database.Database;
import dev.forestall.records.database.Tenant;
import dev.forestall.server.security.Audit;
import dev.forestall.server.security.Role;
import dev.forestall.server.security.SignedIn;
import dev.forestall.server.security.Users;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who may sign in as what, and who changed what. */
@Controller
public final class UserPages {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._@-]{0,59}";

    /** So many entries of the audit are shown, the newest. */
    private static final int SHOWN = 500;

    private final Pages pages;
    private final Users users;
    private final Database database;
    private final Tenant tenant;

    public UserPages(Pages pages, Users users, Database database, Tenant tenant) {
        this.pages = pages;
        this.users = users;
        this.database = database;
        this.tenant = tenant;
    }

    /**
     * The list.
     *
     * @param name of whom a password was made just now; empty for nobody
     * @param password that one, shown this once
     * @param problem why something was not done; empty when it was
     */
    public record Shown(List<Users.Listed> users, List<Role> roles, String name, String password, String problem) {}

    private ResponseEntity<String> page(HttpServletRequest request, String name, String password, String problem) {
        Shown shown = new Shown(users.list(), List.of(Role.values()), name, password, problem);
        return pages.page(request, "users.jte", "Users", shown, problem.isEmpty() ? 200 : 422);
    }

    @GetMapping("/system/users")
    ResponseEntity<String> users(HttpServletRequest request) {
        return page(request, "", "", "");
    }

    @PostMapping("/system/users")
    ResponseEntity<String> add(
            HttpServletRequest request,
            @AuthenticationPrincipal SignedIn who,
            @RequestParam String name,
            @RequestParam String role) {
        String called = name.strip();
        if (!called.matches(NAME)) {
            return page(request, "", "", "A name has letters, digits, dots, @, - and _, at most 60 of them.");
        }
        if (!isUnknown(called)) {
            return page(request, "", "", "There is somebody called " + called + " already.");
        }
        Optional<Role> given = Role.of(role);
        if (given.isEmpty()) {
            return page(request, "", "", "There is no role " + role + ".");
        }
        return page(request, called, users.add(called, List.of(given.get().word()), who.actor()), "");
    }

    private boolean isOfProvider(String name) {
        return users.list().stream()
                .anyMatch(each -> each.user().name().equals(name) && each.user().isOfProvider());
    }

    private boolean isUnknown(String name) {
        return users.list().stream().noneMatch(each -> each.user().name().equals(name));
    }

    @PostMapping("/system/users/{name}/reset")
    ResponseEntity<String> reset(
            HttpServletRequest request, @AuthenticationPrincipal SignedIn who, @PathVariable String name) {
        if (isUnknown(name)) {
            return page(request, "", "", "There is nobody called " + name + ".");
        }
        if (isOfProvider(name)) {
            return page(request, "", "", "The identity provider keeps the password of " + name + ".");
        }
        return page(request, name, users.reset(name, who.actor()), "");
    }

    @PostMapping("/system/users/{name}/role")
    ResponseEntity<String> role(
            HttpServletRequest request,
            @AuthenticationPrincipal SignedIn who,
            @PathVariable String name,
            @RequestParam String role) {
        if (name.equals(who.getUsername())) {
            return page(
                    request, "", "", "Nobody changes their own role: somebody has to be left who can give it back.");
        }
        Optional<Role> given = Role.of(role);
        if (isUnknown(name) || given.isEmpty()) {
            return page(request, "", "", "There is nobody called " + name + ", or no role " + role + ".");
        }
        if (isOfProvider(name)) {
            return page(request, "", "", "The groups at the identity provider say what " + name + " is.");
        }
        users.changeRole(name, given.get(), who.actor());
        return page(request, "", "", "");
    }

    @PostMapping("/system/users/{name}/{state:disable|enable}")
    ResponseEntity<String> disable(
            HttpServletRequest request,
            @AuthenticationPrincipal SignedIn who,
            @PathVariable String name,
            @PathVariable String state) {
        if (name.equals(who.getUsername())) {
            return page(request, "", "", "Nobody disables themselves: somebody has to be left who can sign in.");
        }
        if (isUnknown(name)) {
            return page(request, "", "", "There is nobody called " + name + ".");
        }
        users.enable(name, state.equals("enable"), who.actor());
        return page(request, "", "", "");
    }

    /**
     * What was changed, the newest first.
     *
     * @param broken the first entry that does not follow from the one before; empty when all do
     * @param number of all entries
     */
    public record Audited(List<Audit.Entry> entries, Optional<Audit.Entry> broken, int number) {}

    @GetMapping("/system/audit")
    ResponseEntity<String> audit(HttpServletRequest request) {
        List<Audit.Entry> all = database.in(tenant, Audit::all);
        Audited shown = new Audited(
                all.reversed().stream().limit(SHOWN).toList(),
                all.stream().filter(each -> !each.isChained()).findFirst(),
                all.size());
        return pages.page(request, "audit.jte", "Audit", shown);
    }
}
