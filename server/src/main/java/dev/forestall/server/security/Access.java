package dev.forestall.server.security;

import static dev.forestall.server.security.Role.ADMINISTRATOR;
import static dev.forestall.server.security.Role.AGENT;
import static dev.forestall.server.security.Role.ANALYST;
import static dev.forestall.server.security.Role.AUDITOR;
import static dev.forestall.server.security.Role.DESIGNER;
import static dev.forestall.server.security.Role.FINANCE;
import static dev.forestall.server.security.Role.OPERATOR;
import static dev.forestall.server.security.Role.TEAM_LEAD;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may do what: the one table. The first rule that fits counts; on pages, where none fits, nobody may. Programs with a secret key may do what the API can within their scopes,
 * but nothing on pages.
 */
public final class Access {

    private static final Set<Role> ALL = Collections.unmodifiableSet(EnumSet.allOf(Role.class));
    private static final Set<Role> SEE_CUSTOMERS = allBut(FINANCE);
    private static final Set<Role> SEE_ACTIONS = allBut(FINANCE, AGENT);
    private static final Set<Role> SEE_SYSTEM = of(ADMINISTRATOR, DESIGNER, OPERATOR, AUDITOR);
    private static final Set<Role> SEE_REJECTED = of(ADMINISTRATOR, DESIGNER, OPERATOR, ANALYST, AUDITOR);
    private static final Set<Role> SEE_VALUE = allBut(OPERATOR, AGENT);

    private static final List<Rule> PAGES = List.of(
            get(SEE_CUSTOMERS, "/customers", "/customers/**"),
            post(SEE_CUSTOMERS, "/customers"),
            post(of(ADMINISTRATOR), "/customers/*/erase"),
            get(SEE_ACTIONS, "/actions", "/actions/*"),
            post(of(ADMINISTRATOR, DESIGNER), "/actions/dry-run"),
            post(of(ADMINISTRATOR, DESIGNER, OPERATOR, TEAM_LEAD), "/actions/stop", "/actions/resume"),
            post(of(ADMINISTRATOR, OPERATOR), "/actions/endpoint"),
            get(SEE_VALUE, "/value"),
            get(SEE_REJECTED, "/rejected"),
            post(of(ADMINISTRATOR, DESIGNER), "/rejected/deploy"),
            post(of(ADMINISTRATOR, DESIGNER, OPERATOR), "/rejected/replay", "/rejected/declare"),
            get(of(ADMINISTRATOR, AUDITOR), "/system/audit"),
            get(of(ADMINISTRATOR), "/system/users"),
            get(SEE_SYSTEM, "/system"),
            post(of(ADMINISTRATOR), "/system/keys", "/system/keys/**", "/system/users", "/system/users/**"),
            get(ALL, "/", "/now", "/live", "/account/password", "/login"),
            post(ALL, "/account/password", "/logout"));

    private static final List<Rule> API = List.of(
            get(of(ADMINISTRATOR), "/api/v1/customers/*/export").with(Scope.EXPORTS_WRITE),
            get(SEE_CUSTOMERS, "/api/v1/customers", "/api/v1/customers/**", "/api/v1/traces/*", "/api/v1/alerts")
                    .with(Scope.CUSTOMERS_READ),
            get(SEE_ACTIONS, "/api/v1/action-requests", "/api/v1/action-requests/*")
                    .with(Scope.CUSTOMERS_READ),
            get(SEE_CUSTOMERS, "/api/v1/stream").with(Scope.CUSTOMERS_READ),
            get(SEE_VALUE, "/api/v1/value").with(Scope.VALUE_READ),
            get(ALL, "/api/v1/openapi.json").with(Scope.values()),
            get(SEE_REJECTED, "/api/v1/rejected", "/api/v1/rejected/**").with(Scope.DEFINITIONS_WRITE),
            post(of(ADMINISTRATOR, DESIGNER, OPERATOR), "/api/v1/rejected/**").with(Scope.DEFINITIONS_WRITE),
            get(of(ADMINISTRATOR, DESIGNER, OPERATOR, ANALYST, AUDITOR), "/api/v1/definitions", "/api/v1/definitions/*")
                    .with(Scope.DEFINITIONS_WRITE),
            get(of(ADMINISTRATOR, AUDITOR), "/api/v1/erasures").with(Scope.ADMIN),
            post(of(ADMINISTRATOR), "/api/v1/erasures").with(Scope.ADMIN),
            post(of(ADMINISTRATOR, DESIGNER, OPERATOR), "/api/v1/definitions/rollback")
                    .with(Scope.DEFINITIONS_WRITE),
            post(of(ADMINISTRATOR, DESIGNER), "/api/v1/definitions/check", "/api/v1/definitions/*/deploy")
                    .with(Scope.DEFINITIONS_WRITE));

