package dev.forestall.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Signing in by an identity provider: code flow with PKCE, state and nonce. Whoever comes back gets the role of the first group that is named in the settings, at each login anew; whose groups are not
 * named does not get in. The provider is asked for its configuration when somebody first wants in, so a server starts without it.
 */
public final class Provider
        implements ClientRegistrationRepository, AuthenticationSuccessHandler, AuthenticationFailureHandler {

    /** Where one goes to sign in there. */
    public static final String START = "/oauth2/authorization/" + Provider.ID;

    static final String BACK = "/login/oauth2/code/" + Provider.ID;

    private static final String ID = "oidc";
    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);

    private final ProviderSettings settings;
    private final Optional<URI> publicUrl;
    private final Users users;
    private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();
    private volatile @Nullable ClientRegistration registration;

    /** @param publicUrl as which browsers know this server; empty where they know it as it is called */
    public Provider(ProviderSettings settings, Optional<URI> publicUrl, Users users) {
        this.settings = settings;
        this.publicUrl = publicUrl;
        this.users = users;
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        if (!id.equals(ID)) {
            return null;
        }
        ClientRegistration known = registration;
        if (known == null) {
            String base =
                    publicUrl.map(url -> url.toString().replaceAll("/$", "")).orElse("{baseUrl}");
            known = ClientRegistrations.fromIssuerLocation(settings.issuer())
                    .registrationId(ID)
                    .clientId(settings.clientId())
                    .clientSecret(settings.clientSecret())
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .redirectUri(base + BACK)
                    .scope("openid", "profile", "email")
                    .userNameAttributeName("sub")
                    .build();
            registration = known;
        }
        return known;
    }

    /** Asks with PKCE, also as a client that has a secret. */
    OAuth2AuthorizationRequestResolver requests() {
        DefaultOAuth2AuthorizationRequestResolver resolver =
                new DefaultOAuth2AuthorizationRequestResolver(this, "/oauth2/authorization");
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        return resolver;
    }

    /** Tokens of the provider are of no use after the login: none is kept. */
    static OAuth2AuthorizedClientRepository keepsNothing() {
        return new OAuth2AuthorizedClientRepository() {
            @Override
            public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                    String id, Authentication who, HttpServletRequest request) {
                return null;
            }

            @Override
            public void saveAuthorizedClient(
                    OAuth2AuthorizedClient client,
                    Authentication who,
                    HttpServletRequest request,
                    HttpServletResponse response) {
                // It was good for this login.
            }

            @Override
            public void removeAuthorizedClient(
                    String id, Authentication who, HttpServletRequest request, HttpServletResponse response) {
                // There is none.
            }
        };
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication came)
            throws IOException {
        if (!(came.getPrincipal() instanceof OidcUser who)) {
            throw new IllegalStateException("who comes from the provider is " + came.getPrincipal());
        }
        Map<String, Object> claims = who.getClaims();
        String name = text(claims.get(settings.nameClaim()));
        Optional<Role> role = role(claims.get(settings.rolesClaim()));
        Optional<Users.User> user = name.isEmpty() || role.isEmpty()
                ? Optional.empty()
                : users.cameFrom(settings.issuer(), name, role.get());
        if (user.isEmpty()) {
            leave(request);
            users.noteLogin(name, request.getRemoteAddr(), "refused");
            LOG.info("Somebody whom {} knows has no role here, or a name that is taken or disabled", settings.issuer());
            response.sendRedirect(SignIn.PATH + "?unknown");
            return;
        }
        SignedIn signedIn = new SignedIn(user.get(), true);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(signedIn, null, signedIn.getAuthorities()));
        SecurityContextHolder.setContext(context);
        sessions.saveContext(context, request, response);
        users.noteLogin(name, request.getRemoteAddr(), "succeeded");
        response.sendRedirect("/now");
    }

    private static void leave(HttpServletRequest request) {
        SecurityContextHolder.clearContext();
        if (request.getSession(false) != null) {
            request.getSession().invalidate();
        }
    }

    private static String text(@Nullable Object claim) {
        return claim == null ? "" : claim.toString();
    }

    private Optional<Role> role(@Nullable Object claim) {
        List<String> groups = claim instanceof Collection<?> many
                ? many.stream().map(String::valueOf).toList()
                : List.of(text(claim));
        return settings.roles().entrySet().stream()
                .filter(each -> groups.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failed)
            throws IOException {
        users.noteLogin("", request.getRemoteAddr(), "failed");
        LOG.warn("Signing in by {} failed: {}", settings.issuer(), failed.getMessage());
        response.sendRedirect(SignIn.PATH + "?provider");
    }
}
