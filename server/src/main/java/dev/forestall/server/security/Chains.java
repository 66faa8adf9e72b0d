package dev.forestall.server.security;

import dev.forestall.loop.host.HostClock;
import dev.forestall.server.ApiError;
import dev.forestall.server.api.ProblemJson;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.preauth.AbstractPreAuthenticatedProcessingFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;

/** What stands between a request and what it asks for, for programs and for people. Events come in by another way. */
public final class Chains {

    /** Nothing but our own files runs in a page of ours, and nobody can put a page of ours into theirs. */
    private static final String CONTENT =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private Chains() {}

    /** Who signs in, by name. */
    public static UserDetailsService people(Users users, HostClock clock) {
        return name -> users.find(name)
                .map(user -> new SignedIn(
                        user,
                        user.oneTimeUntilMillis().isEmpty()
                                || clock.nowMillis() < user.oneTimeUntilMillis().getAsLong()))
                .orElseThrow(() -> new UsernameNotFoundException("nobody has this name"));
    }

    /** The API: by a key, or by the session of somebody who has signed in. */
    public static SecurityFilterChain ofApi(
            HttpSecurity http, ApiKeys keys, StillThere stillThere, OwnPassword ownPassword, Optional<URI> publicUrl)
            throws Exception {
        return http.securityMatcher("/api/**")
                .authorizeHttpRequests(Access::ofApi)
                .addFilterBefore(new OwnPages(publicUrl), CsrfFilter.class)
                .addFilterBefore(new BearerKeys(keys), AbstractPreAuthenticatedProcessingFilter.class)
                .addFilterBefore(stillThere, AnonymousAuthenticationFilter.class)
                .addFilterAfter(ownPassword, AuthorizationFilter.class)
                .csrf(csrf -> csrf.ignoringRequestMatchers(BearerKeys::isNamed))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .exceptionHandling(failures -> failures.authenticationEntryPoint((request, response, why) ->
                                ProblemJson.of(ApiError.NOT_KNOWN, "name a secret key: Authorization: Bearer fs_...")
                                        .write(response))
                        .accessDeniedHandler((request, response, why) -> ProblemJson.of(
                                        ApiError.NOT_ALLOWED, "the key or the user may not do this")
                                .write(response)))
                .headers(Chains::headers)
                .build();
    }

    /** Pages: for whoever has signed in, with a password of their own. */
    public static SecurityFilterChain ofPages(
            HttpSecurity http,
            SignIn signIn,
            OwnPassword ownPassword,
            StillThere stillThere,
            Optional<URI> publicUrl,
            Optional<Provider> provider)
            throws Exception {
        if (provider.isPresent()) {
            Provider there = provider.get();
            http.oauth2Login(login -> login.loginPage(SignIn.PATH)
                    .clientRegistrationRepository(there)
                    .authorizedClientRepository(Provider.keepsNothing())
                    .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(there.requests()))
                    .successHandler(there)
                    .failureHandler(there));
        }
        return http.securityMatcher(request -> !request.getServletPath().startsWith("/v1")
                        && !request.getServletPath().startsWith("/ofrep/")
                        && !request.getServletPath().equals("/s.js")
                        && !request.getServletPath().startsWith("/health")
                        && !request.getServletPath().equals("/metrics"))
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers(HttpMethod.GET, "/assets/**", SignIn.PATH)
                            .permitAll();
                    Access.ofPages(requests);
                })
                .formLogin(form -> form.loginPage(SignIn.PATH)
                        .usernameParameter(SignIn.NAME)
                        .successHandler(signIn)
                        .failureHandler(signIn)
                        .permitAll())
                .logout(logout -> logout.logoutSuccessUrl(SignIn.PATH))
                .addFilterBefore(new OwnPages(publicUrl), CsrfFilter.class)
                .addFilterBefore(signIn, UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(stillThere, AnonymousAuthenticationFilter.class)
                .addFilterAfter(ownPassword, AuthorizationFilter.class)
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .headers(Chains::headers)
                .build();
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER));
    }
}
