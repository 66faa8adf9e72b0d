package dev.forestall.server.security;

import java.util.Collection;
import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * Somebody who signs in, or has.
 *
 * @param isPasswordValid whether the password still holds: one that somebody else chose does for a while only
 */
public record SignedIn(Users.User user, boolean isPasswordValid) implements UserDetails {

    private static final long serialVersionUID = 1;

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return user.roles().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                .toList();
    }

    @Override
    public String getPassword() {
        return user.passwordHash();
    }

    @Override
    public String getUsername() {
        return user.name();
    }

    @Override
    public boolean isCredentialsNonExpired() {
        return isPasswordValid;
    }

    /** As the audit names them. */
    public String actor() {
        return "user:" + user.name();
    }

    public List<String> roles() {
        return user.roles();
    }
}