    private Access() {}

    /**
     * A rule.
     *
     * @param roles of people
     * @param scopes one of which a key must have
     * @param paths as Spring writes patterns
     */
    private record Rule(HttpMethod method, Set<Role> roles, List<Scope> scopes, List<String> paths) {

        Rule with(Scope... others) {
            return new Rule(method, roles, List.of(others), paths);
        }
    }

    private static Rule get(Set<Role> roles, String... paths) {
        return new Rule(HttpMethod.GET, roles, List.of(), List.of(paths));
    }

    private static Rule post(Set<Role> roles, String... paths) {
        return new Rule(HttpMethod.POST, roles, List.of(), List.of(paths));
    }

    private static Set<Role> of(Role... roles) {
        return Collections.unmodifiableSet(EnumSet.copyOf(Arrays.asList(roles)));
    }

    private static Set<Role> allBut(Role... others) {
        return Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.copyOf(Arrays.asList(others))));
    }

    /** The rules of pages, for a chain of filters. */
    static void ofPages(AuthorizeHttpRequestsConfigurer<?>.AuthorizationManagerRequestMatcherRegistry requests) {
        PAGES.forEach(rule -> apply(rule, requests));
        requests.anyRequest().denyAll();
    }

    /** The rules of the API, for a chain of filters. What is not there is said to whoever may ask at all. */
    static void ofApi(AuthorizeHttpRequestsConfigurer<?>.AuthorizationManagerRequestMatcherRegistry requests) {
        API.forEach(rule -> apply(rule, requests));
        requests.anyRequest().hasAnyRole(Scope.ADMIN.key(), ADMINISTRATOR.word());
    }

    private static void apply(
            Rule rule, AuthorizeHttpRequestsConfigurer<?>.AuthorizationManagerRequestMatcherRegistry requests) {
        String[] roles = Stream.concat(
                        rule.roles.stream().map(Role::word),
                        rule.scopes.stream().map(Scope::key))
                .toArray(String[]::new);
        requests.requestMatchers(rule.method, rule.paths.toArray(String[]::new)).hasAnyRole(roles);
    }

    /** Whether a rule says who may call an address. @param path as it is declared, with names in braces for what may stand there */
    static boolean isListed(String method, String path) {
        PathContainer called = PathContainer.parsePath(path.replaceAll("\\{[^}]*}", "x"));
        return Stream.concat(PAGES.stream(), API.stream())
                .filter(rule -> rule.method.name().equals(method))
                .flatMap(rule -> rule.paths.stream())
                .anyMatch(pattern ->
                        PathPatternParser.defaultInstance.parse(pattern).matches(called));
    }

    /** Whether somebody may erase customers. */
    public static boolean mayErase(List<String> roles) {
        return roles.contains(ADMINISTRATOR.word());
    }

    /** Whether somebody may open a page of the menu: what they may not is not shown to them. */
    public static boolean mayOpen(String page, List<String> roles) {
        List<Role> held = new ArrayList<>();
        roles.forEach(word -> Role.of(word).ifPresent(held::add));
        return PAGES.stream()
                .filter(rule -> rule.method.equals(HttpMethod.GET) && rule.paths.contains(page))
                .findFirst()
                .map(rule -> held.stream().anyMatch(rule.roles::contains))
                .orElse(false);
    }
}
